import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reclassifyWith, type StackReclassifyOptions } from '../../cloud/commands/reclassify.ts';
import { createClassifier } from '../../core/classify/classify.ts';
import type { IngestClassifier } from '../../core/ingest-settings.ts';
import { mergeTables } from '../../lambda/merge-tables.ts';
import { reclassifySql } from '../../local/sql-texts.ts';
import { DuckdbAthena } from './duckdb-athena.ts';
import type { FakeS3 } from './fake-s3.ts';
import { logFile, logLine } from './logs.ts';
import { OLDER_RULES } from './older-rules.ts';
import { cloudFormation, deliverObject, deployedS3, mergeHost } from './stack-in-memory.ts';

const TUESDAY = 1_794_902_400_000;
const DAY_MS = 86_400_000;
const DAYS = ['2026-11-17', '2026-11-18'];
const GMAIL =
  'Mozilla/5.0%20(Windows%20NT%205.1;%20rv:11.0)%20Gecko%20Firefox/11.0%20(via%20ggpht.com%20GoogleImageProxy)';
const TODAY = createClassifier();

let s3: FakeS3;
let athena: DuckdbAthena;
/** Of the command; each merge is an hour of its own. */
let clock: number;
let merges: number;
/** Rules of the merge function. */
let rules: IngestClassifier;
/** What happens while the command waits. */
let meanwhile: () => Promise<unknown>;

/** Loads of a person and of a mail proxy, on two days, classified by older rules. */
beforeEach(async () => {
  s3 = deployedS3();
  athena = await DuckdbAthena.open(s3);
  await athena.rows(
    "insert into campaigns (campaign, recording, copies) values ('spring-sale', 'aggregate', 'campaign')",
  );
  clock = 0;
  merges = 0;
  rules = TODAY;
  meanwhile = () => merge();
  await deliver('first.gz', OLDER_RULES);
  await merge();
  athena.statements = 0;
});
afterEach(() => athena.close());

async function deliver(key: string, classifier: IngestClassifier): Promise<void> {
  const lines = [TUESDAY, TUESDAY + DAY_MS].flatMap((ms, n) => [
    logLine({ id: `p${n}${key}`, ms }),
    logLine({ id: `g${n}${key}`, ms, agent: GMAIL }),
  ]);
  await deliverObject(s3, key, logFile(...lines), classifier);
}

function merge() {
  merges += 1;
  const now = merges * 3_600_000;
  return mergeTables(
    mergeHost(s3, athena, now, { reclassify: { sql: reclassifySql(), classifier: () => rules } }),
  );
}

async function reclassify(options: Partial<StackReclassifyOptions> = {}, answer?: boolean) {
  const printed: string[] = [];
  const code = await reclassifyWith(
    { stack: 'ClearPixel', wait: 30, ...options },
    {
      json: false,
      print: (text) => void printed.push(text),
      warn: (text) => void printed.push(text),
      progress: () => {},
      ...(answer !== undefined && {
        ask: async (question: string) => {
          printed.push(question);
          return answer;
        },
      }),
    },
    {
      cloudFormation,
      s3: s3.client,
      newId: randomUUID,
      now: () => clock,
      pause: async (ms) => {
        clock += ms;
        await meanwhile();
      },
    },
  );
  return { code, said: printed.join('\n') };
}

const events = () =>
  athena.rows('select dt, class, ruleset, count(*) as loads from events group by all order by all');
const daily = () =>
  athena.rows(
    'select dt, class, ruleset, sum(loads) as loads from daily where loads > 0 group by all order by all',
  );
const copies = () => athena.rows('select tier, messages from copies where messages > 0 order by tier');
const changes = () =>
  athena.rows(
    'select dt, ruleset_before, ruleset, class, loads_before, loads_after from changes order by dt, class',
  );
const rowsFor = (dt: string, ruleset: string, ...classes: readonly string[]) =>
  classes.map((one) => ({ dt, class: one, ruleset, loads: 1 }));
const BEFORE = DAYS.flatMap((dt) => rowsFor(dt, OLDER_RULES.ruleset, 'likely_human', 'unknown'));
const AFTER = DAYS.flatMap((dt) => rowsFor(dt, TODAY.ruleset, 'likely_human', 'proxied'));
const CHANGES = DAYS.flatMap((dt) =>
  [
    { class: 'likely_human', loads_before: 1, loads_after: 1 },
    { class: 'proxied', loads_before: 0, loads_after: 1 },
    { class: 'unknown', loads_before: 1, loads_after: 0 },
  ].map((row) => ({ dt, ruleset_before: OLDER_RULES.ruleset, ruleset: TODAY.ruleset, ...row })),
);

async function expectDone(): Promise<void> {
  expect(await events()).toEqual(AFTER);
  expect(await daily()).toEqual(AFTER);
  expect(await copies()).toEqual([{ tier: 'at_least', messages: 4 }]);
  expect(await changes()).toEqual(CHANGES);
  expect(await athena.rows('select * from verdicts')).toEqual([]);
  expect(s3.keys('data/registry/commands/')).toEqual([]);
}

describe('classifying again in a deployed stack', () => {
  it('is shown first, and done by the merge function once somebody agreed', async () => {
    const { code, said } = await reclassify({}, true);
    expect(said).toMatch(
      /4 loads on 2 days[\s\S]*unknown +proxied at_display +2[\s\S]*\nchange the stack ClearPixel\?/,
    );
    expect(said).toMatch(/4 loads on 2 days \(2026-11-17 to 2026-11-18\) were classified by rules/);
    expect(code).toBe(0);
    await expectDone();
    expect(s3.keys('data/registry/answers/')).toEqual([]);
    expect(JSON.parse(s3.text('data/registry/upkeep.json')).touched).toEqual(DAYS);
  });

  it('changes nothing in a dry run, nor where nobody agrees', async () => {
    expect(await reclassify({ dryRun: true })).toMatchObject({ code: 0 });
    expect(await reclassify({}, false)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/nothing was changed$/),
    });
    await expect(reclassify()).rejects.toThrow('add --yes');
    expect([await events(), await daily(), await changes()]).toEqual([BEFORE, BEFORE, []]);
    expect(await athena.rows('select * from verdicts')).toEqual([]);
  });

  it.each(Array.from({ length: 24 }, (_, statement) => statement + 1))(
    'that is cut off at statement %i is done by the next merge, counts and history and all',
    async (statement) => {
      meanwhile = async () => {
        if (athena.statements === 0) athena.refused.set(statement, 'INTERNAL_ERROR');
        await merge().catch(() => {});
      };
      const { code } = await reclassify({ yes: true });
      expect(code).toBe(0);
      await expectDone();
    },
  );

  it('takes late loads of older rules when it is asked again', async () => {
    await reclassify({ yes: true });
    await deliver('late.gz', OLDER_RULES);
    const { said } = await reclassify({ yes: true });
    expect(said).toContain('4 loads on 2 days (2026-11-17 to 2026-11-18) were classified');
    expect(await events()).toEqual(AFTER.map((row) => ({ ...row, loads: 2 })));
  });

  it('is refused where the stack got other rules after it was shown', async () => {
    meanwhile = async () => {
      await merge();
      rules = { ...TODAY, ruleset: '2026-12-01-aa' };
    };
    await expect(reclassify({ yes: true })).rejects.toThrow('run the command again');
    expect(await events()).toEqual(BEFORE);
  });

  it('that was cut off before other rules came leaves no day uncounted', async () => {
    meanwhile = async () => {
      // After the loads of its days were changed, and before they were counted.
      athena.refused.set(athena.statements + RELABELLED, 'INTERNAL_ERROR');
      await merge().catch(() => {});
      athena.refused.clear();
      rules = { ...TODAY, ruleset: '2026-12-01-aa' };
      await merge();
    };
    s3.put(
      'data/registry/commands/agreed.json',
      JSON.stringify({ reclassify: { since: DAYS[0], until: DAYS[1], ruleset: TODAY.ruleset } }),
    );
    await meanwhile();
    expect(s3.text('data/registry/answers/agreed.json')).toContain('run the command again');
    expect([await events(), await daily()]).toEqual([AFTER, AFTER]);
  });

  it('says when no answer comes in time', async () => {
    meanwhile = async () => {};
    await expect(reclassify({ wait: 5 })).rejects.toThrow('no answer in 5 s');
  });

  it.each([
    { text: '{"reclassify":{"since":"2026-11-31","until":"2026-12-01"}}', rule: 'yyyy-MM-dd' },
    { text: '{"reclassify":null}', rule: 'a command is' },
  ])('that is no command ($text) is answered so, and stops nothing', async ({ text, rule }) => {
    s3.put('data/registry/commands/odd.json', text);
    await merge();
    expect(s3.text('data/registry/answers/odd.json')).toContain(rule);
  });
});

/** The statement after the one that changes loads: judged, inputs, verdicts, inputs, changes, relabel, count. */
const RELABELLED = 7;
