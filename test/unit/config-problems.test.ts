import { expect, test } from 'vitest';
import { parseConfig } from '../../core/config.ts';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000';
const elsewhere = certificateArn.replace('us-east-1', 'eu-central-1');
const server = certificateArn.replace(':acm:', ':iam:');
const name = 'px.example.com';
const certificate =
  'CloudFront reads certificates of us-east-1 only: write arn:aws:acm:us-east-1:<account>:certificate/<id>';
const cron =
  'write cron(minutes hours day-of-month month day-of-week year), where one of the two days is ?, got "0 7 * * 1"';

const cases: readonly { readonly given: unknown; readonly says: string }[] = [
  {
    given: { timeZone: 'Mars/Base' },
    says: 'timeZone: name an IANA time zone, such as Europe/Berlin, got "Mars/Base"',
  },
  {
    given: { domain: { name: 'a b', certificateArn } },
    says: 'domain.name: write a host name, such as px.example.com, got "a b"',
  },
  {
    given: { domain: { name } },
    says: 'domain.certificateArn: name the ARN of its certificate too: CloudFront serves a host name only with one',
  },
  {
    given: { domain: { name, certificateArn: elsewhere } },
    says: `domain.certificateArn: ${certificate}, got "${elsewhere}"`,
  },
  {
    given: { domain: { name, certificateArn: server } },
    says: `domain.certificateArn: ${certificate}, got "${server}"`,
  },
  { given: { assets: '' }, says: 'assets: name a folder, or leave it out, got ""' },
  {
    given: { retention: { logDays: 7 } },
    says: 'retention.logDays: raw logs must outlive the queues, which keep a message for 7 days: write 8 or more, got 7',
  },
  {
    given: { retention: { logDays: '8' } },
    says: 'retention.logDays: write a number without quotes, got "8"',
  },
  { given: { retention: { eventMonths: 0 } }, says: 'retention.eventMonths: write 1 or more, got 0' },
  { given: { retention: { countYears: 1.5 } }, says: 'retention.countYears: write a whole number, got 1.5' },
  { given: { retention: { userAgentDays: -1 } }, says: 'retention.userAgentDays: write 1 or more, got -1' },
  { given: { thresholds: [] }, says: 'thresholds: write one entry at least, or leave it out, got []' },
  {
    given: { thresholds: [{ from: '2026-13-01' }] },
    says: 'thresholds.0.from: a day is written yyyy-MM-dd, got "2026-13-01"',
  },
  {
    given: { thresholds: [{ smallNumber: 4 }] },
    says: 'thresholds.0.smallNumber: protects people, and 5 is the floor: write 5 or more, got 4',
  },
  {
    given: { thresholds: [{ burstMessages: 1 }] },
    says: 'thresholds.0.burstMessages: write 2 or more, got 1',
  },
  { given: { report: { cron: '0 7 * * 1' } }, says: `report.cron: ${cron}` },
  {
    given: { report: { timeZone: '+02:00' } },
    says: 'report.timeZone: name an IANA time zone, such as Europe/Berlin, got "+02:00"',
  },
  { given: { report: { from: 'nobody' } }, says: 'report.from: write one e-mail address, got "nobody"' },
  { given: { report: { to: ['x'] } }, says: 'report.to.0: write one e-mail address, got "x"' },
  { given: { report: { to: 'a@example.com' } }, says: 'report.to: write a list in [ ], got "a@example.com"' },
  {
    given: { report: { skipEmpty: 'no' } },
    says: 'report.skipEmpty: write true or false, without quotes, got "no"',
  },
  { given: { alarms: { to: ['x'] } }, says: 'alarms.to.0: write one e-mail address, got "x"' },
  { given: { alarms: { athenaGigabytes: 0 } }, says: 'alarms.athenaGigabytes: write 1 or more, got 0' },
  { given: { destroyData: 'yes' }, says: 'destroyData: write true or false, without quotes, got "yes"' },
  { given: [], says: 'config: write fields in { }, got []' },
  { given: { timezone: 'UTC' }, says: 'timezone: there is no such field, did you mean timeZone?' },
  { given: { report: { crom: '' } }, says: 'report.crom: there is no such field, did you mean cron?' },
  {
    given: { thresholds: [{ smallNumbers: 9 }] },
    says: 'thresholds.0.smallNumbers: there is no such field, did you mean smallNumber?',
  },
  {
    given: { alarms: { elephants: 1 } },
    says: 'alarms.elephants: there is no such field, write one of to, athenaGigabytes',
  },
];

test.each(cases)('says of $given one line that tells what to write', ({ given, says }) => {
  expect(() => parseConfig(given)).toThrow(new Error(`clearpixel.config.ts breaks a rule:\n  ${says}`));
});

test('says each broken rule of several on a line of its own', () => {
  expect(() => parseConfig({ timezone: 'UTC', assets: '', destroyed: true })).toThrow(
    new Error(
      [
        'clearpixel.config.ts breaks rules:',
        '  assets: name a folder, or leave it out, got ""',
        '  timezone: there is no such field, did you mean timeZone?',
        '  destroyed: there is no such field, write one of timeZone, domain, assets, retention, thresholds, report, alarms, destroyData',
      ].join('\n'),
    ),
  );
});

test('has a case for every field', () => {
  const full = parseConfig({
    domain: { name, certificateArn },
    assets: 'a',
    report: { from: 'a@example.com' },
  });
  const told = cases.map(({ says }) => says.slice(0, says.indexOf(': ')).replace(/^(.+\.to)\.0$/, '$1'));
  expect(fieldsOf(full).filter((field) => !told.includes(field))).toEqual([]);
});

/** Dotted names of the values in a config; a list of texts is one value. */
function fieldsOf(value: unknown, path = ''): readonly string[] {
  const entries = Object.entries(value instanceof Object ? value : {});
  if (entries.length === 0) return [path];
  return entries.flatMap(([key, inner]) => fieldsOf(inner, path === '' ? key : `${path}.${key}`));
}
