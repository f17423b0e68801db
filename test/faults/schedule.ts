import { createClassifier } from '../../core/classify/classify.ts';
import { parseConfig } from '../../core/config.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { ingestBatch } from '../../lambda/ingest-batch.ts';
import { type MergeHost, mergeTables } from '../../lambda/merge-tables.ts';
import { askForNight } from '../../lambda/upkeep.ts';
import { createRandom, type Random } from '../../local/simulate/random.ts';
import { mergeSql, reclassifySql } from '../../local/sql-texts.ts';
import { FakeS3 } from '../flow/fake-s3.ts';
import { arrival, batch, NOTHING_FORGOTTEN } from '../flow/logs.ts';
import { Call, randomFaults } from './call.ts';
import type { FaultyAthena } from './faulty-athena.ts';
import { faultyBucket } from './faulty-store.ts';
import { Turns } from './turns.ts';
import { CAMPAIGNS, FIRST_MS, fileOf, type LogObject, randomObjects, TOKENS } from './world.ts';

const MINUTE = 60_000;
const OLD_MS = FIRST_MS + 90 * 24 * 60 * MINUTE;
const LIMITS = { days: 2, listLength: 180, campaigns: 1 };
const classifier = createClassifier();
const newer = { ...classifier, ruleset: '2099-01-01-newer' };
const SILENT = { info: () => {}, warn: () => {}, error: () => {} };
const RETENTION = parseConfig({}).retention;
const SQL = mergeSql();
const COMMANDS = 'data/registry/commands/';

/** What is planted into the product to see that the schedules find it. */
export interface Mutant {
  readonly sql?: (sql: MergeHost['sql']) => MergeHost['sql'];
  readonly host?: (host: MergeHost, s3: FakeS3) => MergeHost;
  /** How the ingest sees the bucket. */
  readonly fresh?: (data: BucketObjects) => BucketObjects;
}

/** All that one seed decides: what is logged, how it is delivered, who dies where. */
export class Schedule {
  readonly s3 = new FakeS3();
  readonly objects: readonly LogObject[];
  readonly forgotten = new Set<string>();
  readonly athena: FaultyAthena;
  private readonly random: Random;
  private readonly turns: Turns;
  private readonly mutant: Mutant;
  private queue: string[] = [];
  private now = FIRST_MS + 60 * 60 * MINUTE;
  private calls = 0;
  private lastError: unknown;
  /** Objects that were written to their end. */
  private readonly whole = new Set<LogObject>();

  constructor(seed: number, athena: FaultyAthena, mutant: Mutant = {}) {
    this.random = createRandom(seed, 'schedule');
    this.turns = new Turns(this.random);
    this.objects = randomObjects(this.random);
    this.athena = athena;
    this.mutant = mutant;
  }

  async run(): Promise<void> {
    await this.athena.reset(this.s3, this.random);
    await this.athena.rows(CAMPAIGNS);
    this.s3.put('data/registry/zones.json', '[{"from":"1970-01-01","zone":"UTC"}]');
    this.s3.put('data/registry/assets.json', '[]');
    this.s3.put('data/registry/forgotten.json', NOTHING_FORGOTTEN);
    for (let round = 2 + this.random.below(3); round > 0; round -= 1) await this.round();
    for (const object of this.objects) this.deliver(object);
    await this.settle();
  }

  /** A night when all days are sealed and all campaigns over. */
  async growOld(): Promise<void> {
    this.now = OLD_MS;
    await askForNight(new BucketObjects(this.s3.client, 'data'), this.now);
    await this.turns.run([() => this.merge(false)]);
  }

  /** Objects arrive, some half-written, some again; one or two merges begin meanwhile. */
  private async round(): Promise<void> {
    const { random } = this;
    this.now += random.item([5, 60, 60]) * MINUTE;
    for (const object of this.objects) if (random.chance(0.5)) this.deliver(object, random.chance(0.3));
    if (random.chance(0.2)) await askForNight(new BucketObjects(this.s3.client, 'data'), this.now);
    if (random.chance(0.3)) this.forget(random.item(TOKENS));
    const merges = Array.from({ length: random.item([1, 1, 2]) }, () => () => this.merge(true));
    await this.turns.run([() => this.ingest(true), ...merges]);
    await this.athena.drain(random.chance(0.5) ? this.notedQuery() : null);
  }

  /** Once nothing fails any more, a few hours must do. */
  private async settle(): Promise<void> {
    const isDone = (): boolean => this.s3.keys('data/fresh/').length + this.s3.keys(COMMANDS).length === 0;
    await this.turns.run([() => this.ingest(false)]);
    for (let hour = 0; hour === 0 || (hour < 3 && !isDone()); hour += 1) {
      this.now += 60 * MINUTE;
      await this.turns.run([() => this.merge(false)]);
    }
    if (!isDone()) this.athena.problems.push(`merges do not come to an end: ${this.lastError}`);
  }

  private deliver(object: LogObject, isHalf = false): void {
    if (isHalf && this.whole.has(object)) return;
    const half = this.random.below(object.loads.length);
    const file = fileOf(object, isHalf ? half : undefined);
    const isCut = isHalf && this.random.chance(0.3);
    this.s3.put(`logs/${object.key}`, isCut ? file.subarray(0, file.length / 2) : file);
    if (!isHalf) this.whole.add(object);
    this.queue.push(object.key, ...(this.random.chance(0.3) ? [object.key] : []));
  }

  private forget(token: string): void {
    this.forgotten.add(token);
    this.s3.put(`${COMMANDS}${this.calls}-${token}.json`, JSON.stringify({ forget: token }));
  }

  /** Takes messages in any order; one whose call fails comes again. */
  private async ingest(mayFail: boolean): Promise<void> {
    for (let left = this.queue.length; left > 0; left -= 1) {
      const [key = ''] = this.queue.splice(this.random.below(this.queue.length), 1);
      if (mayFail && this.random.chance(0.2)) this.queue.push(key);
      else if (!(await this.ingestOne(key, this.call('ingest', mayFail, 6)))) this.queue.push(key);
    }
  }

  private async ingestOne(key: string, call: Call): Promise<boolean> {
    const data = faultyBucket(this.s3, 'data', call);
    const { batchItemFailures } = await ingestBatch(batch(arrival(key)), {
      logs: (name) => faultyBucket(this.s3, name, call),
      data: this.mutant.fresh?.(data) ?? data,
      classifier: this.random.chance(0.2) ? newer : classifier,
      remembered: new Map(),
      publish: () => {},
      logger: SILENT,
    }).catch(() => ({ batchItemFailures: [key] }));
    return batchItemFailures.length === 0 && !call.isDead;
  }

  private async merge(mayFail: boolean): Promise<void> {
    const call = this.call('merge', mayFail, 60);
    const host: MergeHost = {
      data: faultyBucket(this.s3, 'data', call),
      sql: this.mutant.sql?.(SQL) ?? SQL,
      limits: LIMITS,
      retention: RETENTION,
      requests: { sql: '', read: async () => [] },
      reclassify: { sql: reclassifySql(), classifier: () => classifier },
      holder: call.name,
      now: this.now,
      until: this.now + 15 * MINUTE,
      remainingMs: () => 15 * MINUTE,
      pause: async () => {},
      openWarehouse: (onStart) => this.athena.warehouse(call, onStart),
      publish: () => {},
      logger: SILENT,
    };
    await mergeTables(this.mutant.host?.(host, this.s3) ?? host).catch((error) => {
      this.lastError = error;
    });
  }

  private call(work: string, mayFail: boolean, steps: number): Call {
    this.calls += 1;
    const faults = mayFail ? randomFaults(this.random, steps) : undefined;
    return new Call(`${work} ${this.calls}`, this.turns, faults);
  }

  /** The statement that the next holder of the lease will wait for. */
  private notedQuery(): string | null {
    const [lease] = this.s3.keys('data/registry/lease.json');
    return lease === undefined ? null : JSON.parse(this.s3.text(lease)).query;
  }
}
