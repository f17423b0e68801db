import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../core/campaign.ts';
import { diffRegistries, isEmpty, withdrawnBy } from '../../../core/registry/diff.ts';
import { parseRegistry } from '../../../core/registry/registry.ts';

const registry = (...rows: string[]): readonly Campaign[] =>
  parseRegistry(['id,name,audience,recording,recipients', ...rows].join('\n'), 'csv', 'campaigns.csv');

describe('the difference of two registries', () => {
  it('names what came, what went, and each field that changed', () => {
    const diff = diffRegistries(
      registry('a,Old,,,', 'b,,5,aggregate,x@example.com', 'gone,,,,'),
      registry('new,,,,', 'b,,6,consented,', 'a,Old,,,'),
    );
    expect(diff.added.map(({ id }) => id)).toEqual(['new']);
    expect(diff.removed.map(({ id }) => id)).toEqual(['gone']);
    expect(diff.changed.map(({ after, fields }) => [after.id, fields])).toEqual([
      [
        'b',
        [
          { field: 'audience', before: '5', after: '6' },
          { field: 'recording', before: 'aggregate', after: 'consented' },
          { field: 'recipients', before: 'x@example.com', after: '' },
        ],
      ],
    ]);
  });

  it('is none where only the order of rows changed', () => {
    expect(isEmpty(diffRegistries(registry('a,,,,', 'b,,,,'), registry('b,,,,', 'a,,,aggregate,')))).toBe(
      true,
    );
  });

  it('tells withdrawals: switched off, or new and off, but not what was off before', () => {
    const diff = diffRegistries(
      registry('a,,,,', 'b,,,off,', 'c,,,off,'),
      registry('a,,,off,', 'b,Name,,off,', 'c,,,aggregate,', 'd,,,off,'),
    );
    expect(withdrawnBy(diff)).toEqual(['a', 'd']);
  });
});
