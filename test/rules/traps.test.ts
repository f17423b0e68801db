import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';
import { BARE_MAC, CHROME, GMAIL, GOOGLEBOT, IMESSAGE, OUTLOOK } from './user-agents.ts';

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
