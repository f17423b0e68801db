import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ForgetOptions, forgetWith } from '../../cloud/commands/forget.ts';
import { mergeTables } from '../../lambda/merge-tables.ts';
import { DuckdbAthena } from './duckdb-athena.ts';
import type { FakeS3 } from './fake-s3.ts';
import { logFile, logLine } from './logs.ts';
import { cloudFormation, deliverObject, deployedS3, mergeHost } from './stack-in-memory.ts';

const ADA = 'Ada0-token';
const BOB = 'Bob0-token';
const TUESDAY = 1_794_902_400_000;
const DAY_MS = 86_400_000;

let s3: FakeS3;
let athena: DuckdbAthena;
let said: string[];
/** Of the command; each merge is an hour of its own. */
let clock: number;
let merges: number;
/** What happens while the command waits. */
let meanwhile: () => Promise<unknown>;

beforeEach(async () => {
  s3 = deployedS3();
  athena = await DuckdbAthena.open(s3);
  await athena.rows(
    "insert into campaigns (campaign, recording, copies) values ('spring-sale', 'consented', 'campaign')",
  );
  said = [];
  clock = 0;
  merges = 0;
  meanwhile = () => merge();
  await deliver('first.gz', [ADA, TUESDAY], [ADA, TUESDAY + DAY_MS], [BOB, TUESDAY]);
});
afterEach(() => athena.close());

/** A log of loads under tokens, ingested. */
async function deliver(key: string, ...loads: readonly (readonly [string, number])[]): Promise<void> {
  const lines = loads.map(([recipient, ms], n) => logLine({ id: `${n}${key}`, recipient, ms }));
  await deliverObject(s3, key, logFile(...lines));
}

function merge() {
  merges += 1;
  const now = merges * 3_600_000;
  const note = (...words: readonly unknown[]): void => void said.push(JSON.stringify(words));
  return mergeTables(mergeHost(s3, athena, now, { logger: { info: note, warn: note, error: note } }));
}

async function forget(options: Partial<ForgetOptions> = {}, json = true) {
  const printed: string[] = [];
  const code = await forgetWith(
    { recipient: ADA, stack: 'ClearPixel', wait: 5, ...options },
    {
      json,
      print: (text) => void printed.push(text),
      warn: (text) => void printed.push(text),
      progress: () => {},
    },
    {
      cloudFormation,
      s3: s3.client,
      id: 'one',
      now: () => clock,
      pause: async (ms) => {
        clock += ms;
        await meanwhile();
      },
    },
  );
  return { code, printed };
}

const recipients = async (): Promise<readonly unknown[]> =>
  (
    await athena.rows(
      'select recipient, message is null and visitor is null and network is null as bare from events order by all',
    )
  ).map((row) => `${row['recipient']} ${row['bare']}`);
const firsts = async () =>
  (await athena.rows('select sum(firsts) as firsts, sum(loads) as loads from daily'))[0];
const copies = () => athena.rows('select * from copies where messages > 0');
const FORGOTTEN = ['Bob0-token false', 'null true', 'null true'];

describe('forgetting in a deployed stack', () => {
  it('is done by the merge function, which answers without the token', async () => {
    const answers: string[] = [];
    s3.onWritten = (path) => void (path.includes('/answers/') && answers.push(s3.text(path)));
    const { code, printed } = await forget();
    expect(JSON.parse(printed.join())).toEqual({
      token: ADA,
      loads: 2,
      days: ['2026-11-17', '2026-11-18'],
      left: 0,
    });
    expect(code).toBe(0);
    expect(await recipients()).toEqual(FORGOTTEN);
    expect(await firsts()).toEqual({ firsts: 1, loads: 3 });
    expect([...answers, ...said, s3.text('data/registry/forgotten.json')].join()).not.toContain(ADA);
    expect(s3.keys('data/registry/commands/')).toEqual([]);
    expect(s3.keys('data/registry/answers/')).toEqual([]);
  });

  it('says where the token remains', async () => {
    const { printed } = await forget({}, false);
    expect(printed.join('\n')).toMatch(
      /2 loads on 2 days[\s\S]*recipient = 'Ada0-token': 0\nremains: raw logs in s3:\/\/logs\/logs\//,
    );
  });

  it('holds for a log that is ingested later, and for one that was under way', async () => {
    await deliver('under-way.gz', [ADA, TUESDAY]);
    const underWay = new Map(s3.keys('data/fresh/').map((path) => [path, s3.bytes(path)]));
    await forget();
    await deliver('later.gz', [ADA, TUESDAY]);
    expect(s3.keys('data/fresh/').filter((path) => s3.bytes(path).includes(ADA))).toEqual([]);
    for (const [path, bytes] of underWay) s3.put(path, bytes);
    s3.put('data/fresh/late-of-its-name.parquet', [...underWay.values()][0] ?? Buffer.alloc(0));
    await merge();
    expect((await recipients()).filter((text) => String(text).includes(ADA))).toEqual([]);
    expect(await firsts()).toMatchObject({ loads: 5 });
  });

  it.each(Array.from({ length: 18 }, (_, statement) => statement + 1))(
    'that is cut off at statement %i is done by the next merge, counts and all',
    async (statement) => {
      meanwhile = async () => {
        if (athena.statements === 0) athena.refused.set(statement, 'INTERNAL_ERROR');
        await merge().catch(() => {});
      };
      const { code, printed } = await forget({ wait: 30 });
      expect({ code, ...JSON.parse(printed.join()) }).toMatchObject({ code: 0, loads: 2, left: 0 });
      expect(await recipients()).toEqual(FORGOTTEN);
      expect(await firsts()).toEqual({ firsts: 1, loads: 3 });
      expect(await copies()).toEqual([{ campaign: 'spring-sale', tier: 'at_least', messages: 1 }]);
    },
  );

  it('waits no longer than it was told, and is done by the next merge', async () => {
    meanwhile = async () => {};
    const { code, printed } = await forget();
    expect([code, printed.join()]).toEqual([1, expect.stringContaining('no answer in 5 s')]);
    await merge();
    expect(await recipients()).toEqual(FORGOTTEN);
  });

  it.each([
    { text: 'no JSON', rule: 'Unexpected token' },
    { text: '{"forget":"x\' or 1=1"}', rule: 'a token is 1 to 64 of' },
    { text: '{"forgot":1}', rule: 'a command is {\\"forget\\": token}' },
    { text: 'null', rule: 'a command is {\\"forget\\": token}' },
  ])('that is no command ($text) is answered so, and stops nothing', async ({ text, rule }) => {
    s3.put('data/registry/commands/odd.json', text);
    await merge();
    expect(s3.text('data/registry/answers/odd.json')).toContain(rule);
    expect(s3.keys('data/registry/commands/')).toEqual([]);
  });
});
