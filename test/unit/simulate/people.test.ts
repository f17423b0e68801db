import { describe, expect, test } from 'vitest';
import type { PlannedLoad } from '../../../local/simulate/load-plan.ts';
import { checkScenario, type ScenarioInput } from '../../../local/simulate/scenario.ts';
import { planScenario } from '../../../local/simulate/simulate.ts';

const NOW = Date.parse('2026-11-23T08:00:00Z');
type Mail = Extract<ScenarioInput['campaigns'][number], { medium: 'email' }>;
type Page = Exclude<ScenarioInput['campaigns'][number], Mail>;

function play(campaign: Partial<Mail> | Partial<Page>, fields: Partial<ScenarioInput> = {}) {
  const whole =
    campaign.medium === 'page'
      ? { id: 'page', visitorsPerDay: 200, ...campaign }
      : { id: 'mail', medium: 'email', audience: 4000, sends: [{ day: 1 }], ...campaign };
  const scenario = checkScenario({ name: 'one', days: 7, campaigns: [whole], ...fields }, 'test');
  const { stage, campaigns } = planScenario(scenario, 5, NOW);
  const loads = [...stage.plan.hours()].flatMap((hour) => [...hour.loads]);
  const [truth] = campaigns;
  if (truth === undefined) throw new Error('a scenario has a campaign');
  const sum = (field: 'displays' | 'atLeast' | 'atMost') =>
    truth.displays.reduce((total, day) => total + day[field], 0);
  return { loads, truth, displays: sum('displays'), atLeast: sum('atLeast'), atMost: sum('atMost'), stage };
}

const share = (loads: readonly PlannedLoad[], test: (load: PlannedLoad) => boolean) =>
  loads.filter(test).length / loads.length;
const only = (client: string) => ({ clients: { [client]: 1 } });

describe('one mail client alone', () => {
  test('direct: a load at every look, and each is shown', () => {
    const { loads, truth, displays, atLeast, atMost } = play({ ...only('thunderbird'), looks: 0.5 });
    expect(truth.looked / 4000).toBeCloseTo(0.5, 1);
    expect(loads).toHaveLength(truth.looked);
    expect([displays, atLeast, atMost]).toEqual([truth.looked, truth.looked, truth.looked]);
    expect(new Set(loads.map(({ cause }) => cause.label))).toEqual(new Set(['likely_human']));
  });

  test('direct, looking again: a copy counts once a day', () => {
    const { loads, displays, truth } = play({ ...only('thunderbird'), looksAgain: 0.5 });
    expect(loads.length).toBeGreaterThan(truth.looked * 1.7);
    expect(displays).toBeGreaterThan(truth.looked);
    expect(displays).toBeLessThan(loads.length);
    expect(truth.copiesDisplayed).toBe(truth.looked);
  });

  test('Gmail: later looks come from its cache', () => {
    const { loads, truth, displays, atLeast } = play({ ...only('gmail'), looksAgain: 0.5 });
    expect([loads.length, displays, atLeast]).toEqual([truth.looked, truth.looked, truth.looked]);
    expect(new Set(loads.map(({ origin }) => origin.network.asn))).toEqual(new Set([15169]));
  });

  test('Gmail with prefetch: some displays are served from it', () => {
    const { loads, displays, atLeast, atMost, truth } = play({
      ...only('gmail'),
      gmailPrefetched: 1,
      looks: 0.4,
    });
    const prefetches = loads.filter(({ cause }) => cause.label === 'prefetch');
    expect(prefetches).toHaveLength(4000);
    expect(displays).toBe(truth.looked);
    expect(atLeast / displays).toBeCloseTo(0.5, 1);
    expect(atMost).toBeGreaterThanOrEqual(4000);
  });

  test("Apple's proxy: loads whether or not anyone looks", () => {
    const { loads, truth, displays, atLeast, atMost } = play({ ...only('apple-proxy'), looks: 0.3 });
    expect(loads.length / 4000).toBeGreaterThan(0.95);
    expect(loads.every(({ agent }) => agent === 'Mozilla/5.0')).toBe(true);
    expect([displays, atLeast, atMost]).toEqual([truth.looked, 0, loads.length]);
  });

  test("Apple's users may look more or less than the others", () => {
    const shares = { clients: { 'apple-proxy': 0.5, thunderbird: 0.5 }, looks: 0.2, looksOfAppleProxy: 0.6 };
    expect(play(shares).truth.looked / 4000).toBeCloseTo(0.4, 1);
  });

  test.each([
    { name: 'a provider that takes pixels out', fields: only('proton') },
    { name: 'images blocked', fields: { blocked: 1 } },
    { name: 'bounced', fields: { bounced: 1 } },
  ])('no load at all: $name', ({ fields }) => {
    const { loads, truth, displays } = play(fields);
    expect([loads.length, displays, truth.copiesDisplayed]).toEqual([0, 0, 0]);
  });

  test('opt-outs load, are never displays, and are counted apart', () => {
    const { loads, truth, displays } = play({ ...only('webmail'), optOut: { gpc: 0.3, dnt: 0.2 } });
    expect(loads).toHaveLength(truth.looked);
    expect(truth.optedOut / truth.looked).toBeCloseTo(0.5, 1);
    expect(displays).toBe(truth.looked - truth.optedOut);
  });

  test('forwards show the same copy elsewhere', () => {
    const { loads, truth } = play({ ...only('thunderbird'), forwarded: 0.5 });
    expect(truth.lookedElsewhere / truth.looked).toBeCloseTo(0.5, 1);
    expect(loads).toHaveLength(truth.looked + truth.lookedElsewhere);
    expect(truth.copiesDisplayed).toBe(truth.looked);
    expect(new Set(loads.map(({ copy }) => copy)).size).toBe(truth.looked);
  });

  test('without a nonce nothing tells copies apart', () => {
    const { loads, truth } = play({ ...only('gmail'), nonce: false, sharedCache: 0.5 });
    expect(truth.unit).toBe('');
    expect(loads.length / truth.looked).toBeCloseTo(0.5, 1);
  });
});

describe('security scanners', () => {
  const scanners = { share: 1, disguised: 0.4, copies: 8, head: 0.1, twice: 0.2 };
  const { loads, stage } = play({ looks: 0, ...only('thunderbird'), scanners });

  test('keep their shares', () => {
    expect(new Set(loads.map(({ cause }) => cause.label))).toEqual(new Set(['automated']));
    expect(loads.length / 4000).toBeCloseTo(1.2, 1);
    expect(share(loads, ({ cause }) => cause.name === 'disguised scanner')).toBeCloseTo(0.4, 1);
    expect(share(loads, ({ cause }) => cause.method === 'HEAD')).toBeCloseTo(0.1, 1);
  });

  test('come in bursts from one network within a minute', () => {
    const bursts = new Map<string, Set<number>>();
    for (const { origin, atMs, copy } of loads) {
      const key = `${origin.network.asn}/${origin.address >>> 8}/${Math.floor(atMs / 60_000)}`;
      bursts.set(key, (bursts.get(key) ?? new Set()).add(copy));
    }
    const inBurst = [...bursts.values()].filter((copies) => copies.size >= 5);
    expect(inBurst.reduce((sum, copies) => sum + copies.size, 0) / loads.length).toBeGreaterThan(0.5);
  });

  test('come when measured: half within 9 s of sending, most within 20 s', () => {
    const sent = { minutes: 0.001, day: 1, hour: 9 };
    const quick = play({
      looks: 0,
      scanners: { ...scanners, copies: 1, twice: 0 },
      sends: [sent],
      ...only('proton'),
    });
    const from = quick.stage.calendar.at(1, 9);
    const early = (seconds: number) => share(quick.loads, ({ atMs }) => atMs - from < seconds * 1000);
    expect(early(9)).toBeCloseTo(0.5, 1);
    expect(early(20)).toBeCloseTo(0.84, 1);
    expect(early(3600)).toBeLessThan(1);
    expect(stage.calendar.days).toHaveLength(7);
  });
});

describe('pages', () => {
  test('visitors are displays of their day', () => {
    const { loads, truth, displays, atLeast } = play({ medium: 'page', loadsPerVisitor: 2 });
    expect(truth.unit).toBe('visitor');
    expect(truth.looked / 1400).toBeCloseTo(1, 0);
    expect([displays, atLeast]).toEqual([truth.looked, truth.looked]);
    expect(loads.length / truth.looked).toBeCloseTo(2, 0);
  });

  test('relay, VPN, prefetch and silent clients keep their shares', () => {
    const { loads, displays, atLeast } = play({
      medium: 'page',
      visitorsPerDay: 2000,
      loadsPerVisitor: 1,
      relay: 0.2,
      vpn: 0.1,
      noAgent: 0.1,
      prefetched: 0.3,
    });
    const visits = loads.filter(({ cause }) => cause.label !== 'prefetch');
    expect(loads.length / visits.length).toBeCloseTo(1.3, 1);
    expect(share(visits, ({ cause }) => cause.name.endsWith('relay'))).toBeCloseTo(0.2, 1);
    expect(share(visits, ({ cause }) => cause.name.endsWith('VPN'))).toBeCloseTo(0.1, 1);
    expect(atLeast / displays).toBeCloseTo(0.93, 1);
  });

  test('colleagues share a network', () => {
    const { loads } = play({ medium: 'page', offices: { share: 1, people: 20 } });
    const networks = new Set(loads.map(({ origin }) => origin.address >>> 8));
    expect(networks.size).toBe(10);
  });
});

describe('time', () => {
  test('days follow the zone, also where clocks change', () => {
    const { stage } = play({}, { zone: 'Europe/Berlin', until: '2026-10-26', days: 3 });
    const hours = stage.calendar.days.map(({ day, fromMs, untilMs }) => [
      day,
      (untilMs - fromMs) / 3_600_000,
    ]);
    expect(hours).toEqual([
      ['2026-10-24', 24],
      ['2026-10-25', 25],
      ['2026-10-26', 24],
    ]);
  });

  test('nothing happens outside of the simulated days, and few look at night', () => {
    const { loads, stage } = play({ ...only('android'), delay: { medianHours: 20 }, looksAgain: 0.3 });
    const { fromMs, untilMs } = stage.calendar;
    expect(loads.filter(({ atMs }) => atMs < fromMs || atMs >= untilMs)).toEqual([]);
    const night = share(loads, ({ atMs }) => new Date(atMs).getUTCHours() < 6);
    expect(night).toBeGreaterThan(0);
    expect(night).toBeLessThan(0.12);
  });

  test('a longer campaign list changes nobody of the first', () => {
    const alone = play({ audience: 50 });
    const scenario = checkScenario(
      {
        name: 'two',
        days: 7,
        campaigns: [
          { id: 'mail', medium: 'email', audience: 50, sends: [{ day: 1 }] },
          { id: 'other', medium: 'email', audience: 50, sends: [{ day: 1 }] },
        ],
      },
      'test',
    );
    expect(planScenario(scenario, 5, NOW).campaigns[0]).toEqual(alone.truth);
  });
});
