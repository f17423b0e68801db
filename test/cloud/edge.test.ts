import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type Campaign, NEW_CAMPAIGN } from '../../core/campaign.ts';
import { addDays, utcDay } from '../../core/day.ts';
import { REGISTRY_FILES, STORE_KEYS } from '../../core/layout.ts';
import { formatRegistry } from '../../core/registry/registry.ts';
import { readDayKeys } from '../../core/store/day-keys.ts';
import type { Row } from '../../core/warehouse.ts';
import { EdgeStore } from '../../lambda/edge-store.ts';
import { updateEdge } from '../../lambda/edge-update.ts';
import { type DeliveredLine, formatLogFile, formatLogLine } from '../../local/cloudfront-log.ts';
import { edgeCode } from '../../local/edge-code.ts';
import { createEdge } from '../../local/edge-runtime.ts';
import { hash, requestOf } from '../edge/edge-world.ts';
import { Cloud, PATIENCE, STACK } from './cloud.ts';
import { logKey } from './log-objects.ts';
import { REGION } from './world.ts';

const world = inject('cloud');
const SPRING: Campaign = { ...NEW_CAMPAIGN, id: 'edge-spring', medium: 'email' };
const NOW = Date.now();
const LINE: DeliveredLine = {
  timestampMs: NOW,
  requestId: '',
  asn: 3320,
  country: 'DE',
  edgeLocation: 'FRA56-P4',
  method: 'GET',
  uriStem: '/p.gif',
  status: 200,
  resultType: 'Hit',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  record: null,
};
const TODAY = utcDay(NOW);

describe.skipIf('missing' in world)('the edge', () => {
  let cloud: Cloud;
  let store: EdgeStore;
  beforeAll(async () => {
    cloud = await Cloud.open(world);
    store = new EdgeStore(
      cloud.clients.store,
      (await cloud.environmentOf('EdgeFunction'))['STORE_ARN'] ?? '',
    );
  });

  const entry = async (key: string): Promise<string | undefined> => (await store.read()).entries.get(key);
  const days = async () => readDayKeys(await entry(STORE_KEYS.days)).map(({ day }) => day);
  const register = (...campaigns: readonly Campaign[]) =>
    cloud.data.write(`${REGISTRY_FILES.campaigns}csv`, formatRegistry(campaigns));

  /** The row that a load with such a record becomes. */
  async function rowOf(record: string | null): Promise<Row | undefined> {
    const key = logKey(NOW);
    const line = formatLogLine({ ...LINE, requestId: key, record });
    await cloud.deliver(key, formatLogFile([line]));
    await cloud.merge();
    const rows = await cloud.query(
      `select campaign, mode, registered, class, recipient, message, visitor, network, user_agent, country
       from events
       where dt = ? and log_object = ?`,
      TODAY,
      key,
    );
    expect(rows).toHaveLength(1);
    return rows[0];
  }

  /** The record that the deployed function would write into the log line of one copy's load. */
  async function load(copy: string, more = ''): Promise<string | null> {
    const { entries } = await store.read();
    const edge = createEdge(edgeCode(), { get: (key) => entries.get(key) }, () => NOW);
    return (await edge(requestOf({ query: `utm_campaign=${SPRING.id}&utm_medium=email&n=${copy}${more}` })))
      .record;
  }

  it('has the keys of today and of two days to come before anyone asks', async () => {
    expect(await days()).toEqual([TODAY, addDays(TODAY, 1), addDays(TODAY, 2)]);
  });

  it('knows a campaign soon after its file was put', async () => {
    expect(await load('one')).not.toContain('mode=');
    await register(SPRING);
    await expect.poll(() => entry(STORE_KEYS.campaign(SPRING.id)), PATIENCE).toContain('"mode":"aggregate"');
    const record = await load('one');
    expect(record).toMatch(
      new RegExp(`day=${TODAY}&campaign=${SPRING.id}&medium=email&mode=aggregate&.*message=[0-9a-f]{16}`),
    );
    expect(await rowOf(record)).toEqual({
      campaign: SPRING.id,
      mode: 'aggregate',
      registered: true,
      class: 'likely_human',
      recipient: null,
      message: expect.anything(),
      visitor: expect.anything(),
      network: expect.anything(),
      user_agent: LINE.userAgent,
      country: 'DE',
    });
    expect(
      await cloud.query('select campaign, medium, recording from campaigns where campaign = ?', SPRING.id),
    ).toEqual([{ campaign: SPRING.id, medium: 'email', recording: 'aggregate' }]);
  });

  it('keeps a token of readers who agreed, in a consented campaign alone', async () => {
    const agreed = '&rid=edge-token&consent=1';
    expect(await load('agreed', agreed)).not.toContain('edge-token');
    await register({ ...SPRING, recording: 'consented' });
    await expect.poll(() => entry(STORE_KEYS.campaign(SPRING.id)), PATIENCE).toContain('"mode":"consented"');
    expect(await load('silent', '&rid=edge-token')).not.toContain('edge-token');
    expect(await rowOf(await load('agreed', agreed))).toMatchObject({
      mode: 'consented',
      recipient: 'edge-token',
      message: expect.anything(),
    });
  });

  it('labels the loads of a test, which are never counted', async () => {
    await register({ ...SPRING, recording: 'test' });
    await expect.poll(() => entry(STORE_KEYS.campaign(SPRING.id)), PATIENCE).toContain('"mode":"test"');
    expect(await rowOf(await load('test'))).toMatchObject({ mode: 'test', class: 'invalid' });
  });

  it('keeps nothing of a load once the campaign is withdrawn: a command that waits until the edge has it', async () => {
    const said = await cloud.command(
      'campaigns',
      'withdraw',
      SPRING.id,
      '--stack',
      STACK,
      '--region',
      REGION,
    );
    expect(said).toContain(SPRING.id);
    expect(await entry(STORE_KEYS.campaign(SPRING.id))).toContain('"mode":"off"');
    const record = await load('two');
    expect(record).toBe(`v=1&day=${TODAY}&campaign=${SPRING.id}&mode=off`);
    expect(await rowOf(record)).toMatchObject({
      campaign: SPRING.id,
      mode: 'off',
      message: null,
      visitor: null,
      network: null,
      user_agent: null,
      country: null,
    });
  });

  it('loses the key of a day that is over, and keeps the others', async () => {
    const before = readDayKeys(await entry(STORE_KEYS.days));
    const tomorrow = Date.parse(`${addDays(TODAY, 1)}T00:05:00Z`);
    await updateEdge({
      store,
      data: cloud.data,
      timeZone: 'UTC',
      now: () => tomorrow,
      publish: () => {},
      newKey: () => 'f'.repeat(64),
    });
    const after = readDayKeys(await entry(STORE_KEYS.days));
    expect(after.map(({ day }) => day)).toEqual([1, 2, 3].map((ahead) => addDays(TODAY, ahead)));
    expect(after.slice(0, 2)).toEqual(before.slice(1));
    expect(await load('three')).toContain('notes=nokey');

    // Whoever knows everything of a load can tell its hashes by the key that is gone, and by none that is left.
    const known = await cloud.query(
      'select visitor, network, message from events where dt = ? and campaign = ? and message is not null',
      TODAY,
      SPRING.id,
    );
    const hashes = known.flatMap((row) => Object.values(row)).map(String);
    const guesses = (key: string): readonly string[] =>
      [
        `m|${SPRING.id}|one`,
        `n|${SPRING.id}|203.0.113.0/24`,
        `v|${SPRING.id}|203.0.113.0/24|Mozilla/5.0 (X11; Linux)`,
      ].map((text) => BigInt(`0x${hash(key, text)}`).toString());
    expect(hashes).toEqual(expect.arrayContaining([...guesses(before[0]?.key ?? '')]));
    expect(after.flatMap(({ key }) => guesses(key)).filter((guess) => hashes.includes(guess))).toEqual([]);
  });
});
