import { writeFileSync } from 'node:fs';
import type { Campaign } from '../../core/campaign.ts';
import { hash64 } from '../../core/hash.ts';
import { formatRegistry } from '../../core/registry/registry.ts';
import type { Home } from '../home.ts';
import { createCalendar } from './calendar.ts';
import { isLoad, lineOf, newRequestId, requestOf } from './delivered.ts';
import { createEdgeDays } from './edge-days.ts';
import { planEmail } from './email.ts';
import { prepareHome } from './home-folder.ts';
import { createLoadPlan, type PlannedLoad } from './load-plan.ts';
import { createLogHours } from './log-hours.ts';
import { peopleOf } from './networks.ts';
import { planNoise } from './noise-loads.ts';
import type { Stage } from './people.ts';
import { createRandom } from './random.ts';
import { registryOf } from './registry-of.ts';
import type { Scenario } from './scenario.ts';
import type { TrueCampaign, TrueLabel, Truth } from './truth.ts';
import { writeTruth } from './truth-file.ts';
import { planVisits } from './visits.ts';

export interface SimulateOptions {
  readonly home: Home;
  readonly scenario: Scenario;
  readonly seed: number;
  /** Milliseconds since 1970; where the scenario names no last day, it is the day before. */
  readonly now: number;
  /** Text of the built edge function. */
  readonly edgeCode: string;
  /** Called after each simulated hour with lines written and lines planned. */
  readonly onProgress?: (lines: number, of: number) => void;
}

export interface Simulated {
  readonly lines: number;
  readonly files: number;
  readonly truth: Truth;
}

/** Writes registry, log objects and truth.json; the same seed, scenario and now give the same bytes. */
export async function simulate(options: SimulateOptions): Promise<Simulated> {
  const { home, scenario, seed } = options;
  const paths = prepareHome(home);
  const { stage, campaigns } = planScenario(scenario, seed, options.now);
  const registry = registryOf(scenario, stage.calendar);
  const traffic = await writeTraffic(options, stage, registry);
  writeFileSync(paths.campaigns, formatRegistry(registry));
  writeFileSync(paths.zones, `${JSON.stringify(stage.calendar.zones, null, 2)}\n`);
  const { lines, files, labels } = traffic;
  const days = stage.calendar.days.map(({ day }) => day);
  const [from = '', until = from] = [days[0], days[days.length - 1]];
  const truth = { seed, scenario: scenario.name, zone: scenario.zone, from, until, lines, campaigns, labels };
  writeTruth(home.truth, truth);
  return { lines, files, truth };
}

/** Sends every planned request through the edge function, hour by hour, and writes what would be logged. */
async function writeTraffic(options: SimulateOptions, stage: Stage, registry: readonly Campaign[]) {
  const { home, seed } = options;
  const edge = createEdgeDays(options.edgeCode, stage.calendar, registry, seed);
  const hours = createLogHours(home.logs, seed);
  const random = createRandom(seed, 'delivery');
  const labels: Labels = { load_id: [], label: [], cause: [] };
  let lines = 0;
  for (const { hourMs, loads } of stage.plan.hours()) {
    const hour: string[] = [];
    for (const load of loads) {
      const requestId = newRequestId(random);
      const { record } = await edge(requestOf(load), load.atMs);
      hour.push(lineOf(load, requestId, record, random));
      if (isLoad(load)) addLabel(labels, requestId, load);
    }
    lines += hour.length;
    await hours.add(hourMs, hour);
    options.onProgress?.(lines, stage.plan.size);
  }
  return { lines, files: await hours.close(), labels };
}

interface Labels {
  readonly load_id: string[];
  readonly label: TrueLabel[];
  readonly cause: string[];
}

function addLabel(labels: Labels, requestId: string, load: PlannedLoad): void {
  labels.load_id.push(hash64(requestId).toString());
  labels.label.push(load.cause.label);
  labels.cause.push(load.cause.name);
}

/** Plans every request of a scenario, and what is true of its campaigns. */
export function planScenario(
  scenario: Scenario,
  seed: number,
  now: number,
): { readonly stage: Stage; readonly campaigns: readonly TrueCampaign[] } {
  const calendar = createCalendar(scenario, now);
  const plan = createLoadPlan(calendar.fromMs, calendar.untilMs);
  const stage = { seed, scale: scenario.scale, calendar, plan, people: peopleOf(scenario.countries) };
  const campaigns = scenario.campaigns.map((campaign) =>
    campaign.medium === 'email' ? planEmail(campaign, stage) : planVisits(campaign, stage),
  );
  planNoise(scenario, stage);
  return { stage, campaigns };
}
