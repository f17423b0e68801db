import type { Row } from '../../core/warehouse.ts';
import type { Schedule } from './schedule.ts';
import type { Load } from './world.ts';

/** Runs a schedule and tells what it left behind and should not have, then and when all of it is old. */
export async function tryOut(schedule: Schedule): Promise<readonly string[]> {
  await schedule.run();
  const problems = await problemsOf(schedule);
  if (problems.length > 0) return problems;
  await schedule.growOld();
  const sealed = [
    ...(await problemsOf(schedule)),
    ...linksOf(await schedule.athena.rows('select * from events')),
  ];
  return sealed.map((problem) => `once sealed, ${problem}`);
}

/** A sealed number is at most the number of rows. */
const linksOf = (rows: readonly Row[]): readonly string[] =>
  ['visitor', 'network', 'message']
    .filter((column) => rows.some((row) => Number(row[column]) > rows.length))
    .map((column) => `events: ${column} is still a hash`);

/** Written in plain TypeScript, beside the SQL that it proves. */
async function problemsOf({ athena, objects, forgotten }: Schedule): Promise<readonly string[]> {
  const rows = await athena.rows('select * from events');
  const loads = rows.filter((row) => row['class'] !== 'dropped');
  const delivered = new Map(objects.flatMap((object) => object.loads).map((load) => [load.id, load]));
  const drops = objects.reduce((sum, object) => sum + object.drops, 0);
  const daily = await athena.rows('select * from daily where lines > 0');
  return [
    ...athena.problems,
    ...differences('events', loads.map(nameOfRow), [...delivered.values()].map(nameOfLoad(forgotten))),
    ...differences('drops', [sum(rows, 'lines') - loads.length], [drops]),
    ...differences('daily', daily.map(cellOf), recount(rows)),
    ...differences(
      'hourly',
      (await athena.rows('select * from hourly where firsts > 0')).map(cellOf),
      hours(loads),
    ),
    ...differences(
      'copies',
      (await athena.rows('select * from copies where messages > 0')).map(cellOf),
      copies(loads),
    ),
  ];
}

const nameOfRow = (row: Row): string =>
  `${row['dt']} ${row['load_id']} ${row['campaign']} ${row['recipient'] ?? ''}`;

const nameOfLoad =
  (forgotten: ReadonlySet<string>) =>
  ({ dt, loadId, campaign, recipient = '' }: Load): string =>
    `${dt} ${loadId} ${campaign} ${forgotten.has(recipient) ? '' : recipient}`;

/** One line a cell, and a cell that is there twice twice. */
const cellOf = ({
  dt = '',
  campaign = '',
  mode = '',
  unit = '',
  ruleset = '',
  hour_ms = '',
  ...row
}: Row): string =>
  [dt, campaign, mode, unit, ruleset, hour_ms, row['loads'], row['firsts'], row['lines'], row['messages']]
    .join(' ')
    .trim();

function recount(rows: readonly Row[]): readonly string[] {
  const firsts = firstsOf(rows);
  return cells(rows, keyOfCell).map(({ key, rows: some }) =>
    cellOf({
      ...key,
      loads: some.filter((row) => row['class'] !== 'dropped').length,
      firsts: some.filter((row) => firsts.has(row)).length,
      lines: sum(some, 'lines'),
    }),
  );
}

const keyOfCell = ({ dt = '', campaign = '', mode = '', ruleset = '', message, class: sort }: Row): Row =>
  sort === 'dropped' ? { dt } : { dt, campaign, mode, ruleset, unit: message === null ? '' : 'message' };

const hours = (loads: readonly Row[]): readonly string[] =>
  cells([...firstsOf(loads)], ({ dt = '', campaign = '', loaded_ms }) => ({
    dt,
    campaign,
    hour_ms: Number(loaded_ms) - (Number(loaded_ms) % 3_600_000),
  })).map(({ key, rows }) => cellOf({ ...key, firsts: rows.length }));

const copies = (loads: readonly Row[]): readonly string[] =>
  cells(
    loads.filter((row) => row['campaign'] === 'whole-life' && row['message'] !== null),
    ({ campaign = '' }) => ({ campaign }),
  ).map(({ key, rows }) => cellOf({ ...key, messages: new Set(rows.map((row) => row['message'])).size }));

/** The earliest load of each copy and day; all are of one tier. */
function firstsOf(rows: readonly Row[]): ReadonlySet<Row> {
  const firsts = new Map<string, Row>();
  for (const row of rows) {
    const copy = `${row['dt']} ${row['campaign']} ${row['message']}`;
    const known = firsts.get(copy);
    if (row['message'] !== null && (known === undefined || isEarlier(row, known))) firsts.set(copy, row);
  }
  return new Set(firsts.values());
}

function isEarlier(one: Row, other: Row): boolean {
  const [ms, otherMs] = [Number(one['loaded_ms']), Number(other['loaded_ms'])];
  return (
    ms < otherMs || (ms === otherMs && BigInt(String(one['load_id'])) < BigInt(String(other['load_id'])))
  );
}

function cells(rows: readonly Row[], keyOf: (row: Row) => Row) {
  const found = new Map<string, { key: Row; rows: Row[] }>();
  for (const row of rows) {
    const key = keyOf(row);
    const cell = found.get(JSON.stringify(key)) ?? { key, rows: [] };
    cell.rows.push(row);
    found.set(JSON.stringify(key), cell);
  }
  return [...found.values()];
}

const sum = (rows: readonly Row[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column]), 0);

/** Rows that should be there, or should not, or are there too often. */
function differences(table: string, got: readonly unknown[], wanted: readonly unknown[]): readonly string[] {
  const counts = new Map<unknown, number>();
  for (const one of got) counts.set(one, (counts.get(one) ?? 0) + 1);
  for (const one of wanted) counts.set(one, (counts.get(one) ?? 0) - 1);
  return [...counts]
    .filter(([, count]) => count !== 0)
    .map(([row, count]) => `${table}: ${count > 0 ? '+' : ''}${count} of ${row}`);
}
