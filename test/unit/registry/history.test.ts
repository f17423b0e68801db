import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../core/campaign.ts';
import { diffRegistries } from '../../../core/registry/diff.ts';
import { breaksOfHistory } from '../../../core/registry/history.ts';
import { parseRegistry } from '../../../core/registry/registry.ts';

const NOW = Date.parse('2026-11-23T11:00:00Z');
const HEAD = 'id,name,medium,sent_from,sent_until,recording,copies,ends';
const registry = (rows: string): readonly Campaign[] =>
  parseRegistry(`${HEAD}\n${rows}`, 'csv', 'campaigns.csv');
const breaks = (before: string, after: string): readonly string[] =>
  breaksOfHistory(diffRegistries(registry(before), registry(after)), NOW);

const SENT = 'a,Spring,email,2026-11-20T08:00Z,2026-11-20T10:00Z,aggregate,day,2026-12-31';
const PLANNED = SENT.replaceAll('11-20', '11-30');
const UNSAID = 'a,Spring,email,,,,,';

describe('after sending began, a campaign keeps', () => {
  it.each([
    {
      what: 'its copies',
      before: SENT,
      after: SENT.replace('day', 'campaign'),
      says: 'a, copies: copies were told apart that way since sending began; keep it, or choose a new id; it was day, got campaign',
    },
    {
      what: 'its copies without a sent_from',
      before: UNSAID,
      after: 'a,Spring,email,,,,off,',
      says: 'it was day, got off',
    },
    {
      what: 'the beginning of sending',
      before: SENT,
      after: SENT.replace('T08', 'T09'),
      says: 'a, sent_from: sending began; keep it, or choose a new id; it was 2026-11-20T08:00:00.000Z, got 2026-11-20T09',
    },
    {
      what: 'a beginning that is taken back',
      before: SENT,
      after: 'a,Spring,email,,,aggregate,day,2026-12-31',
      says: 'got nothing',
    },
    {
      what: 'the end of sending',
      before: SENT,
      after: SENT.replace('T10', 'T11'),
      says: 'a, sent_until: ',
    },
    {
      what: 'its medium',
      before: SENT,
      after: SENT.replace('email', 'page'),
      says: 'a, medium: an id names one campaign for good; choose a new one; it was email, got page',
    },
    {
      what: 'its name with a new sending',
      before: SENT,
      after: PLANNED.replace('Spring', 'Summer'),
      says: 'a, name: sent_from is another, too',
    },
    {
      what: 'its end once it has ended',
      before: SENT.replace('2026-12-31', '2026-11-21'),
      after: SENT,
      says: 'it has ended; keep it, or choose a new id; it was 2026-11-21',
    },
    {
      what: 'its row',
      before: SENT,
      after: '',
      says: 'a: its row is missing: mails may be out, and reports of past weeks ask for it; keep it, and say when it ends',
    },
    {
      what: 'its row without a sent_from',
      before: UNSAID,
      after: '',
      says: 'give it a sent_from that is to come first',
    },
    {
      what: 'its row that withdraws it',
      before: SENT.replace('aggregate', 'off'),
      after: '',
      says: 'mails already sent must stay withdrawn',
    },
  ])('$what', ({ before, after, says }) => {
    expect(breaks(before, after).join('\n')).toContain(says);
  });
});

describe('history is not broken', () => {
  it.each([
    {
      by: 'any change before sending',
      before: PLANNED,
      after: SENT.replace('email', 'page').replace('day', 'campaign'),
    },
    { by: 'a removal before sending', before: PLANNED, after: '' },
    { by: 'what is said for the first time', before: UNSAID, after: SENT },
    { by: 'a corrected name', before: SENT, after: SENT.replace('Spring', 'Spring sale') },
    { by: 'a withdrawal', before: SENT, after: SENT.replace('aggregate', 'off') },
    { by: 'a withdrawal taken back', before: SENT.replace('aggregate', 'off'), after: SENT },
    { by: 'another end while it lasts', before: SENT, after: SENT.replace('2026-12-31', '2026-11-24') },
    {
      by: 'an end on the day that is not over everywhere',
      before: SENT.replace('2026-12-31', '2026-11-22'),
      after: SENT,
    },
    { by: 'a new campaign', before: SENT, after: `${SENT}\n${SENT.replace('a,', 'b,')}` },
  ])('by $by', ({ before, after }) => {
    expect(breaks(before, after)).toEqual([]);
  });
});
