import { describe, expect, test } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import type { Evidence, Verdict } from '../../core/verdict.ts';

const classifier = createClassifier();
const judge = (evidence: Partial<Evidence>): Verdict =>
  classifier.classify({
    userAgent: null,
    asn: null,
    country: null,
    method: 'GET',
    refererHost: null,
    signals: '',
    ...evidence,
  });

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15';
const GMAIL = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
const GMAIL_PREFETCH =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0';
const OUTLOOK =
  'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; .NET4.0C; .NET4.0E; ms-office; MSOffice 16)';
const BARE_MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const IMESSAGE =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

describe('the network beside the user agent', () => {
  test.each([
    {
      name: 'Apple proxy, its network',
      ua: 'Mozilla/5.0',
      asn: 36183,
      is: 'proxied regardless high',
      flags: 'relay',
    },
    {
      name: 'Apple proxy, no network',
      ua: 'Mozilla/5.0',
      asn: null,
      is: 'proxied regardless medium',
      flags: '',
    },
    {
      name: 'Apple proxy, another network',
      ua: 'Mozilla/5.0',
      asn: 3320,
      is: 'proxied regardless low',
      flags: '',
    },
    {
      name: 'Apple itself is not its relay',
      ua: 'Mozilla/5.0',
      asn: 714,
      is: 'proxied regardless low',
      flags: '',
    },
    {
      name: 'Safari through Private Relay',
      ua: SAFARI,
      asn: 36183,
      is: 'likely_human browser low',
      flags: 'relay',
    },
    {
      name: 'Safari through a relay and gateway',
      ua: SAFARI,
      asn: 13335,
      is: 'likely_human browser low',
      flags: 'gateway relay',
    },
    { name: 'Gmail proxy, Google', ua: GMAIL, asn: 15169, is: 'proxied at_display high', flags: 'mailproxy' },
    { name: 'Gmail proxy, elsewhere', ua: GMAIL, asn: 3320, is: 'proxied at_display low', flags: '' },
    {
      name: 'Gmail prefetch, Google',
      ua: GMAIL_PREFETCH,
      asn: 15169,
      is: 'prefetch mailbox high',
      flags: 'mailproxy',
    },
    {
      name: 'Gmail prefetch, no network',
      ua: GMAIL_PREFETCH,
      asn: null,
      is: 'prefetch mailbox medium',
      flags: '',
    },
    { name: 'Googlebot from a home', ua: GOOGLEBOT, asn: 3320, is: 'automated crawler low', flags: '' },
    {
      name: 'Googlebot from Google',
      ua: GOOGLEBOT,
      asn: 15169,
      is: 'automated crawler high',
      flags: 'mailproxy',
    },
    {
      name: 'browser in a datacentre',
      ua: CHROME,
      asn: 16509,
      is: 'automated scanner low',
      flags: 'datacentre',
    },
    {
      name: 'browser in Azure or Windows 365',
      ua: CHROME,
      asn: 8075,
      is: 'likely_human browser low',
      flags: 'datacentre',
    },
    {
      name: 'browser behind a web gateway',
      ua: CHROME,
      asn: 22616,
      is: 'likely_human browser low',
      flags: 'gateway',
    },
    {
      name: 'browser at a mail security vendor',
      ua: CHROME,
      asn: 22843,
      is: 'automated scanner medium',
      flags: 'scanner',
    },
    {
      name: 'Outlook at a mail security vendor',
      ua: OUTLOOK,
      asn: 22843,
      is: 'likely_human mail_client low',
      flags: 'scanner',
    },
    {
      name: 'Outlook in a datacentre',
      ua: OUTLOOK,
      asn: 16509,
      is: 'likely_human mail_client low',
      flags: 'datacentre',
    },
    { name: 'no user agent from the relay', ua: null, asn: 36183, is: 'unknown null low', flags: 'relay' },
    { name: 'browser at home', ua: CHROME, asn: 3320, is: 'likely_human browser medium', flags: '' },
  ])('$name', ({ ua, asn, is, flags }) => {
    const verdict = judge({ userAgent: ua, asn });
    expect(`${verdict.class} ${verdict.kind} ${verdict.confidence}`).toBe(is);
    expect(verdict.flags.join(' ')).toBe(flags);
  });

  test('a mismatch is a reason, an absent number is none', () => {
    expect(judge({ userAgent: GOOGLEBOT, asn: 3320 }).reasons).toEqual(['googlebot', 'network-mismatch']);
    expect(judge({ userAgent: GOOGLEBOT }).reasons).toEqual(['googlebot']);
  });

  test('two entries of a network are both named, sorted', () => {
    expect(judge({ userAgent: SAFARI, asn: 13335 }).reasons).toEqual(['apple-relay', 'safari', 'warp']);
  });
});

describe('traps', () => {
  test.each([
    { name: 'Outlook speaks as MSIE', ua: OUTLOOK, is: 'likely_human mail_client Outlook' },
    {
      name: 'bare WebKit is a person',
      ua: BARE_MAC,
      is: 'likely_human mail_client Apple Mail or new Outlook',
    },
    {
      name: 'isbot calls Outlook-iOS a robot',
      ua: 'Outlook-iOS/2.0',
      is: 'likely_human mail_client Outlook mobile',
    },
    { name: 'and Evolution', ua: 'Evolution/3.26.1', is: 'likely_human mail_client Evolution' },
    { name: 'and eM Client', ua: 'eMClient/8.1.1060.0', is: 'likely_human mail_client eM Client' },
    { name: 'and Superhuman', ua: 'Superhuman', is: 'likely_human mail_client Superhuman' },
    {
      name: 'and the Yahoo app',
      ua: 'YahooMobileMail/1.0 (Android Mail; 1.4.6)',
      is: 'likely_human mail_client Yahoo Mail app',
    },
    {
      name: "Superhuman's proxy is not its client",
      ua: `${CHROME} (via SuperhumanProxy; hello@superhuman.com)`,
      is: 'proxied at_display Superhuman proxy',
    },
    {
      name: "Fastmail's app is not its proxy",
      ua: `${CHROME} FastmailUA/1.0`,
      is: 'likely_human mail_client Fastmail',
    },
    { name: 'iMessage before Meta and X', ua: IMESSAGE, is: 'automated preview iMessage preview' },
    {
      name: 'Telegram speaks of Twitter',
      ua: 'TelegramBot (like TwitterBot)',
      is: 'automated preview Telegram preview',
    },
    {
      name: 'Slack shows images',
      ua: 'Slack-ImgProxy (+https://api.slack.com/robots)',
      is: 'proxied regardless Slack image proxy',
    },
    {
      name: 'Slack reads links',
      ua: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
      is: 'automated preview Slack preview',
    },
    {
      name: 'Mail.ru crawls',
      ua: 'Mozilla/5.0 (compatible; Linux x86_64; Mail.RU_Bot/2.0; +http://go.mail.ru/help/robots)',
      is: 'automated crawler Mail.RU_Bot',
    },
    { name: 'the bare word is exact', ua: 'Mozilla/5.0 ', is: 'unknown null null' },
    {
      name: 'isbot misses wkhtmltopdf',
      ua: 'Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/602.1 (KHTML, like Gecko) wkhtmltopdf Version/9.0 Safari/602.1',
      is: 'automated client wkhtmltopdf',
    },
    { name: 'nobody knows this', ua: 'Linux UPnP/1.0 Sonos/54.2-72031 (ZPS11)', is: 'unknown null null' },
  ])('$name', ({ ua, is }) => {
    const verdict = judge({ userAgent: ua });
    expect(`${verdict.class} ${verdict.kind} ${verdict.agent}`).toBe(is);
  });

  test('HEAD is a machine, after the mail clients and proxies', () => {
    expect(judge({ userAgent: CHROME, method: 'HEAD' })).toMatchObject({
      class: 'automated',
      kind: 'client',
      flags: ['head'],
    });
    expect(judge({ userAgent: 'Outlook-iOS/2.0', method: 'HEAD' })).toMatchObject({
      class: 'likely_human',
      flags: ['head'],
    });
    expect(judge({ userAgent: GMAIL, method: 'HEAD' })).toMatchObject({ class: 'proxied' });
  });

  test('a prefetch header makes a browser a prefetch, no robot a person', () => {
    expect(judge({ userAgent: CHROME, signals: 'gpc prefetch' })).toMatchObject({
      class: 'prefetch',
      kind: 'browser',
      flags: ['gpc', 'prefetch'],
    });
    expect(judge({ userAgent: GOOGLEBOT, signals: 'prefetch' }).class).toBe('automated');
  });
});

describe('devices', () => {
  test.each([
    {
      name: 'a phone',
      ua: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
      device: 'phone',
    },
    {
      name: 'a tablet without the word Mobile',
      ua: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      device: 'tablet',
    },
    {
      name: 'an iPad',
      ua: 'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
      device: 'tablet',
    },
    { name: 'Outlook on a phone', ua: 'Outlook-Android/2.0', device: 'phone' },
    { name: 'Outlook on a desk', ua: OUTLOOK, device: 'desktop' },
    { name: 'something else', ua: 'Superhuman', device: 'other' },
    { name: "a proxy's own words", ua: GMAIL, device: null },
    { name: 'a machine', ua: GOOGLEBOT, device: null },
    { name: 'nothing', ua: null, device: null },
  ])('$name', ({ ua, device }) => {
    expect(judge({ userAgent: ua }).device).toBe(device);
  });
});
