import { describe, expect, it } from 'vitest';
import { NO_UPKEEP, planNight, taskDone, touchDays, upkeepStatement } from '../../../core/merge/upkeep.ts';

const days = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);

describe('the statement of a task', () => {
  it('rewrites the listed days, and no other', () => {
    expect(upkeepStatement({ table: 'events', days: ['2026-11-17', '2026-11-18'] })).toBe(
      "optimize events rewrite data using bin_pack where dt in ('2026-11-17', '2026-11-18')",
    );
  });

  it('drops old files of a whole table', () => {
    expect(upkeepStatement({ table: 'daily', days: [] })).toBe('vacuum daily');
  });

  it.each([
    {
      name: 'a day that is none',
      task: { table: 'events', days: ["2026-11-17') or ('a' = 'a"] },
      says: 'a day is written yyyy-MM-dd',
    },
    {
      name: 'a table that is more than a name',
      task: { table: 'events; drop table daily', days: [] },
      says: 'a table is named in small letters',
    },
  ])('refuses $name', ({ task, says }) => {
    expect(() => upkeepStatement(task)).toThrow(says);
  });
});

describe('a night', () => {
  it('takes a week of days a statement, table by table, and vacuums last', () => {
    const planned = planNight(touchDays(NO_UPKEEP, days(9)), 5, ['events', 'daily']);
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

  it('is planned once, however often it is asked for', () => {
    const planned = planNight(touchDays(NO_UPKEEP, days(1)), 5, ['events']);
    expect(planNight(touchDays(planned, days(3)), 5, ['events'])).toEqual(touchDays(planned, days(3)));
  });

  it('does what an earlier one left undone first, and vacuums a table once', () => {
    const first = taskDone(planNight(touchDays(NO_UPKEEP, days(8)), 5, ['events']));
    const next = planNight(touchDays(first, ['2026-12-01']), 6, ['events']);
    expect(next.tasks.map((task) => task.days)).toEqual([['2026-11-08'], ['2026-12-01'], []]);
  });

  it('keeps touched days sorted, each once', () => {
    const twice = touchDays(touchDays(NO_UPKEEP, ['2026-11-02']), ['2026-11-02', '2026-11-01']);
    expect(twice.touched).toEqual(['2026-11-01', '2026-11-02']);
  });
});
