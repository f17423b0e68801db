import { readStore } from './cloudfront.js';

/** core/campaign.ts holds the same words; a value with another word is not trusted. */
const MODE = /^(aggregate|consented|off|test)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The day whose interval holds now, with its key; `answered` says whether the store could be read at all. */
export async function readDay(now) {
  const value = await readStore('k');
  const days = parse(value);
  const day = Array.isArray(days) ? days.find((each) => holds(each, now)) : null;
  if (day) return { name: day.day, key: day.key, now: now, answered: true, notes: [] };
  return { now: now, answered: value !== null, notes: ['nokey'] };
}

/**
 * The campaign's switches. CloudFront's get() fails alike for a missing key and for a failed read: where the days could
 * be read the store answers, so the campaign is not in it, which is no problem: it is unregistered.
 */
export async function readCampaign(id, storeAnswers) {
  if (!id) return { notes: [] };
  const value = await readStore(`c.${id}`);
  if (value === null && storeAnswers) return { notes: [] };
  const entry = parse(value);
  if (!entry || !MODE.test(entry.mode)) return { notes: ['nostore'] };
  return { mode: entry.mode, copies: entry.copies, key: entry.key, until: entry.until, notes: [] };
}

export function isKey(key) {
  return typeof key === 'string' && key !== '';
}

function holds(day, now) {
  return !!day && day.from_ms <= now && now < day.until_ms && DAY.test(day.day) && isKey(day.key);
}

function parse(value) {
  try {
    return JSON.parse(value);
  } catch (_malformed) {
    return null;
  }
}
