import { AthenaClient } from '@aws-sdk/client-athena';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { settingsView, type Threshold } from '../../core/schema/settings.ts';
import { TABLES } from '../../core/schema.ts';
import type { Warehouse } from '../../core/warehouse.ts';
import { AthenaWarehouse } from '../../lambda/athena-warehouse.ts';
import { updateTables } from '../../lambda/iceberg-tables.ts';
import { clientsOf } from '../cloud/clients.ts';
import type { Given } from '../sql/cases.ts';
import { insertGiven } from '../sql/given.ts';
import { campaignsParquet, freshParquet } from './given-parquet.ts';
import { TrinoQuery } from './trino-query.ts';
import { type EngineWorld, REGION } from './world.ts';

/** A statement may wait for a first answer of a cold engine. */
const LONGEST_MS = 120_000;

/** The product's tables on a real engine, given rows case by case. */
export class Engine {
  /** As the product's functions have it: through the Athena API. */
  readonly warehouse: Warehouse;
  readonly bucket: string;
  private readonly s3: S3Client;
  private readonly world: EngineWorld;

  private constructor(world: EngineWorld) {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new AthenaClient({ endpoint: world.athena, region: REGION, credentials });
    const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, Math.min(ms, 100)));
    this.warehouse = new AthenaWarehouse({
      client,
      database: world.database,
      workgroup: 'tests',
      remainingMs: () => LONGEST_MS,
      wait,
    });
    this.s3 = clientsOf(world.endpoint, REGION).s3;
    this.bucket = new URL(world.location).host;
    this.world = world;
  }

  /** Makes the Iceberg tables as a deployment does. */
  static async open(world: EngineWorld): Promise<Engine> {
    const engine = new Engine(world);
    await updateTables(engine.warehouse, TABLES, world);
    return engine;
  }

  /** Gives the tables the rows of a case, and takes what was there away. */
  async give({ thresholds, fresh = [], campaigns = [], ...tables }: Given): Promise<void> {
    await this.clearFresh();
    for (const [path, file] of freshParquet(fresh)) await this.put(path, file);
    await this.put(`${this.world.location}campaigns/campaigns.parquet`, campaignsParquet(campaigns));
    for (const name of ['events', 'daily', 'hourly', 'copies', 'requests', 'verdicts', 'changes'] as const) {
      await this.warehouse.run(`delete from ${name}`);
      const rows = tables[name] ?? [];
      if (rows.length > 0) await this.warehouse.run(insertGiven(name, rows));
    }
    if (thresholds !== undefined) await this.setThresholds(thresholds);
  }

  /** What another config would deploy. */
  private async setThresholds(thresholds: readonly Threshold[]): Promise<void> {
    await this.ask(`create or replace view settings security invoker as ${settingsView(thresholds)}`);
  }

  /** A statement in Trino's own words, past the Athena API. */
  async ask(sql: string, catalog = 'awsdatacatalog'): Promise<readonly (readonly unknown[])[]> {
    const query = new TrinoQuery();
    await query.run(sql, { url: this.world.trino, catalog, schema: this.world.database });
    return query.rows;
  }

  /** Every object below a table's location, whatever its file is. */
  async filesOf(table: string): Promise<ReadonlyMap<string, Uint8Array>> {
    const Prefix = `${new URL(this.world.location).pathname.slice(1)}${table}/`;
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix }));
    const files = new Map<string, Uint8Array>();
    for (const { Key = '' } of Contents) {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key }));
      files.set(Key, (await Body?.transformToByteArray()) ?? new Uint8Array());
    }
    return files;
  }

  private async put(path: string, Body: Uint8Array): Promise<void> {
    const Key = path.slice(`s3://${this.bucket}/`.length);
    await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key, Body }));
  }

  private async clearFresh(): Promise<void> {
    const { Contents = [] } = await this.s3.send(
      new ListObjectsV2Command({ Bucket: this.bucket, Prefix: 'fresh/' }),
    );
    for (const { Key } of Contents) await this.s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }));
  }
}
