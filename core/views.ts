import { type Column, DAILY_COLUMNS, EVENT_COLUMNS } from './schema.ts';

export { settingsView } from './schema/settings.ts';

/** Views alone have timestamps: tables keep milliseconds, which need no time zone. */
export interface ViewColumn extends Omit<Column, 'type'> {
  readonly type: Column['type'] | 'timestamp';
}

/** Described here, written in sql/views/<name>.sql; the text of `settings` comes from core/schema/settings.ts. */
export interface View {
  readonly name: string;
  readonly grain: string;
  readonly meaning: string;
  readonly columns: readonly ViewColumn[];
}

type Described = readonly [name: string, type: ViewColumn['type'], meaning: string, example: string];

const always = ([name, type, meaning, example]: Described): ViewColumn => ({
  name,
  type,
  meaning,
  example,
  optional: false,
});
const sometimes = (described: Described): ViewColumn => ({ ...always(described), optional: true });
const counts = (...described: readonly (readonly [string, string, string])[]): readonly ViewColumn[] =>
  described.map(([name, meaning, example]) => always([name, 'bigint', meaning, example]));

function named(columns: readonly Column[], ...names: readonly string[]): readonly ViewColumn[] {
  return names.map((name) => {
    const found = columns.find((column) => column.name === name);
    if (found === undefined) throw new Error(`no column ${name}: name one of the table the view reads`);
    return found;
  });
}
const fromEvents = (...names: readonly string[]): readonly ViewColumn[] => named(EVENT_COLUMNS, ...names);
const fromDaily = (...names: readonly string[]): readonly ViewColumn[] => named(DAILY_COLUMNS, ...names);

const LOADS_COLUMNS: readonly ViewColumn[] = [
  ...fromEvents('dt', 'load_id', 'loaded_ms'),
  always(['loaded_at', 'timestamp', 'when CloudFront answered, UTC', '2026-11-23 08:00:00.123']),
  always([
    'campaign',
    'text',
    'utm_campaign; (unregistered), or (none) for imports without one',
    'spring-sale',
  ]),
  ...fromEvents('medium', 'source', 'content', 'mode'),
  always(['registered', 'boolean', 'whether the edge knew the campaign', 'true']),
  ...fromEvents('asset', 'recipient', 'message', 'visitor', 'network'),
  always(['effective_class', 'text', 'class after the rules across rows; what counts', 'likely_human']),
  sometimes(['effective_kind', 'text', 'kind after the rules across rows', 'browser']),
  sometimes(['effective_agent', 'text', 'agent after the rules across rows', 'Gmail image proxy']),
  sometimes(['effective_confidence', 'text', 'confidence after the rules across rows', 'medium']),
  sometimes(['effective_reasons', 'text', 'what decided: rule ids, or burst', 'browser-full']),
  always(['tier', 'text', 'at_least, at_most (there only) or neither', 'at_least']),
  always(['unit', 'text', 'what is told apart: message, visitor, or empty (loads only)', 'message']),
  sometimes([
    'first',
    'boolean',
    'best load of its unit and day by tier, time, load id; null without a unit',
    'true',
  ]),
  sometimes(['seq', 'bigint', 'nth load of its unit and day by time; null without a unit', '1']),
  ...fromEvents('class', 'kind', 'agent', 'confidence', 'reasons', 'flags', 'country', 'asn', 'device'),
  ...fromEvents('user_agent', 'method', 'referer_host', 'edge_location', 'status', 'cache_result', 'signals'),
  ...fromEvents('ruleset', 'parser', 'log_object'),
];

const DISPLAY_COUNTS = counts(
  ['direct', 'displays by a browser, app or mail client itself', '180'],
  ['at_display', 'displays by proxies that fetch when a message is shown', '90'],
  ['regardless', 'firsts of proxies and mailboxes that fetch whether or not anyone looks', '70'],
  ['unknown', 'firsts that nothing speaks for or against', '10'],
  ['at_least', 'displays, the sure part: direct and at_display', '270'],
  ['at_most', 'displays at most: at_least, regardless and unknown', '350'],
  ['loads', 'loads, invalid ones left out: loads_at_most and automated', '500'],
  ['loads_at_least', 'loads of the first tier', '330'],
  ['loads_at_most', 'loads of the first two tiers', '430'],
  ['automated', 'loads of neither tier', '70'],
  ['repeats', 'loads of the first two tiers that repeat one of their unit and day', '80'],
);

const COUNT_VIEWS: readonly View[] = [
  {
    name: 'campaign_daily',
    grain: 'one row per day, campaign, medium and unit',
    meaning: 'displays and loads of each campaign',
    columns: [...fromDaily('dt', 'campaign', 'medium', 'unit'), ...DISPLAY_COUNTS],
  },
  {
    name: 'context_daily',
    grain: 'one row per day, medium and unit',
    meaning: 'displays and loads in mails, on pages and in documents, which are read differently',
    columns: [...fromDaily('dt', 'medium', 'unit'), ...DISPLAY_COUNTS],
  },
  {
    name: 'automated_daily',
    grain: 'one row per day, campaign, class, kind and agent',
    meaning: 'loads that count towards neither tier, and who sent them',
    columns: fromDaily('dt', 'campaign', 'class', 'kind', 'agent', 'loads'),
  },
  {
    name: 'data_quality',
    grain: 'one row per day and reason',
    meaning: 'what became of the log lines: loads under the empty reason, dropped lines under theirs',
    columns: [
      ...fromDaily('dt', 'reason', 'lines', 'loads'),
      ...counts(
        ['invalid', 'loads that are never counted: test campaigns, requests that got no image', '3'],
        ['unregistered', 'loads of campaigns that the edge did not know', '12'],
      ),
    ],
  },
];

/** In the order in which they can be made: each reads tables and earlier views only. */
export const VIEWS: readonly View[] = [
  {
    name: 'settings',
    grain: 'one row per entry of thresholds in the config; the rows cover every day once',
    meaning: 'numbers that operators set, and the days they hold for',
    columns: [
      always(['from_day', 'text', 'first day', '0001-01-01']),
      always(['until_day', 'text', 'last day', '9999-12-31']),
      always(['small_number', 'int', 'smallest number of displays that a report prints', '10']),
      always(['burst_messages', 'int', 'copies from one network in one minute that make a burst', '5']),
    ],
  },
  {
    name: 'loads',
    grain: 'one row per day and load',
    meaning:
      'each load with its name as reports show it, its class after the rules across rows, and what it counts as',
    columns: LOADS_COLUMNS,
  },
  {
    name: 'document_access',
    grain: 'one row per day, campaign and token, of documents in consented campaigns',
    meaning:
      'when a document was loaded under a token, automated loads left out; access, no proof of reading',
    columns: [
      ...fromEvents('dt'),
      ...fromDaily('campaign'),
      always(['recipient', 'text', 'opaque token that its reader agreed to', 'r7Qz0pXk']),
      always(['first_load', 'timestamp', 'first load of the day, UTC', '2026-11-23 08:00:00.123']),
      always(['last_load', 'timestamp', 'last load of the day, UTC', '2026-11-23 09:12:00.456']),
      ...counts(
        ['loads', 'loads of the first two tiers, of the pixel and of tracked assets', '4'],
        ['loads_at_least', 'those of the first tier', '3'],
      ),
    ],
  },
  ...COUNT_VIEWS,
];
