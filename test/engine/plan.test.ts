import { beforeAll, describe, expect, inject, test } from 'vitest';
import { fillLists } from '../../core/merge/sql-lists.ts';
import { VIEWS } from '../../core/views.ts';
import { type CaseRow, sqlFiles } from '../sql/cases.ts';
import { Engine } from './engine.ts';

const world = inject('engine');

const DAYS = ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'];
const ASKED = ['2026-11-22', '2026-11-23'];

/** Tables that are cut by day, and the one that a statement writes or reads where it is not events. */
const CUT = ['events', 'daily', 'hourly', 'requests', 'changes'];
const WRITTEN: Readonly<Record<string, string>> = {
  count: 'daily',
  hourly: 'hourly',
  requests: 'requests',
  day_counts: 'daily',
  expired_copies: 'daily',
  changes: 'changes',
};

interface Bound {
  readonly value?: string;
  readonly bound: 'EXACTLY' | 'ABOVE' | 'BELOW';
}
interface Scan {
  readonly table: { readonly schemaTable: { readonly table: string } };
  readonly constraint: {
    readonly columnConstraints: readonly {
      readonly columnName: string;
      readonly domain: { readonly ranges: readonly { readonly low: Bound; readonly high: Bound }[] };
    }[];
  };
}

const statements = sqlFiles().filter(({ folder }) => folder !== 'views');
const reports = statements.filter(({ folder }) => folder === 'reports' || folder === 'saved');
const merges = statements.filter(
  ({ folder, sql }) => ['merge', 'verify'].includes(folder) && /:days|:first_day/.test(sql),
);
const views = VIEWS.filter(({ columns }) => columns.some(({ name }) => name === 'dt'));

describe.skipIf('missing' in world)(
  'of a table that is cut by day the engine reads the asked days only',
  () => {
    let engine: Engine;
    beforeAll(async () => {
      if ('missing' in world) return;
      engine = await Engine.open(world);
      const rows: readonly CaseRow[] = DAYS.map((dt, index) => ({ dt, load_id: index + 1 }));
      const $path = `s3://${engine.bucket}/fresh/a.parquet`;
      await engine.give({
        events: rows,
        daily: DAYS.map((dt) => ({ dt, loads: 1 })),
        hourly: DAYS.map((dt) => ({ dt, firsts: 1 })),
        changes: DAYS.map((dt) => ({ dt, loads_before: 1 })),
        requests: DAYS.map((dt) => ({ dt, hour_ms: 1, requests: 1 })),
        fresh: rows.map((row) => ({ ...row, $path })),
      });
    });

    test.each(reports)('report $name', async ({ sql }) => {
      const days = [ASKED.at(0), ASKED.at(-1)];
      const bound = sql.replaceAll('?', () => `'${days.shift() ?? ASKED.at(-1)}'`);
      expect(Object.values(await daysRead(bound))).toEqual([ASKED]);
    });

    test.each(views)('view $name', async ({ name }) => {
      const read = await daysRead(`select * from ${name} where dt between '${ASKED[0]}' and '${ASKED[1]}'`);
      expect(Object.values(read)).toEqual([ASKED]);
    });

    test.each(merges)('$folder $name', async ({ name, sql }) => {
      const filled = fillLists(sql, {
        days: ASKED,
        files: [`s3://${engine.bucket}/fresh/a.parquet`],
        campaigns: ['spring-sale'],
        tokens: ['r7Qz0pXk'],
        ids: ['1'],
        ruleset: ['2026-12-01-bb'],
        moment: ['1795420800000'],
        lives: [''],
        modes: ['', 'aggregate'],
        ...{ sealed_day: '2026-11-20', aged_day: '2026-10-20', life_day: '2026-10-20' },
        hours: ASKED.map((day) => `(1, 2, '${day}')`),
      });
      const read = await daysRead(filled);
      expect(read[WRITTEN[name] ?? 'events']).toEqual(ASKED);
      expect(
        Object.values(read).every((days) => days.join() === ASKED.join()),
        JSON.stringify(read),
      ).toBe(true);
    });

    test('which a statement without days does not', async () => {
      expect(await daysRead('select * from campaign_daily')).toEqual({ daily: DAYS });
    });

    /** The days of each partitioned table that a plan lets through, of those that have rows. */
    async function daysRead(sql: string): Promise<Readonly<Record<string, readonly string[]>>> {
      const [[plan] = []] = await engine.ask(`explain (type io, format json) ${sql}`);
      const { inputTableColumnInfos } = JSON.parse(String(plan)) as {
        readonly inputTableColumnInfos: readonly Scan[];
      };
      const scans = Object.groupBy(inputTableColumnInfos, ({ table }) => table.schemaTable.table);
      const read = Object.entries(scans)
        .filter(([table]) => CUT.includes(table))
        .map(([table, all = []]) => [table, DAYS.filter((day) => all.some((scan) => isRead(scan, day)))]);
      return Object.fromEntries(read);
    }
  },
);

function isRead({ constraint }: Scan, day: string): boolean {
  const dt = constraint.columnConstraints.find(({ columnName }) => columnName === 'dt');
  if (dt === undefined) return true;
  return dt.domain.ranges.some(({ low, high }) => isAfter(day, low) && isBefore(day, high));
}

const isAfter = (day: string, { value, bound }: Bound): boolean =>
  value === undefined || (bound === 'EXACTLY' ? day >= value : day > value);
const isBefore = (day: string, { value, bound }: Bound): boolean =>
  value === undefined || (bound === 'EXACTLY' ? day <= value : day < value);
