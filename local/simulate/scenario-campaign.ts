import { z } from 'zod';
import { CLIENT_IDS } from './clients.ts';

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const name = z.string().regex(NAME, 'write 1 to 64 of a-z 0-9 . _ -, first a letter or digit');
const share = z.number().min(0, 'a share is from 0 to 1').max(1, 'a share is from 0 to 1');
const none = (meaning: string) => share.default(0).describe(meaning);

const optOut = z
  .strictObject({
    gpc: none('Share of people in browsers who send Sec-GPC: 1.'),
    dnt: none('Share of people in browsers who send DNT: 1.'),
  })
  .describe('Opt-out signals. Mail clients send none; browsers that show webmail or pages may.');

const offices = z
  .strictObject({
    share: none('Share of people who sit in an office, behind one /24 network with their colleagues.'),
    people: z.int().min(2).default(25).describe('People of the campaign per office.'),
    together: none('Share of offices whose people look within the same two minutes (email only).'),
  })
  .describe('Offices behind one network.');

const machines = z
  .strictObject({
    previews: none('Link previews by chats and networks.'),
    crawlers: none('Search engines and other declared crawlers.'),
    clients: none('HTTP libraries and command lines.'),
    monitors: none('Availability checks.'),
  })
  .describe('Loads by declared machines, each as a share of the audience or of the visits.');

const common = {
  id: name.describe('utm_campaign.'),
  owner: z.string().min(1).default('marketing').describe('Who answers for the campaign.'),
  source: name.optional().describe('utm_source. Default: none.'),
  contents: z
    .array(name)
    .default([])
    .describe('utm_content; with several, each copy or visitor gets one of them.'),
  path: z
    .string()
    .regex(/^\/(p\.gif|a\/[A-Za-z0-9._/-]+)$/, 'write /p.gif or an image below /a/')
    .default('/p.gif')
    .describe('Image that is loaded: the pixel or an asset.'),
  recording: z
    .enum(['aggregate', 'consented', 'off', 'test'])
    .default('aggregate')
    .describe('Recording mode in the registry.'),
  brokenLinks: none('Share of copies or visitors whose utm_content is an unfilled merge tag.'),
  noAgent: none('Share of people whose client sends no user agent, in place of the one drawn.'),
  optOut: optOut.prefault({}),
  offices: offices.prefault({}),
  machines: machines.prefault({}),
};

const send = z.strictObject({
  day: z.int().min(1).describe('Day of the scenario, 1 is the first.'),
  hour: z.number().min(0).lt(24).default(9).describe('Hour of that day in the zone; 9.5 is half past nine.'),
  minutes: z
    .number()
    .positive()
    .default(30)
    .describe('Length of the send window, over which copies go out evenly.'),
  share: share
    .positive()
    .optional()
    .describe('Share of the audience. Default: what the others leave, evenly.'),
});

const scanners = z
  .strictObject({
    share: none('Share of recipients behind a security scanner that loads images of each copy.'),
    disguised: none('Share of those scanners that run in a rented cloud with the user agent of a browser.'),
    copies: z
      .int()
      .min(1)
      .default(12)
      .describe('Copies to one company, scanned in one burst from one network.'),
    twice: none('Share of scanned copies that are loaded a second time.'),
    head: none('Share of scans that ask with HEAD.'),
  })
  .describe(
    'Security scanners. Time from sending to scan: half within 9 s, 84 % within 20 s, a tail of hours.',
  );

/** Shares in use today, roughly; a campaign that names clients names all of them. */
const MIX: Partial<Record<(typeof CLIENT_IDS)[number], number>> = {
  'apple-proxy': 0.38,
  gmail: 0.27,
  yahoo: 0.04,
  'outlook-windows': 0.08,
  'outlook-new': 0.03,
  'outlook-mobile': 0.04,
  'apple-mail': 0.04,
  thunderbird: 0.02,
  android: 0.03,
  webmail: 0.06,
  proton: 0.01,
};

const clients = z
  .partialRecord(z.enum(CLIENT_IDS), share)
  .refine((shares) => Math.abs(Object.values(shares).reduce(add, 0) - 1) < 0.001, {
    error: ({ input }) => `shares must add up to 1, these add up to ${total(input)}`,
  })
  .default(MIX)
  .describe('Share of each mail client among the recipients.');

const delay = z
  .strictObject({
    medianHours: z
      .number()
      .positive()
      .default(4)
      .describe('Half of the first looks come within these hours.'),
    spread: z
      .number()
      .min(0)
      .max(4)
      .default(1.7)
      .describe('Standard deviation of the logarithm; 1.7 has a tail of days.'),
  })
  .describe('Time from sending to the first look; log-normal, fewer at night.');

const email = z.strictObject({
  ...common,
  medium: z.literal('email').describe('utm_medium: `email`, `page` or `document`.'),
  audience: z.int().min(1).describe('People it is sent to, one copy each.'),
  sends: z.array(send).min(1).describe('When it is sent.'),
  nonce: z.boolean().default(true).describe('Whether the URL of each copy carries a nonce (n).'),
  copies: z
    .enum(['day', 'campaign', 'off'])
    .default('day')
    .describe('Key for telling copies apart, as in the registry.'),
  consent: none(
    'Share of recipients who consented; with recording "consented" their URLs carry rid and consent=1.',
  ),
  clients,
  looks: share.default(0.4).describe('Share of people who look at the message at least once.'),
  looksOfAppleProxy: share.optional().describe("The same among users of Apple's proxy. Default: looks."),
  blocked: none('Share of people whose client blocks images.'),
  bounced: none('Share of copies that never arrive.'),
  delay: delay.prefault({}),
  looksAgain: none('Share of looks that are followed by another one.'),
  forwarded: none(
    'Share of people who looked and forward their copy to one person elsewhere, who looks too.',
  ),
  gmailPrefetched: none('Share of Gmail copies whose images Gmail fetches on arrival.'),
  sharedCache: none(
    'Without a nonce: share of first looks through Gmail or Yahoo served from what another reader loaded.',
  ),
  scanners: scanners.prefault({}),
});

const visited = {
  ...common,
  fromDay: z.int().min(1).default(1).describe('First day of the scenario on which it is shown.'),
  untilDay: z.int().min(1).optional().describe('Last day. Default: the last of the scenario.'),
  visitorsPerDay: z.number().positive().describe('People who display it on a day, on average.'),
  loadsPerVisitor: z.number().min(1).default(1.5).describe('Loads of one visitor on a day, on average.'),
  vpn: none('Share of visitors behind a VPN that rents its machines.'),
  relay: none("Share of visitors behind Apple's relay (Safari)."),
  changedNetwork: none('Share of visitors who go on from another network on the same day.'),
  prefetched: none('Prefetches by browsers (Sec-Purpose: prefetch), as a share of the visitors.'),
};

const page = z.strictObject({
  ...visited,
  medium: z.literal('page').describe('utm_medium: `email`, `page` or `document`.'),
});
const paper = z.strictObject({
  ...visited,
  medium: z.literal('document').describe('utm_medium: `email`, `page` or `document`.'),
});

/** One campaign of a scenario. */
export const campaign = z.discriminatedUnion('medium', [email, page, paper]);

export type EmailCampaign = z.output<typeof email>;
export type VisitedCampaign = z.output<typeof page> | z.output<typeof paper>;
export type CampaignScenario = z.output<typeof campaign>;
export type Scanners = EmailCampaign['scanners'];

function add(sum: number, each: number): number {
  return sum + each;
}

function total(input: unknown): number {
  const sum = Object.values(input ?? {}).reduce<number>((before, each) => before + Number(each), 0);
  return Math.round(sum * 1000) / 1000;
}
