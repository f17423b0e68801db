import { z } from 'zod';
import { isTimeZone } from '../../core/zones.ts';
import { COUNTRIES } from './networks.ts';
import { type CampaignScenario, campaign } from './scenario-campaign.ts';

const noise = z
  .strictObject({
    unregistered: z
      .int()
      .min(0)
      .default(0)
      .describe(
        'Loads of names that are not registered, over the whole time: typing errors and made-up names.',
      ),
    broken: z
      .int()
      .min(0)
      .default(0)
      .describe('Loads without a usable utm_campaign: unfilled merge tags, addresses, scripts.'),
    otherPaths: z
      .int()
      .min(0)
      .default(0)
      .describe('Requests of other paths (favicon, robots.txt, probes): lines that are no loads.'),
    aborted: z.int().min(0).default(0).describe('Loads that ended before CloudFront answered (status 000).'),
  })
  .describe('Lines that belong to no display, as numbers.');

const scenario = z
  .strictObject({
    $schema: z.string().optional().describe('Path of this schema, for the editor.'),
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'write lower-case letters, digits and hyphens')
      .describe('Name of the scenario, shown beside every figure.'),
    days: z.int().min(1).max(90).default(14).describe('Days simulated; the last one is `until`.'),
    until: z.iso
      .date('a day is written yyyy-MM-dd')
      .optional()
      .describe('Last day simulated. Default: the day before the run.'),
    zone: z
      .string()
      .refine(isTimeZone, 'name an IANA time zone, such as Europe/Berlin')
      .default('UTC')
      .describe('IANA zone whose days count, and by whose clock people are awake.'),
    scale: z
      .number()
      .positive()
      .max(1000)
      .default(1)
      .describe('Multiplies every audience, every number of visitors and the noise.'),
    countries: z
      .partialRecord(z.enum(COUNTRIES), z.number().min(0))
      .refine(
        (countries) => Object.values(countries).some((weight) => weight > 0),
        'name at least one country',
      )
      .default({ DE: 55, AT: 8, CH: 8, FR: 7, GB: 9, US: 13 })
      .describe('Weight of each country among people.'),
    noise: noise.prefault({}),
    campaigns: z.array(campaign).min(1).describe('What is sent or shown.'),
  })
  .check(({ value, issues }) => {
    value.campaigns.forEach((each, place) => {
      for (const { at, message, input } of conflictsOf(each, place, value)) {
        issues.push({ code: 'custom', message, input, path: ['campaigns', place, ...at] });
      }
    });
  });

export type Scenario = z.output<typeof scenario>;
export type ScenarioInput = z.input<typeof scenario>;

/** Reads a scenario; throws one Error that lists each broken rule with the value got. */
export function parseScenario(text: string, name: string): Scenario {
  return checkScenario(readJson(text, name), name);
}

/** The same for a scenario that is already an object. */
export function checkScenario(input: unknown, name: string): Scenario {
  const result = scenario.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const got = issue.input === undefined ? '' : `, got ${shorten(JSON.stringify(issue.input))}`;
    return `  ${issue.path.join('.') || 'scenario'}: ${issue.message}${got}`;
  });
  throw new Error([`${name} breaks ${problems.length === 1 ? 'a rule' : 'rules'}:`, ...problems].join('\n'));
}

/** JSON Schema of the file, as published in docs/scenario.schema.json. */
export function scenarioSchema(): object {
  return z.toJSONSchema(scenario, { io: 'input' });
}

function readJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

interface Conflict {
  readonly at: readonly (string | number)[];
  readonly message: string;
  readonly input: unknown;
}

/** What is right by itself, but not beside the rest of the scenario. */
function conflictsOf(each: CampaignScenario, place: number, whole: Whole): Conflict[] {
  const conflicts: Conflict[] = [];
  if (whole.campaigns.findIndex(({ id }) => id === each.id) < place)
    conflicts.push({ at: ['id'], message: 'names a campaign above too', input: each.id });
  for (const [at, day] of daysOf(each)) {
    if (day > whole.days)
      conflicts.push({ at, message: `lies after the last of ${whole.days} days`, input: day });
  }
  if (each.medium !== 'email') {
    const { fromDay, untilDay } = each;
    if (untilDay !== undefined && untilDay < fromDay)
      conflicts.push({ at: ['untilDay'], message: `lies before fromDay, ${fromDay}`, input: untilDay });
    return conflicts;
  }
  const shares = each.sends.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const complete = each.sends.some(({ share }) => share === undefined);
  if (shares > 1.001 || (!complete && shares < 0.999))
    conflicts.push({
      at: ['sends'],
      message: `shares must add up to 1, these add up to ${shares}`,
      input: undefined,
    });
  return conflicts;
}

interface Whole {
  readonly days: number;
  readonly campaigns: readonly CampaignScenario[];
}

function daysOf(each: CampaignScenario): (readonly [readonly (string | number)[], number])[] {
  if (each.medium === 'email') return each.sends.map(({ day }, place) => [['sends', place, 'day'], day]);
  return [
    [['fromDay'], each.fromDay],
    [['untilDay'], each.untilDay ?? each.fromDay],
  ];
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 77)}...` : text);
