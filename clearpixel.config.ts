import { defineConfig } from './core/config.ts';

/** Every value that stands here is the default: change what you need, leave out what you like as it is. */
export default defineConfig({
  /** Zone whose days are the days of keys, partitions and reports. */
  timeZone: 'UTC',

  /** Your own host name, with the ARN of its certificate in us-east-1. Without it the pixel has CloudFront's name. */
  // domain: {
  //   name: 'px.example.com',
  //   certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000',
  // },

  /** Folder with images that are tracked like the pixel, served under /a/. */
  // assets: 'assets',

  retention: {
    /** Raw logs: 8 days at least, since a message about one lives for 7. */
    logDays: 8,
    /** Rows of single loads. */
    eventMonths: 13,
    /** Counts, which name nobody. */
    countYears: 5,
    /** After this a row's user agent is gone, and it cannot be classified again. */
    userAgentDays: 30,
  },

  /** Add an entry with a later day to change a number: days before it keep the older ones. */
  thresholds: [
    {
      from: '1970-01-01',
      /** Smallest number of displays that a report prints; 5 at least. */
      smallNumber: 10,
      /** Distinct copies from one network in one minute that make a burst. */
      burstMessages: 5,
    },
  ],

  report: {
    /** Monday at seven, in the zone below. */
    cron: 'cron(0 7 ? * MON *)',
    timeZone: 'UTC',
    /** A verified SES identity; without it no report is sent. */
    // from: 'clearpixel@example.com',
    to: [],
    /** Send no mail for a period without loads. */
    skipEmpty: false,
  },

  alarms: {
    /** Who is told by e-mail; AWS asks each to confirm first. Without anyone, alarms show in CloudWatch. */
    to: [],
    /** Read by all statements on Athena in a day: half a dollar. */
    athenaGigabytes: 100,
  },

  /** Delete buckets and their data together with the stack. */
  destroyData: false,
});
