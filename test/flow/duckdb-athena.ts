import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../../core/warehouse.ts';
import { AthenaError } from '../../lambda/athena-warehouse.ts';
import type { MergeWarehouse } from '../../lambda/merge-tables.ts';
import type { OpenWarehouse } from '../../local/with-warehouse.ts';
import { memoryWarehouse } from '../sql/memory-warehouse.ts';
import type { FakeS3 } from './fake-s3.ts';

/** DuckDB in Athena's place: the table `fresh` is what lies in the bucket, and every statement has an id. */
export class DuckdbAthena {
  /** Statements that are refused, by their number; the text is Athena's reason. */
  readonly refused = new Map<number, string>();
  readonly settled: string[] = [];
  /** What `settle` throws, by the id of the query. */
  readonly badEnds = new Map<string, Error>();
  /** OPTIMIZE and VACUUM in the order in which they ended well; DuckDB has neither. */
  readonly upkeep: string[] = [];
  /** How often a statement asks for another run before it succeeds. */
  readonly moreRuns = new Map<string, number>();
  /** Objects that a listing of the engine misses. */
  readonly hidden = new Set<string>();
  statements = 0;
  private readonly s3: FakeS3;
  private readonly folder = mkdtempSync(join(tmpdir(), 'clearpixel-athena-'));
  private readonly engine: OpenWarehouse;

  private constructor(s3: FakeS3, engine: OpenWarehouse) {
    this.s3 = s3;
    this.engine = engine;
  }

  static async open(s3: FakeS3): Promise<DuckdbAthena> {
    return new DuckdbAthena(s3, await memoryWarehouse());
  }

  async close(): Promise<void> {
    await this.engine.close();
    rmSync(this.folder, { recursive: true });
  }

  /** What a handler opens. */
  warehouse(onStart: (queryId: string) => Promise<void> = async () => {}): MergeWarehouse {
    const begin = async (): Promise<void> => {
      this.statements += 1;
      await onStart(`q${this.statements}`);
      const reason = this.refused.get(this.statements);
      if (reason !== undefined) throw new AthenaError(`q${this.statements}`, `failed: ${reason}`);
      await this.readBucket();
    };
    return {
      query: async (sql, parameters) => {
        await begin();
        return this.engine.query(sql, parameters);
      },
      run: async (sql) => {
        await begin();
        if (/^(optimize|vacuum)/.test(sql)) return this.keepUp(sql);
        await this.engine.run(sql);
      },
      settle: async (queryId) => {
        this.settled.push(queryId);
        const end = this.badEnds.get(queryId);
        if (end !== undefined) throw end;
      },
    };
  }

  rows(sql: string): Promise<readonly Row[]> {
    return this.engine.query(sql);
  }

  private keepUp(sql: string): void {
    const left = this.moreRuns.get(sql) ?? 0;
    this.moreRuns.set(sql, left - 1);
    const word = sql.startsWith('vacuum') ? 'VACUUM' : 'OPTIMIZE';
    if (left > 0) throw new AthenaError(`q${this.statements}`, `failed: ICEBERG_${word}_MORE_RUNS_NEEDED`);
    this.upkeep.push(sql);
  }

  private async readBucket(): Promise<void> {
    await this.engine.run('delete from fresh');
    for (const path of this.s3
      .keys('data/fresh/')
      .filter((one) => one.endsWith('.parquet') && !this.hidden.has(one))) {
      const file = join(this.folder, path.replaceAll('/', '-'));
      writeFileSync(file, this.s3.bytes(path));
      await this.engine.run(
        `insert into fresh by name select *, 's3://${path}' as "$path" from read_parquet('${file}')`,
      );
    }
  }
}
