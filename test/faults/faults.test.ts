import { afterAll, beforeAll, expect, test } from 'vitest';
import { tryOut } from './check.ts';
import { FaultyAthena } from './faulty-athena.ts';
import { Schedule } from './schedule.ts';

/** One seed runs one schedule again. */
const SEED = process.env['SEED'];
const SCHEDULES = Number(process.env['SCHEDULES'] ?? 300);
const seeds =
  SEED === undefined ? Array.from({ length: SCHEDULES }, (_, index) => index + 1) : [Number(SEED)];

let athena: FaultyAthena;
beforeAll(async () => {
  athena = await FaultyAthena.open();
});
afterAll(() => athena.close());

test(`${seeds.length} schedules of faults leave each delivered load once, and counts that add up`, {
  timeout: 3_600_000,
}, async () => {
  const found: string[] = [];
  for (const seed of seeds) {
    for (const problem of await tryOut(new Schedule(seed, athena))) found.push(`SEED=${seed}: ${problem}`);
    if (found.length > 0) break;
  }
  expect(found).toEqual([]);
});
