import { MEDIUMS, UTM_NAME } from '../campaign.ts';
import { isDay } from '../day.ts';
import { RECORD_NOTES } from '../edge-record.ts';
import { HOST, readParameter } from '../log/text.ts';

/** How the values of a record or a query string are read, by one name for both; null is no value. */
export const PARAMS = {
  campaign: matching(UTM_NAME),
  medium: (raw: string): string | null => MEDIUMS.find((medium) => medium === readParameter(raw)) ?? null,
  source: matching(UTM_NAME),
  content: matching(UTM_NAME),
  mode: matching(/^[a-z]{1,16}$/),
  recipient: matching(/^[A-Za-z0-9_-]{1,64}$/),
  signals: (raw: string): string | null => sortedWords(raw, ['dnt', 'gpc', 'prefetch']),
  refererHost: matching(HOST),
  notes: (raw: string): string | null => sortedWords(raw, RECORD_NOTES),
  day: (raw: string): string | null => (isDay(raw) ? raw : null),
  /** Any characters: it is only hashed. */
  nonce: matching(/^[\s\S]{1,256}$/),
} as const;
export type Param = keyof typeof PARAMS;

function matching(pattern: RegExp): (raw: string) => string | null {
  return (raw) => {
    const text = readParameter(raw);
    return pattern.test(text) ? text : null;
  };
}

/** Words of a closed set, joined by a dot in the record, by a space in a row. */
function sortedWords(raw: string, known: readonly string[]): string | null {
  const words = raw.split('.').filter((word) => known.includes(word));
  return words.length === 0 ? null : [...new Set(words)].sort().join(' ');
}
