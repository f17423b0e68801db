import { afterAll, beforeAll, expect, test } from 'vitest';
import { tryOut } from './check.ts';
import { FaultyAthena } from './faulty-athena.ts';
import { MUTANTS } from './mutants.ts';
import { Schedule } from './schedule.ts';

/** Far more than any of them has lived through. */
const SCHEDULES = 100;

let athena: FaultyAthena;
beforeAll(async () => {
  athena = await FaultyAthena.open();
});
afterAll(() => athena.close());

test.each(Object.entries(MUTANTS))('%s is found', async (name, mutant) => {
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const [problem] = await tryOut(new Schedule(seed, athena, mutant));
    if (problem === undefined) continue;
    console.info(`${name}: SEED=${seed} finds ${problem}`);
    return;
  }
  expect.fail(`${SCHEDULES} schedules do not find: ${name}`);
});
