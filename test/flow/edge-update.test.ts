import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { beforeEach, describe, expect, it } from 'vitest';
import { BucketObjects } from '../../lambda/bucket.ts';
import { EdgeStore } from '../../lambda/edge-store.ts';
import { type EdgeHost, updateEdge } from '../../lambda/edge-update.ts';
import { FakeMetrics } from './fake-metrics.ts';
import { FakeS3 } from './fake-s3.ts';
import { FakeStore } from './fake-store.ts';

const NOON = Date.parse('2026-11-17T12:00:00Z');
const DAY = 86_400_000;
const HEAD = 'id,name,owner,medium,sent_from,sent_until,audience,recording,copies,recipients,ends';
const csv = (...rows: readonly string[]): string => `${[HEAD, ...rows].join('\n')}\n`;
const SPRING = 'spring-sale,Spring sale,marketing,email,,,12000,aggregate,day,,';

let s3: FakeS3;
let store: FakeStore;
let keys: number;
let metrics: FakeMetrics;

beforeEach(() => {
  s3 = new FakeS3();
  store = new FakeStore();
  keys = 0;
  metrics = new FakeMetrics();
});

const host = (now = NOON, timeZone = 'UTC'): EdgeHost => ({
  store: new EdgeStore(store.client, 'arn'),
  data: new BucketObjects(s3.client, 'data'),
  timeZone,
  now: () => now,
  publish: metrics.publish,
  newKey: () => {
    keys += 1;
    return String(keys).padStart(64, '0');
  },
});

const days = (): readonly string[] =>
  JSON.parse(store.entries.get('k') ?? '[]').map(({ day }: { day: string }) => day);
const carried = (): unknown => JSON.parse(s3.text('data/registry/carried.json'));
const zones = (): unknown => JSON.parse(s3.text('data/registry/zones.json'));

describe('the first deployment', () => {
  it('writes keys for today and two days, the zone, and a table without campaigns', async () => {
    expect(await updateEdge(host())).toEqual({ campaigns: 0, put: 1, removed: 0 });
    expect(days()).toEqual(['2026-11-17', '2026-11-18', '2026-11-19']);
    expect(metrics.published).toEqual([{ KeysAhead: 2 }]);
    expect(zones()).toEqual([{ from: '1970-01-01', zone: 'UTC' }]);
    expect(s3.keys('data/tables/')).toEqual(['data/tables/campaigns/campaigns.parquet']);
  });
});

describe('a later run', () => {
  it('leaves written keys as they are', async () => {
    await updateEdge(host());
    const before = store.entries.get('k');
    expect(await updateEdge(host(NOON + 3_600_000))).toMatchObject({ put: 0 });
    expect(store.entries.get('k')).toBe(before);
    expect(store.updates).toHaveLength(1);
  });

  it('deletes the key of a day that is over', async () => {
    await updateEdge(host());
    await updateEdge(host(NOON + DAY));
    expect(days()).toEqual(['2026-11-18', '2026-11-19', '2026-11-20']);
  });

  it('begins a changed zone on the first day without a key, and keeps the history', async () => {
    await updateEdge(host());
    await updateEdge(host(NOON + 60_000, 'Europe/Berlin'));
    expect(zones()).toEqual([
      { from: '1970-01-01', zone: 'UTC' },
      { from: '2026-11-20', zone: 'Europe/Berlin' },
    ]);
    await updateEdge(host(NOON + 120_000, 'Europe/Berlin'));
    expect(zones()).toHaveLength(2);
  });
});

describe('the registry', () => {
  it('goes into the store and into the table', async () => {
    s3.put('data/registry/campaigns.csv', csv(SPRING));
    expect(await updateEdge(host())).toMatchObject({ campaigns: 1, put: 2 });
    expect(JSON.parse(store.entries.get('c.spring-sale') ?? '')).toMatchObject({
      mode: 'aggregate',
      copies: 'day',
    });
    const file = Uint8Array.from(s3.bytes('data/tables/campaigns/campaigns.parquet')).buffer;
    expect(await parquetReadObjects({ file, compressors })).toEqual([
      {
        campaign: 'spring-sale',
        name: 'Spring sale',
        owner: 'marketing',
        medium: 'email',
        sent_from_ms: null,
        sent_until_ms: null,
        audience: 12000n,
        recording: 'aggregate',
        copies: 'day',
        ends: null,
      },
    ]);
  });

  it('of many campaigns keeps to 50 keys a request, withdrawals in the first', async () => {
    const rows = Array.from(
      { length: 120 },
      (_, n) => `c${n},Name,marketing,email,,,,${n === 119 ? 'off' : 'aggregate'},day,,`,
    );
    s3.put('data/registry/campaigns.csv', csv(...rows));
    await updateEdge(host());
    expect(store.updates.map(({ Puts = [] }) => Puts.length)).toEqual([50, 50, 21]);
    expect(store.updates[0]?.Puts?.[0]?.Key).toBe('c.c119');
    expect(await updateEdge(host())).toMatchObject({ put: 0, removed: 0 });
  });

  it.each([
    {
      name: 'a broken file',
      files: { 'campaigns.csv': 'id\nnot a campaign\n' },
      rule: /registry\/campaigns\.csv/,
    },
    {
      name: 'two files',
      files: { 'campaigns.csv': csv(SPRING), 'campaigns.json': '[]' },
      rule: /the registry is one file/,
    },
    {
      name: 'another sort of file',
      files: { 'campaigns.xlsx': '' },
      rule: /campaigns\.csv or campaigns\.json, got registry\/campaigns\.xlsx/,
    },
  ])('($name) is refused, but the coming days still get their keys', async ({ files, rule }) => {
    store.set('c.spring-sale', '{"mode":"aggregate","copies":"day"}');
    for (const [name, text] of Object.entries(files)) s3.put(`data/registry/${name}`, text);
    await expect(updateEdge(host())).rejects.toThrow(rule);
    expect(days()).toHaveLength(3);
    expect(metrics.of('KeysAhead')).toEqual([2]);
    expect(store.entries.get('c.spring-sale')).toBe('{"mode":"aggregate","copies":"day"}');
    expect(carried()).toMatchObject({ campaigns: 0, put: 1, problem: expect.stringMatching(rule) });
  });
});

describe('what was carried', () => {
  it('is told by the etag of its file', async () => {
    s3.put('data/registry/campaigns.csv', csv(SPRING));
    await updateEdge(host());
    const { etag } = await host().data.read('registry/campaigns.csv');
    expect(carried()).toEqual({
      etag,
      at: '2026-11-17T12:00:00.000Z',
      campaigns: 1,
      put: 2,
      removed: 0,
      problem: null,
    });
  });

  it('is the newest file, even where a slower run had read the one before', async () => {
    s3.put('data/registry/campaigns.csv', csv(SPRING));
    let once = (): void => s3.put('data/registry/campaigns.csv', csv(SPRING.replace('aggregate', 'off')));
    store.beforeUpdate = () => {
      once();
      once = () => {};
    };
    await updateEdge(host());
    expect(store.entries.get('c.spring-sale')).toContain('"mode":"off"');
    const { etag } = await host().data.read('registry/campaigns.csv');
    expect(carried()).toMatchObject({ etag, put: 1 });
  });

  it('is mended by the run that meets the mended file', async () => {
    s3.put('data/registry/campaigns.csv', 'id\nnot a campaign\n');
    let once = (): void => s3.put('data/registry/campaigns.csv', csv(SPRING));
    store.beforeUpdate = () => {
      once();
      once = () => {};
    };
    expect(await updateEdge(host())).toMatchObject({ campaigns: 1 });
    expect(carried()).toMatchObject({ problem: null });
  });

  it('is never told where the file changes without end', async () => {
    let name = 0;
    store.beforeUpdate = () => {
      name += 1;
      s3.put('data/registry/campaigns.csv', csv(SPRING.replace('spring-sale', `spring-${name}`)));
    };
    await expect(updateEdge(host())).rejects.toThrow('the campaigns file changed 5 times meanwhile');
  });
});

describe('a store that fails half-way', () => {
  it('has the withdrawals already, and all the rest after the next run', async () => {
    const rows = Array.from(
      { length: 120 },
      (_, n) => `c${n},Name,marketing,email,,,,${n === 119 ? 'off' : 'aggregate'},day,,`,
    );
    s3.put('data/registry/campaigns.csv', csv(...rows));
    store.beforeUpdate = () => {
      if (store.updates.length > 0) throw new Error('the store is away');
    };
    await expect(updateEdge(host())).rejects.toThrow('the store is away');
    expect(store.entries.get('c.c119')).toContain('"mode":"off"');
    expect(store.entries.size).toBe(50);
    store.beforeUpdate = () => {};
    await updateEdge(host());
    expect(store.entries.size).toBe(121);
    expect(await updateEdge(host())).toMatchObject({ put: 0, removed: 0 });
  });
});

describe('another writer in between', () => {
  it('is read and planned again, so that its keys stay', async () => {
    await updateEdge(host());
    let once = (): void => store.set('c.other', '{"mode":"off","copies":"day"}');
    store.beforeUpdate = () => {
      once();
      once = () => {};
    };
    await updateEdge(host(NOON + DAY));
    expect(days()).toEqual(['2026-11-18', '2026-11-19', '2026-11-20']);
    expect(store.entries.get('c.other')).toContain('"mode":"off"');
  });

  it('that never ends is said', async () => {
    store.beforeUpdate = () => store.set('x', String(Math.random()));
    await expect(updateEdge(host())).rejects.toThrow(/changed 5 times meanwhile/);
    expect(metrics.published).toEqual([]);
  });
});
