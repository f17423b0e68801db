import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import type { TestProject } from 'vitest/node';
import type { ConfigInput } from '../../lib/clear-pixel.ts';
import { AthenaServer } from '../engine/athena-server.ts';
import { startTrino } from '../engine/trino.ts';
import { copyAssembly, type StackFiles } from './assembly.ts';
import { Cdk } from './cdk.ts';
import { clientsOf } from './clients.ts';
import { startEmulator } from './emulator.ts';
import { makeLogDelivery } from './log-delivery.ts';
import { orMissing } from './prerequisite.ts';
import { freePort } from './service.ts';

/** Not where CloudFront's logs are delivered from, so that the second stack is deployed too. */
export const REGION = 'eu-central-1';
export const EDGE_REGION = 'us-east-1';

export const SENDER = 'clearpixel@example.com';
export const RECEIVERS = ['marketing@example.com', 'sales@example.com'];

/** The config that is deployed first; a test deploys others. */
export const CONFIG: ConfigInput = { report: { from: SENDER, to: RECEIVERS } };

/** Name of the assembly that is deployed before the first test. */
const FIRST = 'first';

/** A cloud with the product in it; plain text, since the tests run in processes of their own. */
export interface World {
  readonly endpoint: string;
  /** Address of the Athena API. */
  readonly athena: string;
  /** Folder that goes when the tests are done. */
  readonly folder: string;
  /** ISO. */
  readonly startedAt: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    cloud: World | { readonly missing: string };
  }
}

/** Before the first test: an empty cloud, then bootstrap and deployment, as the README tells an operator. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const ends: (() => Promise<void>)[] = [];
  const tearDown = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    project.provide('cloud', await orMissing(() => prepare((end) => void ends.push(end))));
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

async function prepare(atEnd: (end: () => Promise<void>) => void): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'clearpixel-cloud-'));
  atEnd(async () => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const athena = `http://localhost:${port}`;
  const emulator = await startEmulator({ folder, env: { AWS_ENDPOINT_URL_ATHENA: athena } });
  atEnd(emulator.stop);
  const world = { endpoint: emulator.endpoint, athena, folder, startedAt: new Date().toISOString() };
  const engine = await timed('the engine', () =>
    startTrino({ endpoint: emulator.endpoint, region: REGION, folder }),
  );
  atEnd(engine.stop);
  const server = await AthenaServer.start(engine.url, port);
  atEnd(() => server.stop());
  await clientsOf(world.endpoint, REGION).mail.send(
    new CreateEmailIdentityCommand({ EmailIdentity: SENDER }),
  );
  const cdk = new Cdk(world.endpoint, REGION);
  await timed('bootstrap', () => cdk.bootstrap(REGION, EDGE_REGION));
  const assembly = await timed('synth', () => synthesise(world, FIRST));
  await timed('deploy', () => cdk.deploy(assembly.folder));
  await deliverLogs(world, assembly.stacks);
  return world;
}

/** The emulator's CloudFormation left it out. */
async function deliverLogs(world: World, stacks: readonly StackFiles[]): Promise<void> {
  const clients = clientsOf(world.endpoint, REGION);
  const edge = stacks.find(({ region }) => region === EDGE_REGION);
  if (edge === undefined) throw new Error(`the app has no stack in ${EDGE_REGION}`);
  const { Stacks = [] } = await clients.stacks.send(new DescribeStacksCommand({}));
  const outputOf = (stack: string, output: string): string => {
    const outputs = Stacks.find(({ StackName }) => StackName === stack)?.Outputs;
    const value = outputs?.find(({ OutputKey }) => OutputKey === output)?.OutputValue;
    if (value === undefined) throw new Error(`${stack} has no output ${output}`);
    return value;
  };
  await makeLogDelivery(edge, clients.logsIn(EDGE_REGION), outputOf);
}

export interface Assembly {
  readonly folder: string;
  readonly stacks: readonly StackFiles[];
}

export interface SynthOptions {
  /** @default CONFIG */
  readonly config?: ConfigInput;
  /** Folder of the app. @default - the repository */
  readonly app?: string;
  /** What schedules tell as their time; ISO. @default - when the tests began */
  readonly scheduledTime?: string;
}

/** Synthesises the app, and makes a copy of it for the emulator. */
export async function synthesise(
  { endpoint, folder, startedAt }: World,
  name: string,
  { config = CONFIG, app, scheduledTime = startedAt }: SynthOptions = {},
): Promise<Assembly> {
  const place = (ending: string): string => join(folder, `${name}.${ending}`);
  writeFileSync(place('config.ts'), `export default ${JSON.stringify(config)};\n`);
  await new Cdk(endpoint, REGION).synth(place('out'), place('config.ts'), app);
  return { folder: place('copy'), stacks: copyAssembly(place('out'), place('copy'), scheduledTime) };
}

/** Says how long a part took: most of these tests is waiting for others' programs. */
async function timed<Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> {
  const start = Date.now();
  const answer = await work();
  console.info(`cloud: ${what} took ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return answer;
}
