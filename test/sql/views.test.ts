import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillLists } from '../../core/merge/sql-lists.ts';
import { DAILY_COLUMNS, EVENT_COLUMNS } from '../../core/schema.ts';
import { VIEWS } from '../../core/views.ts';
import { mergeSql } from '../../local/sql-texts.ts';
import type { OpenWarehouse } from '../../local/with-warehouse.ts';
import { memoryWarehouse } from './memory-warehouse.ts';
import { fillWithLoads } from './random-loads.ts';

const TYPES: Readonly<Record<string, string>> = {
  VARCHAR: 'text',
  BIGINT: 'bigint',
  INTEGER: 'int',
  BOOLEAN: 'boolean',
  TIMESTAMP_MS: 'timestamp',
};

let warehouse: OpenWarehouse;
beforeAll(async () => {
  warehouse = await memoryWarehouse();
  await fillWithLoads(warehouse);
});
afterAll(() => warehouse.close());

test.each(VIEWS)('$name has the columns and types that are documented', async ({ name, columns }) => {
  const described = await warehouse.query(`describe select * from ${name}`);
  expect(described.map((row) => `${row['column_name']} ${TYPES[String(row['column_type'])]}`)).toEqual(
    columns.map((column) => `${column.name} ${column.type}`),
  );
});

test('statements that write name every column of their table, in its order', () => {
  const { insert, count } = mergeSql();
  expect(insertedColumns(insert)).toEqual(EVENT_COLUMNS.map(({ name }) => name));
  expect(insertedColumns(count)).toEqual(DAILY_COLUMNS.map(({ name }) => name));
});

const insertedColumns = (sql: string): readonly string[] =>
  (/when not matched then insert \(([^)]*)\)/.exec(sql)?.[1] ?? '').split(',').map((name) => name.trim());

/** Each must return no row. */
const INVARIANTS: Readonly<Record<string, string>> = {
  'at least is never more than at most': 'select * from campaign_daily where at_least > at_most',
  'parts add up to the range': `select * from campaign_daily
    where direct + at_display <> at_least or direct + at_display + regardless + unknown <> at_most`,
  'tiers add up to the loads': `select * from campaign_daily
    where loads_at_most + automated <> loads or loads_at_least > loads_at_most`,
  'displays and repeats add up to the loads of their tiers': `select * from campaign_daily
    where unit <> '' and at_most + repeats <> loads_at_most`,
  'a row without a unit has no displays': `select * from campaign_daily where unit = '' and (at_most <> 0 or repeats <> 0)`,
  'contexts add up to campaigns': `
    select dt, sum(at_least) as a, sum(at_most) as b, sum(loads) as c from campaign_daily group by dt
    except
    select dt, sum(at_least) as a, sum(at_most) as b, sum(loads) as c from context_daily group by dt`,
  'machines add up': `
    select dt, sum(automated) as n from campaign_daily group by dt
    except
    select dt, sum(loads) as n from automated_daily where class <> 'invalid' group by dt`,
  'daily adds up to the loads of each day': `
    select dt, sum(loads) as n, sum(firsts) as f from daily group by dt
    except
    select dt, count(*) as n, count(*) filter (where first) as f from loads group by dt`,
  'lines of daily add up to those of events': `
    select dt, sum(lines) as n from events group by dt except select dt, sum(lines) as n from data_quality group by dt`,
  'no name that nobody registered is counted by itself': `select * from daily where campaign like 'made-up%'`,
  'each unit has one first': `
    select dt, campaign, unit, count(*) as n from loads
    where unit <> ''
    group by dt, campaign, unit, case when unit = 'message' then message else visitor end
    having count(*) filter (where first) <> 1 or max(seq) <> count(*)`,
  'a first is of the best tier of its unit': `
    select a.load_id from loads a
    inner join loads b on a.dt = b.dt and a.campaign = b.campaign and a.unit = b.unit and a.message = b.message
    where a.unit = 'message' and a.first and b.tier < a.tier`,
  'nothing is lifted to likely human': `
    select * from loads where effective_class <> class and (effective_class <> 'automated' or tier <> 'neither')`,
  'settings hold for every day once': `
    select * from (select count(*) as n from settings where '2026-11-23' between from_day and until_day) where n <> 1`,
};

describe('over random loads', () => {
  test.each(Object.entries(INVARIANTS))('%s', async (_name, sql) => {
    expect(await warehouse.query(sql)).toEqual([]);
  });

  test('there is something of everything to look at', async () => {
    const [row] = await warehouse.query(`select count(*) filter (where at_least > 0) as displays,
      count(*) filter (where repeats > 0) as repeats, count(*) filter (where automated > 0) as automated from campaign_daily`);
    expect(Object.values(row ?? {}).every((value) => Number(value) > 5)).toBe(true);
    const bursts = await warehouse.query(`select load_id from loads where effective_reasons = 'burst'`);
    expect(bursts.length).toBeGreaterThan(5);
  });
});

test('a campaign keeps its 1,000 busiest source and content pairs of a day', async () => {
  await warehouse.run(`insert into events (load_id, loaded_ms, lines, campaign, source, content, mode, registered, class, parser,
      log_object, dt)
    select pair * 10 + copy, 0, 1, 'busy', 's' || pair, 'c', 'aggregate', true, 'likely_human', 1, 'logs/a.gz', '2026-12-24'
    from (select unnest(range(1200)) as pair), (select unnest(range(2)) as copy) where copy = 0 or pair >= 600`);
  await warehouse.run(fillLists(mergeSql().count, { days: ['2026-12-24'] }));
  const [row] = await warehouse.query(`select
      count(*) as cells, sum(loads) as loads, sum(loads) filter (where source = '(other)' and content = '(other)') as other,
      count(*) filter (where loads = 2) as busy
    from daily where dt = '2026-12-24'`);
  expect(row).toEqual({ cells: 1001, loads: 1800, other: 200, busy: 600 });
});
