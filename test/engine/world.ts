import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { Template } from 'aws-cdk-lib/assertions';
import type { TestProject } from 'vitest/node';
import { clientsOf } from '../cloud/clients.ts';
import { startEmulator } from '../cloud/emulator.ts';
import { orMissing } from '../cloud/prerequisite.ts';
import { freePort } from '../cloud/service.ts';
import { build } from '../stack/synth.ts';
import { AthenaServer } from './athena-server.ts';
import { startTrino } from './trino.ts';

export const REGION = 'us-east-1';
const STACK = 'ClearPixel';

/** An engine with the product's database in it; plain text, since the tests run in processes of their own. */
export interface EngineWorld {
  /** Address of the cloud. */
  readonly endpoint: string;
  readonly athena: string;
  readonly trino: string;
  readonly database: string;
  /** Folder of the tables, s3://bucket/folder/. */
  readonly location: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    engine: EngineWorld | { readonly missing: string };
  }
}

/** Before the first test: database, plain tables and views made by CloudFormation from the product's template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const ends: (() => Promise<void>)[] = [];
  const tearDown = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    project.provide('engine', await orMissing(() => prepare((end) => void ends.push(end))));
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

async function prepare(atEnd: (end: () => Promise<void>) => void): Promise<EngineWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'clearpixel-engine-'));
  atEnd(async () => rmSync(folder, { recursive: true, force: true }));
  const emulator = await startEmulator({ folder });
  atEnd(emulator.stop);
  const trino = await startTrino({ endpoint: emulator.endpoint, region: REGION, folder });
  atEnd(trino.stop);
  const port = await freePort();
  const server = await AthenaServer.start(trino.url, port);
  atEnd(() => server.stop());
  const database = await makeDatabase(emulator.endpoint);
  return { endpoint: emulator.endpoint, athena: `http://localhost:${port}`, trino: trino.url, ...database };
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** Deploys what the template says of the database and its bucket, and nothing else of it. */
async function makeDatabase(endpoint: string): Promise<Pick<EngineWorld, 'database' | 'location'>> {
  const { Resources } = Template.fromStack(build({}, REGION).stack).toJSON() as {
    readonly Resources: Readonly<Record<string, Resource>>;
  };
  const catalog = Object.entries(Resources).filter(([, { Type }]) => Type.startsWith('AWS::Glue::'));
  const [id, database] = catalog.find(([, { Type }]) => Type === 'AWS::Glue::Database') ?? [];
  const bucket = /"Ref":"(\w*Data\w*)"/.exec(JSON.stringify(database))?.[1];
  if (id === undefined || bucket === undefined)
    throw new Error('the template has no Glue database whose location is in the data bucket');
  const input = database?.Properties['DatabaseInput'] as { Name: string; LocationUri: object };
  const template = {
    Resources: { [bucket]: { Type: 'AWS::S3::Bucket' }, ...Object.fromEntries(catalog) },
    Outputs: { Location: { Value: input.LocationUri } },
  };
  const { stacks } = clientsOf(endpoint, REGION);
  await stacks.send(new CreateStackCommand({ StackName: STACK, TemplateBody: JSON.stringify(template) }));
  await waitUntilStackCreateComplete({ client: stacks, maxWaitTime: 60 }, { StackName: STACK });
  const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: STACK }));
  const location = Stacks?.[0]?.Outputs?.[0]?.OutputValue ?? '';
  return { database: input.Name, location };
}
