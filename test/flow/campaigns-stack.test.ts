import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { campaignsWith, type StackCampaignsOptions } from '../../cloud/commands/campaigns.ts';
import { storeCalls } from '../../core/cost/work.ts';
import { STACK_OUTPUTS } from '../../core/layout.ts';
import type { CampaignsAction } from '../../core/registry/commands.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { EdgeStore } from '../../lambda/edge-store.ts';
import { updateEdge } from '../../lambda/edge-update.ts';
import { FakeS3 } from './fake-s3.ts';
import { FakeStore } from './fake-store.ts';

const FILE = 'data/registry/campaigns.csv';
const OUTPUTS = Object.values(STACK_OUTPUTS).map((name) => ({
  OutputKey: name,
  OutputValue: name === STACK_OUTPUTS.dataBucket ? 'data' : name,
}));

let s3: FakeS3;
let store: FakeStore;
let clock: number;
let printed: string[];
let warned: string[];
let folder: string;
/** What happens while the command waits. */
let meanwhile: () => Promise<unknown>;

beforeEach(() => {
  s3 = new FakeS3();
  store = new FakeStore();
  clock = Date.parse('2026-11-23T10:00:00Z');
  printed = [];
  warned = [];
  folder = mkdtempSync(join(tmpdir(), 'clearpixel-campaigns-'));
  meanwhile = carry;
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The deployed edge-state. */
async function carry(): Promise<void> {
  await updateEdge({
    store: new EdgeStore(store.client, 'arn'),
    data: new BucketObjects(s3.client, 'data'),
    timeZone: 'UTC',
    now: () => clock,
    publish: () => {},
    newKey: () => 'k'.repeat(64),
  });
}

function campaigns(
  action: CampaignsAction,
  args: readonly string[] = [],
  { ask, json = true, ...options }: Partial<StackCampaignsOptions> & { json?: boolean; ask?: boolean } = {},
): Promise<number> {
  return campaignsWith(
    action,
    { args, stack: 'ClearPixel', wait: 60, ...options },
    {
      json,
      print: (text) => printed.push(text),
      warn: (text) => warned.push(text),
      progress: () => {},
      ...(ask !== undefined && {
        ask: async (question: string) => {
          warned.push(question);
          return ask;
        },
      }),
    },
    {
      cloudFormation: { send: async () => ({ Stacks: [{ Outputs: OUTPUTS }] }) } as never,
      s3: s3.client,
      now: () => clock,
      pause: async (ms) => {
        clock += ms;
        await meanwhile();
      },
    },
  );
}

function given(text: string, name = 'mine.csv'): readonly string[] {
  writeFileSync(join(folder, name), text);
  return [join(folder, name)];
}
const push = (text: string, options: object = {}): Promise<number> =>
  campaigns('push', given(text), { yes: true, ...options });
const last = (): unknown => JSON.parse(printed.at(-1) ?? 'null');
const mode = (id: string): unknown => JSON.parse(store.entries.get(`c.${id}`) ?? '{}').mode;

describe('push', () => {
  it('puts the file into the registry, waits for the edge, and says what it wrote there', async () => {
    expect(await push('id\nspring\n')).toBe(0);
    expect(s3.text(FILE)).toBe('id\nspring\n');
    expect(mode('spring')).toBe('aggregate');
    expect(last()).toEqual({ carried: expect.objectContaining({ campaigns: 1, put: 2, problem: null }) });
  });

  it('writes only what is not there', async () => {
    await push('id\nspring\n');
    s3.calls.length = 0;
    expect(await push('id\nspring\n')).toBe(0);
    expect(s3.calls.filter((call) => call.startsWith('Put'))).toEqual([]);
  });

  it('puts the same file once more where an earlier push did not get as far as the edge', async () => {
    meanwhile = async () => {};
    await expect(push('id\nspring\n')).rejects.toThrow('no word came from its edge in 60 seconds');
    meanwhile = carry;
    expect(await push('id\nspring\n')).toBe(0);
    expect(mode('spring')).toBe('aggregate');
  });

  it.each([
    { answer: true, code: 0, text: 'id\nspring\n' },
    { answer: false, code: 1, text: undefined },
  ])('asks the person who watches, and heeds $answer', async ({ answer, code, text }) => {
    expect(await push('id\nspring\n', { yes: false, ask: answer })).toBe(code);
    expect(warned[0]).toBe('change the stack ClearPixel? [y/N] ');
    expect(s3.objects.get(FILE)?.toString()).toBe(text);
  });

  it('changes nothing where nobody can be asked', async () => {
    await expect(push('id\nspring\n', { yes: false })).rejects.toThrow('add --yes');
    expect(s3.objects.size).toBe(0);
  });

  it('never writes over what somebody else pushed meanwhile', async () => {
    await push('id\nspring\n');
    const theirs = 'id\nspring\ntheirs\n';
    const ours = campaigns('push', given('id\nspring\nours\n'), { ask: true, yes: false });
    // Between the reading and the writing.
    const read = s3.calls.length;
    while (!s3.calls.slice(read).includes('Get registry/carried.json')) await Promise.resolve();
    s3.put(FILE, theirs);
    await expect(ours).rejects.toThrow('got another registry meanwhile');
    expect(s3.text(FILE)).toBe(theirs);
  });

  it('says when another push came right behind', async () => {
    meanwhile = async () => s3.put(FILE, 'id\nspring\ntheirs\n');
    await expect(push('id\nspring\n')).rejects.toThrow('another registry right after this one');
  });

  it('refuses what would break history, and two files', async () => {
    await push('id,copies\nspring,day\n');
    await expect(push('id,copies\nspring,campaign\n')).rejects.toThrow('this would break history');
    s3.put('data/registry/campaigns.json', '[]');
    await expect(push('id\nspring\nautumn\n')).rejects.toThrow('the registry is one file');
    expect(s3.text(FILE)).toBe('id,copies\nspring,day\n');
  });

  it('does not take the answer to an earlier push of the same file for its own', async () => {
    await push('id,recording\nspring,off\n');
    meanwhile = async () => {};
    await expect(push('id\nspring\n')).rejects.toThrow('no word came');
    let runs = 0;
    meanwhile = async () => {
      runs += 1;
      await carry();
    };
    expect(await push('id,recording\nspring,off\n')).toBe(0);
    expect(runs).toBe(1);
  });

  it('tells what the edge found wrong', async () => {
    meanwhile = async () =>
      s3.put(
        'data/registry/carried.json',
        JSON.stringify({
          ...{ etag: (await new BucketObjects(s3.client, 'data').read('registry/campaigns.csv')).etag },
          ...{ at: 'now', campaigns: 0, put: 0, removed: 0, problem: 'row 2' },
        }),
      );
    await expect(push('id\nspring\n')).rejects.toThrow('the edge refused it and keeps what it had: row 2');
  });
});

describe('withdraw', () => {
  it('needs no file of its own, asks nothing, and comes back when the store has it', async () => {
    await push('id,name\nspring,Spring\nautumn,Autumn\n');
    expect(await campaigns('withdraw', ['spring'])).toBe(0);
    expect([mode('spring'), mode('autumn')]).toEqual(['off', 'aggregate']);
    expect(last()).toEqual({ carried: expect.objectContaining({ put: 1 }) });
    expect(s3.text(FILE).split('\n').slice(1, 3)).toEqual([
      'spring,Spring,,,,,,off,day,,',
      'autumn,Autumn,,,,,,aggregate,day,,',
    ]);
  });
});

describe('list', () => {
  it('says whether the edge has the file', async () => {
    await push('id\nspring\n');
    await campaigns('list', [], { json: false });
    expect(printed.slice(-2)).toEqual([
      'id      medium  recording  copies  sent_from  ends  name',
      'spring  -       aggregate  day     -          -     -',
    ]);
    expect(warned).toEqual(['1 campaign', 'the edge has it since 2026-11-23T10:00:02.000Z']);
    s3.put(FILE, 'id\nspring\nmore\n');
    await campaigns('list');
    expect(warned.at(-1)).toContain('the edge does not have this file yet');
    s3.put(FILE, 'id\nNo\n');
    await carry().catch(() => {});
    await expect(campaigns('list')).rejects.toThrow('mend it there first');
  });
});

describe('5,000 campaigns', () => {
  const file = (changed = ''): string =>
    [
      'id,recording,copies',
      ...Array.from({ length: 5_000 }, (_, n) => `campaign-${n},${n === 2_500 ? changed : ''},campaign`),
      '',
    ].join('\n');

  it('fit into the store, fifty a request, and one that changes is one entry', async () => {
    await push(file());
    const sizes = [...store.entries].map(([key, value]) => key.length + value.length);
    expect(sizes).toHaveLength(5_001);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(5_000_000);
    expect(store.updates).toHaveLength(101);
    expect(store.calls).toBe(storeCalls({ entries: 0, changed: 5_001 }));
    store.updates.length = 0;
    store.calls = 0;
    await push(file('off'));
    expect(store.updates.map(({ Puts = [], Deletes = [] }) => [Puts.map(({ Key }) => Key), Deletes])).toEqual(
      [[['c.campaign-2500'], []]],
    );
    expect(store.calls).toBe(storeCalls({ entries: 5_001, changed: 1 }));
  });
});
