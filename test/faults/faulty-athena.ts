import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../../core/warehouse.ts';
import { AthenaError } from '../../lambda/athena-warehouse.ts';
import type { MergeWarehouse } from '../../lambda/merge-tables.ts';
import type { Random } from '../../local/simulate/random.ts';
import type { FakeS3 } from '../flow/fake-s3.ts';
import type { Call } from './call.ts';
import { PreparedDatabase } from './prepared-database.ts';

const throttled = (): Error =>
  Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException' });
const READS = /^(--.*\n)*\s*(select|with)/;
const TABLES = ['events', 'daily', 'hourly', 'copies', 'requests', 'campaigns', 'fresh'];

/** DuckDB in Athena's place: a statement has an id, may fail, and goes on when the call that began it has died. */
export class FaultyAthena {
  /** What no schedule may see. */
  readonly problems: string[] = [];
  private readonly engine: PreparedDatabase;
  private readonly folder = mkdtempSync(join(tmpdir(), 'clearpixel-faults-'));
  private readonly ends = new Map<string, Promise<readonly Row[]>>();
  /** Texts of those that have not ended, by their ids. */
  private readonly running = new Map<string, string>();
  private readonly seen = new Set<string>();
  private begun = 0;
  private s3!: FakeS3;
  private random!: Random;

  private last: Promise<unknown> = Promise.resolve();
  private files = 0;

  private constructor(engine: PreparedDatabase) {
    this.engine = engine;
  }

  static async open(): Promise<FaultyAthena> {
    return new FaultyAthena(await PreparedDatabase.open());
  }

  /** Empty tables over a bucket. */
  async reset(s3: FakeS3, random: Random): Promise<void> {
    await this.last;
    await this.engine.query('delete from fresh');
    for (const table of TABLES) await this.engine.query(`delete from ${table}`);
    for (const memory of [this.ends, this.running, this.seen]) memory.clear();
    this.problems.length = 0;
    this.begun = 0;
    this.s3 = s3;
    this.random = random;
  }

  close(): void {
    this.engine.close();
    rmSync(this.folder, { recursive: true });
  }

  rows(sql: string): Promise<readonly Row[]> {
    return this.engine.query(sql);
  }

  /** As one call of the merge function sees it. */
  warehouse(call: Call, onStart: (queryId: string) => Promise<void>): MergeWarehouse {
    const execute = async (sql: string): Promise<readonly Row[]> => {
      // A client that repeats a start sends the same token, and Athena begins nothing anew.
      let begun: Promise<string> | undefined;
      const begin = (): Promise<string> => {
        begun ??= this.begin(sql);
        return begun;
      };
      const id = await call.step(begin, throttled);
      await onStart(id);
      return this.endOf(call, id);
    };
    return {
      query: execute,
      run: async (sql) => void (await execute(sql)),
      settle: async (id) => void (await this.endOf(call, id)),
    };
  }

  /** Ends what nobody waits for; `kept` is left running. */
  async drain(kept: string | null): Promise<void> {
    for (const id of this.running.keys()) if (id !== kept) await this.end(id).catch(() => {});
  }

  private endOf(call: Call, id: string): Promise<readonly Row[]> {
    const conflict = new AthenaError(id, 'failed: ICEBERG_COMMIT_ERROR: Found conflicting files');
    return call.step(
      () => this.end(id),
      () => {
        const end = Promise.reject(conflict);
        // Whether anybody asks for it again is open.
        end.catch(() => {});
        this.ends.set(id, end);
        this.running.delete(id);
        return conflict;
      },
    );
  }

  private async begin(sql: string): Promise<string> {
    this.begun += 1;
    const id = `q${this.begun}`;
    const writers = [...this.running].filter(([, text]) => !READS.test(text)).map(([writer]) => writer);
    if (writers.length > 0 && !READS.test(sql)) this.problems.push(`${id} writes while ${writers} do`);
    this.running.set(id, sql);
    // It may do its work at once, or only when somebody waits for it.
    if (this.random.chance(0.5)) this.ends.set(id, this.answer(sql));
    await this.ends.get(id)?.catch(() => {});
    return id;
  }

  private end(id: string): Promise<readonly Row[]> {
    const end = this.ends.get(id) ?? this.answer(this.running.get(id) ?? 'select 1');
    this.ends.set(id, end);
    this.running.delete(id);
    return end.catch((error) => {
      throw new AthenaError(id, `failed: ${error.message}`);
    });
  }

  /** One after another: two calls at once would bring the same file into the table twice. */
  private answer(sql: string): Promise<readonly Row[]> {
    const answer = this.last.then(() => this.carryOut(sql));
    this.last = answer.catch(() => {});
    return answer;
  }

  private async carryOut(sql: string): Promise<readonly Row[]> {
    if (/^(optimize|vacuum)/.test(sql)) return [];
    if (/\bfresh\b/.test(sql)) await this.readBucket();
    return this.engine.query(sql);
  }

  /** What is new in the bucket comes into the table, what is gone leaves it. */
  private async readBucket(): Promise<void> {
    const paths = new Set(this.s3.keys('data/fresh/'));
    for (const path of this.seen) if (!paths.has(path)) await this.unread(path);
    for (const path of paths) if (!this.seen.has(path)) await this.read(path);
  }

  private async unread(path: string): Promise<void> {
    this.seen.delete(path);
    await this.engine.query(`delete from fresh where "$path" = 's3://${path}'`);
  }

  private async read(path: string): Promise<void> {
    // Another call may have merged and deleted it since the bucket was listed.
    if (this.s3.keys(path).length === 0) return;
    // DuckDB keeps what it read of a file by its name: each content has its own.
    this.files += 1;
    const file = join(this.folder, `${this.files}.parquet`);
    writeFileSync(file, this.s3.bytes(path));
    await this.engine.query(
      `insert into fresh by name select *, 's3://${path}' as "$path" from read_parquet('${file}')`,
    );
    rmSync(file);
    this.seen.add(path);
  }
}
