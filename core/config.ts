import * as z from 'zod';
import { problemsOf } from './config-problems.ts';
import { isDay } from './day.ts';
import { isTimeZone } from './zones.ts';

const day = z.string().refine(isDay, 'a day is written yyyy-MM-dd');
// The runtime also knows offsets and small letters, EventBridge Scheduler does not.
const timeZone = z
  .string()
  .refine((zone) => /^[A-Z]/.test(zone) && isTimeZone(zone), 'name an IANA time zone, such as Europe/Berlin');
const address = z.email('write one e-mail address');

const threshold = z.strictObject({
  /** First day on which these numbers hold; a late line of an older day keeps the older numbers. @default 1970-01-01 */
  from: day.default('1970-01-01'),
  /**
   * Smallest number of displays that a report prints; smaller cells are folded into "other".
   * @default 10 (5 is the floor)
   */
  smallNumber: z.int().min(5, 'protects people, and 5 is the floor: write 5 or more').default(10),
  /**
   * Distinct copies from one network in one minute that make a burst.
   * @default 5
   */
  burstMessages: z.int().min(2).default(5),
});

const schema = z.strictObject({
  /**
   * Zone whose days are the days of keys, partitions and reports.
   * @default UTC
   */
  timeZone: timeZone.default('UTC'),
  /**
   * Host name of the pixel, with the ARN of its certificate in us-east-1.
   * @default - CloudFront's own name
   */
  domain: z
    .strictObject({
      name: z.hostname('write a host name, such as px.example.com'),
      certificateArn: z
        .string('name the ARN of its certificate too: CloudFront serves a host name only with one')
        .regex(
          /^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
          'CloudFront reads certificates of us-east-1 only: write arn:aws:acm:us-east-1:<account>:certificate/<id>',
        ),
    })
    .optional(),
  /**
   * Folder with images that are tracked like the pixel, served under /a/.
   * @default - none
   */
  assets: z.string().min(1, 'name a folder, or leave it out').optional(),
  retention: z
    .strictObject({
      /** Days that raw log objects live; longer than the queues keep a message (8 at least). @default 8 */
      logDays: z
        .int()
        .min(8, 'raw logs must outlive the queues, which keep a message for 7 days: write 8 or more')
        .default(8),
      /** Months that event rows live. @default 13 */
      eventMonths: z.int().min(1).default(13),
      /** Years that counts live. @default 5 */
      countYears: z.int().min(1).default(5),
      /** Days after which the user agent, signals and input_id of a row become null. @default 30 */
      userAgentDays: z.int().min(1).default(30),
    })
    .prefault({}),
  /** Numbers that operators set, with the day they hold from. @default one entry of defaults */
  thresholds: z.array(threshold).min(1).prefault([{}]),
  report: z
    .strictObject({
      /** EventBridge Scheduler cron expression. @default Monday 07:00 */
      cron: z
        .string()
        .refine(
          isCron,
          'write cron(minutes hours day-of-month month day-of-week year), where one of the two days is ?',
        )
        .default('cron(0 7 ? * MON *)'),
      /** Zone of the sending time; the report's days stay those of `timeZone`. @default UTC */
      timeZone: timeZone.default('UTC'),
      /** Verified SES identity that sends. @default - no report is sent */
      from: address.optional(),
      /** Who gets it. @default - no one */
      to: z.array(address).max(50, 'SES takes 50 receivers a mail: name a list address').default([]),
      /** Send no mail for a period without loads. @default false */
      skipEmpty: z.boolean().default(false),
    })
    .prefault({}),
  alarms: z
    .strictObject({
      /** Who is told by e-mail; each has to confirm AWS's first mail. @default - no one, alarms show in CloudWatch */
      to: z.array(address).max(10, 'name a list address instead').default([]),
      /** Gigabytes that all statements on Athena may read in a day before an alarm. @default 100, half a dollar */
      athenaGigabytes: z.int().min(1).default(100),
    })
    .prefault({}),
  /**
   * Delete buckets and their data together with the stack.
   * @default false - the data stays
   */
  destroyData: z.boolean().default(false),
});

/** What an operator writes in clearpixel.config.ts. */
export type ConfigInput = z.input<typeof schema>;
/** The same with every default filled in. */
export type Config = z.output<typeof schema>;

/** Lets an editor complete and check clearpixel.config.ts. */
export const defineConfig = (input: ConfigInput): ConfigInput => input;

/** Fills defaults; throws one Error that lists each broken rule with the value got. */
export function parseConfig(input: unknown, name = 'clearpixel.config.ts'): Config {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const problems = problemsOf(result.error, schema).map((problem) => `  ${problem}`);
  throw new Error([`${name} breaks ${problems.length === 1 ? 'a rule' : 'rules'}:`, ...problems].join('\n'));
}

function isCron(text: string): boolean {
  const [, fields = ''] = /^cron\((.+)\)$/.exec(text) ?? [];
  const [, , dayOfMonth, , dayOfWeek, year, ...rest] = fields.split(' ');
  if (year === undefined || rest.length > 0 || !/^[\w*?,/#-]+(?: [\w*?,/#-]+){5}$/.test(fields)) return false;
  return (dayOfMonth === '?') !== (dayOfWeek === '?');
}
