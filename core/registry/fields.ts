import { type Campaign, COPIES, MEDIUMS, RECORDINGS, UTM_NAME } from '../campaign.ts';
import { FORMULA } from '../csv.ts';
import { isDay } from '../day.ts';
import { type RegistryRow, shown } from './rows.ts';

/** An instant needs its zone: 2026-11-23T08:00Z, or with +01:00. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const ADDRESS = /^[^\s@\p{Cc}\p{Cf}]+@[^\s@\p{Cc}\p{Cf}]+$/u;
const MAX_TEXT = 200;

/** Reads one field; a broken rule is added to the problems, and the field counts as empty. */
interface FieldReader {
  readonly text: (column: string) => string;
  readonly refuse: (column: string, rule: string) => null;
}

/** Checks one row; the campaign returned is only meant to be used when no problem was added. */
export function readCampaign({ row, values }: RegistryRow, problems: string[]): Campaign {
  const text = (column: string): string => textOf(values.get(column));
  const refuse = (column: string, rule: string): null => {
    problems.push(`row ${row}, ${column}: ${rule}, got ${shown(values.get(column) ?? '')}`);
    return null;
  };
  const fields: FieldReader = { text, refuse };
  const campaign: Campaign = {
    id: readId(fields),
    name: shortText(fields, 'name'),
    owner: shortText(fields, 'owner'),
    medium: oneOf(fields, 'medium', MEDIUMS),
    sent_from: instant(fields, 'sent_from'),
    sent_until: instant(fields, 'sent_until'),
    audience: wholeNumber(fields, 'audience'),
    recording: oneOf(fields, 'recording', RECORDINGS) ?? 'aggregate',
    copies: oneOf(fields, 'copies', COPIES) ?? 'day',
    recipients: addresses(fields),
    ends: day(fields, 'ends'),
  };
  checkOrder(campaign, refuse);
  return campaign;
}

function checkOrder({ sent_from, sent_until, ends }: Campaign, refuse: FieldReader['refuse']): void {
  if (sent_from === null) return;
  if (sent_until !== null && sent_until < sent_from) refuse('sent_until', 'sending ends after it begins');
  // A day is over everywhere twelve hours after it is over in UTC.
  if (ends !== null && Date.parse(`${ends}T23:59:59.999-12:00`) < Date.parse(sent_from))
    refuse('ends', 'a campaign ends after sending begins');
}

function readId({ text, refuse }: FieldReader): string {
  const id = text('id');
  if (!UTM_NAME.test(id))
    refuse(
      'id',
      'write 1 to 64 of a-z, 0-9, dot, underscore and hyphen, a letter or digit first, nothing like an IP address',
    );
  return id;
}

function shortText({ text, refuse }: FieldReader, column: string): string {
  const value = text(column);
  if (value.length > MAX_TEXT || /\p{Cc}/u.test(value))
    refuse(column, `write at most ${MAX_TEXT} characters on one line`);
  if (FORMULA.test(value))
    refuse(column, 'it begins like a formula, which a spreadsheet would run: begin with a letter');
  return value;
}

function oneOf<Word extends string>(
  { text, refuse }: FieldReader,
  column: string,
  words: readonly Word[],
): Word | null {
  const value = text(column);
  if (value === '') return null;
  return words.find((word) => word === value) ?? refuse(column, `write ${words.join(', ')} or nothing`);
}

function instant({ text, refuse }: FieldReader, column: string): string | null {
  const value = text(column);
  if (value === '') return null;
  const date = INSTANT.exec(value)?.[1];
  const ms = Date.parse(value);
  if (date === undefined || !isDay(date) || Number.isNaN(ms))
    return refuse(column, 'write an instant with its zone, such as 2026-11-23T08:00:00Z');
  return new Date(ms).toISOString();
}

function day({ text, refuse }: FieldReader, column: string): string | null {
  const value = text(column);
  if (value === '') return null;
  return isDay(value) ? value : refuse(column, 'write a day of the calendar as yyyy-MM-dd');
}

function wholeNumber({ text, refuse }: FieldReader, column: string): number | null {
  const value = text(column);
  if (value === '') return null;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || !Number.isSafeInteger(number))
    return refuse(column, 'write a whole number above 0, digits only');
  return number;
}

function addresses({ text, refuse }: FieldReader): readonly string[] {
  const list = text('recipients')
    .split(/[\s;,]+/)
    .filter((address) => address !== '');
  if (list.some((address) => !ADDRESS.test(address) || FORMULA.test(address)))
    refuse('recipients', 'write e-mail addresses with a space between');
  return list;
}

/** JSON may write numbers and lists where CSV has text. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}
