import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DescribeStackResourcesCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect, vi } from 'vitest';
import { PREFIXES } from '../../core/layout.ts';
import type { Row } from '../../core/warehouse.ts';
import { AthenaWarehouse } from '../../lambda/athena-warehouse.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { type Clients, clientsOf } from './clients.ts';
import { clientEnv } from './emulator.ts';
import { REGION, type World } from './world.ts';

export const STACK = 'ClearPixel';

/** Milliseconds that a step of the flow may take before a test gives it up; seen are one to five seconds. */
export const PATIENCE = { timeout: 60_000, interval: 200 };

/** Buckets stand in front of the emulator's name. */
const NAMES = join(import.meta.dirname, 'localhost-names.cjs');

interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

/** The deployed product, as an operator, an analyst and CloudFront meet it. */
export class Cloud {
  readonly world: World;
  readonly clients: Clients;
  readonly data: BucketObjects;
  readonly logs: BucketObjects;
  private readonly resources: readonly StackResource[];
  private readonly warehouse: AthenaWarehouse;

  private constructor(world: World, clients: Clients, resources: readonly StackResource[]) {
    this.world = world;
    this.clients = clients;
    this.resources = resources;
    this.data = new BucketObjects(clients.s3, this.idOf('AWS::S3::Bucket', 'PixelData'));
    this.logs = new BucketObjects(clients.s3, this.idOf('AWS::S3::Bucket', 'PixelLogs'));
    this.warehouse = new AthenaWarehouse({
      client: new AthenaClient({
        endpoint: world.athena,
        region: REGION,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      }),
      database: this.idOf('AWS::Glue::Database', ''),
      workgroup: this.idOf('AWS::Athena::WorkGroup', 'Analysts'),
      remainingMs: () => 120_000,
    });
  }

  static async open(world: World | { readonly missing: string }): Promise<Cloud> {
    if ('missing' in world) throw new Error(world.missing);
    const clients = clientsOf(world.endpoint, REGION);
    const { StackResources = [] } = await clients.stacks.send(
      new DescribeStackResourcesCommand({ StackName: STACK }),
    );
    const resources = StackResources.map(({ LogicalResourceId, ResourceType, PhysicalResourceId }) => ({
      logicalId: LogicalResourceId ?? '',
      type: ResourceType ?? '',
      physicalId: PhysicalResourceId ?? '',
    }));
    return new Cloud(world, clients, resources);
  }

  /** Physical id of the one resource of a type whose logical id holds a part. */
  idOf(type: string, part: string): string {
    const found = this.resources.find(
      (resource) => resource.type === type && resource.logicalId.includes(part),
    );
    if (found === undefined) throw new Error(`the stack has no ${type} named ${part}`);
    return found.physicalId;
  }

  /** Calls a function and waits for its answer; throws what it threw. */
  async call(part: string, event: object = {}): Promise<unknown> {
    const FunctionName = this.idOf('AWS::Lambda::Function', part);
    const answer = await this.clients.lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString('utf8');
    if (answer.FunctionError !== undefined) throw new Error(`${part} failed: ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** What the stack tells a function. */
  async environmentOf(part: string): Promise<Readonly<Record<string, string>>> {
    const FunctionName = this.idOf('AWS::Lambda::Function', part);
    const { Environment } = await this.clients.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    return Environment?.Variables ?? {};
  }

  /** Puts a log object where log delivery would, and waits until the ingest has made a fresh file of it. */
  async deliver(key: string, bytes: Uint8Array): Promise<void> {
    const before = await this.freshOf(key);
    await this.logs.write(key, bytes);
    await vi.waitFor(async () => expect(await this.freshOf(key)).not.toEqual(before), PATIENCE);
  }

  /** Fresh files of one log object. */
  async freshOf(key: string): Promise<readonly string[]> {
    return this.data.list(`${PREFIXES.fresh}${createHash('sha256').update(key).digest('hex').slice(0, 16)}`);
  }

  /** Merges until nothing is left to merge: another merge, by the schedule, may be under way. */
  async merge(): Promise<void> {
    await vi.waitFor(async () => {
      await this.call('MergeFunction');
      expect(await this.data.list(PREFIXES.fresh)).toEqual([]);
    }, PATIENCE);
  }

  /** As an analyst queries. */
  query(sql: string, ...parameters: readonly string[]): Promise<readonly Row[]> {
    return this.warehouse.query(sql, parameters);
  }

  /** How often a function said a sentence in its log. */
  async said(part: string, words: string): Promise<number> {
    const { events = [] } = await this.clients.logsIn(REGION).send(
      new FilterLogEventsCommand({
        logGroupName: this.idOf('AWS::Logs::LogGroup', part),
        filterPattern: `"${words}"`,
      }),
    );
    return events.length;
  }

  /** Messages that wait in a queue, not counting those that are being worked on. */
  async waiting(part: string): Promise<number> {
    const { Attributes } = await this.clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: this.idOf('AWS::SQS::Queue', part),
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    return Number(Attributes?.['ApproximateNumberOfMessages']);
  }

  /** Runs a command of the product as an operator does; answers what it printed. */
  async command(...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, ['bin/clearpixel.ts', ...args], {
      env: {
        ...process.env,
        ...clientEnv(this.world.endpoint, REGION),
        AWS_ENDPOINT_URL_ATHENA: this.world.athena,
        NODE_OPTIONS: `--require ${NAMES}`,
      },
    });
    return stdout;
  }

  async outputs(stack = STACK): Promise<Readonly<Record<string, string>>> {
    const { Stacks } = await this.clients.stacks.send(new DescribeStacksCommand({ StackName: stack }));
    return Object.fromEntries(
      (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']),
    );
  }
}
