import { expect, it } from 'vitest';
import { previewOf } from '../../../core/reclassify/preview.ts';
import { previewLines } from '../../../core/reclassify/words.ts';
import type { Row } from '../../../core/warehouse.ts';

const row = (campaign: string, before: string, after: string, loads: number, more: Row = {}): Row => {
  const [class_before = '', kind_before = ''] = before.split(' ');
  const [class_after = '', kind_after = ''] = after.split(' ');
  return {
    campaign,
    ruleset_before: 'old',
    class_before,
    kind_before,
    class_after,
    kind_after,
    reasons: 'rule-a',
    loads,
    reworded: 0,
    ...more,
  };
};

const linesOf = (bare: number, ...rows: readonly Row[]): readonly string[] =>
  previewLines(previewOf({ ruleset: 'new', days: ['2026-11-16', '2026-11-18'], bare, rows }));

it('tells by class, by campaign and by rule what would change', () => {
  const lines = linesOf(
    7,
    row('spring-sale', 'likely_human browser', 'automated scanner', 30),
    row('spring-sale', 'unknown', 'proxied at_display', 12, { reasons: 'rule-b' }),
    row('spring-sale', 'proxied at_display', 'proxied at_display', 900, { reworded: 5 }),
    row('pilot', 'prefetch mailbox', 'likely_human app', 1, { ruleset_before: 'older' }),
    row('quiet', 'unknown', 'unknown', 9),
  );
  expect(lines.map((line) => line.replaceAll('\u202f', ' '))).toEqual([
    'rules new in place of old and older: 952 loads on 2 days (2026-11-16 to 2026-11-18) would be classified again',
    '7 loads stay as they are: opt-outs, tests, refused requests, and loads whose user agent is past its days',
    '43 loads would have another class or kind; 5 more another agent, confidence, reason, flag or device',
    '',
    'from                  to                  loads  share',
    'likely_human browser  automated scanner      30    3 %',
    'unknown               proxied at_display     12    1 %',
    'prefetch mailbox      likely_human app        1   <1 %',
    '',
    'campaign     loads  change  loads at least  loads at most',
    'spring-sale    942      42      930 -> 912     942 -> 912',
    'pilot            1       1          0 -> 1              1',
    '',
    'decided by  loads',
    'rule-a         31',
    'rule-b         12',
  ]);
});

it('says so where nothing would change', () => {
  expect(linesOf(0)).toEqual(['nothing would change: rules new judged every load of these days']);
});
