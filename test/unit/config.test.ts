import { expect, test } from 'vitest';
import { type ConfigInput, parseConfig } from '../../core/config.ts';

const many = Array.from({ length: 51 }, (_, index) => `reader${index}@example.com`);

test.each<{ name: string; input: ConfigInput; says: string }>([
  { name: 'an offset as zone', input: { timeZone: '+01:00' }, says: 'timeZone: name an IANA time zone' },
  { name: 'a zone in small letters', input: { timeZone: 'europe/berlin' }, says: 'got "europe/berlin"' },
  {
    name: 'a day that is none',
    input: { thresholds: [{ from: '2026-02-30' }] },
    says: 'thresholds.0.from: a day is written yyyy-MM-dd, got "2026-02-30"',
  },
  {
    name: 'a cron without fields',
    input: { report: { cron: 'cron(nonsense)' } },
    says: 'report.cron: write',
  },
  {
    name: 'a cron of five fields',
    input: { report: { cron: 'cron(0 7 * * MON)' } },
    says: 'got "cron(0 7 * * MON)"',
  },
  {
    name: 'a cron with day of month and of week',
    input: { report: { cron: 'cron(0 7 * * MON *)' } },
    says: 'one of the two days is ?',
  },
  { name: 'more receivers than SES takes', input: { report: { to: many } }, says: 'report.to: SES takes 50' },
])('refuses $name', ({ input, says }) => {
  expect(() => parseConfig(input)).toThrow(says);
});

test.each<ConfigInput>([
  { timeZone: 'America/Argentina/Buenos_Aires' },
  { timeZone: 'Etc/GMT+1' },
  { report: { cron: 'cron(0/30 7-9 ? * MON-FRI *)' } },
  { report: { cron: 'cron(0 7 1 * ? 2026)' } },
])('takes %j', (input) => {
  expect(() => parseConfig(input)).not.toThrow();
});
