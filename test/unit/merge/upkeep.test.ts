import { describe, expect, it } from 'vitest';
import { NO_UPKEEP, planNight, taskDone, touchDays, upkeepStatement } from '../../../core/merge/upkeep.ts';

const days = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);

const EVENTS = { name: 'events', partition: 'dt' } as const;

describe('the statement of a task', () => {
  it('rewrites the listed days, and no other', () => {
    expect(upkeepStatement({ table: 'events', work: 'optimize', days: ['2026-11-17', '2026-11-18'] })).toBe(
      "optimize events rewrite data using bin_pack where dt in ('2026-11-17', '2026-11-18')",
    );
  });

  it('rewrites the whole of a table without days', () => {
    expect(upkeepStatement({ table: 'copies', work: 'optimize', days: [] })).toBe(
      'optimize copies rewrite data using bin_pack',
    );
  });

  it('drops old files of a whole table', () => {
    expect(upkeepStatement({ table: 'daily', work: 'vacuum', days: [] })).toBe('vacuum daily');
  });

  it.each([
    {
      name: 'a day that is none',
      task: { table: 'events', work: 'optimize' as const, days: ["2026-11-17') or ('a' = 'a"] },
      says: 'a day is written yyyy-MM-dd',
    },
    {
      name: 'a table that is more than a name',
      task: { table: 'events; drop table daily', work: 'vacuum' as const, days: [] },
      says: 'a table is named in small letters',
    },
  ])('refuses $name', ({ task, says }) => {
    expect(() => upkeepStatement(task)).toThrow(says);
  });
});

describe('a night', () => {
  it('takes a week of days a statement, table by table, and vacuums last', () => {
    const planned = planNight(touchDays(NO_UPKEEP, days(9)), 5, [EVENTS, { ...EVENTS, name: 'daily' }]);
    expect(planned.tasks.map((task) => `${task.table} ${task.days.length}`)).toEqual([
      'events 7',
      'events 2',
      'daily 7',
      'daily 2',
      'events 0',
      'daily 0',
    ]);
    expect(planned.touched).toEqual([]);
  });

  it('rewrites a table without days once, and not after an idle day', () => {
    const copies = { name: 'copies', partition: null };
    const works = (touched: number) =>
      planNight(touchDays(NO_UPKEEP, days(touched)), 5, [copies]).tasks.map(({ work }) => work);
    expect(works(9)).toEqual(['optimize', 'vacuum']);
    expect(works(0)).toEqual(['vacuum']);
  });

  it('is planned once, however often it is asked for', () => {
    const planned = planNight(touchDays(NO_UPKEEP, days(1)), 5, [EVENTS]);
    expect(planNight(touchDays(planned, days(3)), 5, [EVENTS])).toEqual(touchDays(planned, days(3)));
  });

  it('does what an earlier one left undone first, and vacuums a table once', () => {
    const first = taskDone(planNight(touchDays(NO_UPKEEP, days(8)), 5, [EVENTS]));
    const next = planNight(touchDays(first, ['2026-12-01']), 6, [EVENTS]);
    expect(next.tasks.map((task) => task.days)).toEqual([['2026-11-08'], ['2026-12-01'], []]);
  });

  it('keeps touched days sorted, each once', () => {
    const twice = touchDays(touchDays(NO_UPKEEP, ['2026-11-02']), ['2026-11-02', '2026-11-01']);
    expect(twice.touched).toEqual(['2026-11-01', '2026-11-02']);
  });
});
