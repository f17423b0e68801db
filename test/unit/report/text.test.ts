import { expect, test } from 'vitest';
import { reportText } from '../../../core/report/text.ts';
import { campaignRow, type GivenRows, IMPORTED, NOTHING_AT_ALL, reportOf, TINY } from './given-rows.ts';
import { WEEK } from './given-week.ts';

const textOf = async (given: GivenRows): Promise<string> => reportText(await reportOf(given));

/** Spaces that do not break are written as ~ (plain) and _ (narrow) below. */
const visible = (text: string): string => text.replaceAll('\u202f', '_').replaceAll('\u00a0', '~');

test('a full week', async () => {
  expect(visible(await textOf(WEEK))).toBe(`clearpixel · Week 47 · 16–22 Nov 2026

DISPLAYS
  12_400~–~19_900
  down 5_% against the week before (11_400~–~22_300)

  9_303  loaded directly by a person’s device
  3_107  fetched by a mailbox when shown (Gmail, Yahoo …)
  7_095  fetched whether shown or not (Apple …)
    306  of unknown origin
  2_610  automated loads, not counted

Beside it, known in loads only: signature (210~–~480 loads).
A load is a trend, not a read receipt. People whose mail program blocks images
are in neither number.

CAMPAIGNS
                         at least – at most    change  machines
  spring-sale
    email · copies            6_120~–~9_840   up 31_%      11_%
  weekly-digest-47
    email · copies            3_380~–~6_010  down 4_%       9_%
  landing-black-friday
    page · visitors           1_960~–~2_110   up 12_%      22_%
  partner-note
    email · copies              327~–~1_197       new      34_%
  handbook-2026
    document · visitors           610~–~640         –       3_%
  signature
    email · loads                 210~–~480       new       6_%
Told together, as one of them alone is too small: board-letter and pilot,
13~–~14 displays.
Unregistered names: 41 loads.

DAY BY DAY
                   displays  the week before
  Mon 16 Nov  1_210~–~1_910    1_800~–~2_600
  Tue 17 Nov  4_120~–~6_480    2_200~–~3_500
  Wed 18 Nov  2_650~–~4_210    2_100~–~3_300
  Thu 19 Nov  1_500~–~2_380    1_900~–~3_100
  Fri 20 Nov  1_300~–~2_060    1_700~–~2_700
  Sat 21 Nov    823~–~1_390      900~–~1_600
  Sun 22 Nov    797~–~1_361      880~–~1_480

NOT PEOPLE
  1_940  Security scanners (Microsoft Defender, Mimecast)
    310  Link previews (Slack, iMessage)
    245  Crawlers and AI agents (GPTBot)
    100  Scripts and HTTP clients (curl)
     15  Monitors

WHAT EACH CONTEXT CAN TELL
  Email: 9_833~–~17_053 displays
    Images may be blocked, cached, or fetched by proxies and scanners. Good
    for trends.
  Page: 1_967~–~2_118 displays
    The image loads with the page; VPNs and shared networks blur visitors.
  Document: 610~–~640 displays
    Access to the document, not proof that each page was looked at.

CAN I TRUST IT?
29_679 log lines: 29_665 loads, 14 dropped (12 another path, 2 malformed);
nothing lost.
Rules 2026-11-20-1a2b3c4d.
5_147 repeated loads. Repeated loads come from caching, retries, forwarding,
checks or second looks; they are not counted as interest.
Campaigns, days and contexts with fewer than 10 displays have no figure. A
change compares the middles of two ranges. This report contains no tracking
pixel.
`);
});

test('a first period with too little to tell', async () => {
  expect(visible(await textOf(TINY))).toBe(`clearpixel · Week 47 · 16–22 Nov 2026

DISPLAYS
  fewer than 10

  4  automated loads, not counted

A load is a trend, not a read receipt. People whose mail program blocks images
are in neither number.

CAMPAIGNS
With fewer than 10 displays: pilot.

DAY BY DAY
              displays
  Mon 16 Nov       <10
  Tue 17 Nov       <10
  Wed 18 Nov       <10
  Thu 19 Nov       <10
  Fri 20 Nov       <10
  Sat 21 Nov       <10
  Sun 22 Nov       <10

NOT PEOPLE
  4  Crawlers and AI agents (GPTBot)

WHAT EACH CONTEXT CAN TELL
  Page: no figure, too small
    The image loads with the page; VPNs and shared networks blur visitors.

CAN I TRUST IT?
9 log lines: 9 loads, none dropped; nothing lost.
Rules 2026-11-20-1a2b3c4d.
Campaigns, days and contexts with fewer than 10 displays have no figure. A
change compares the middles of two ranges. This report contains no tracking
pixel.
`);
});

test('imported logs, rules changed in between', async () => {
  expect(visible(await textOf(IMPORTED))).toBe(`clearpixel · Week 47 · 16–22 Nov 2026

LOADS
  1_020~–~1_970

  740  automated loads, not counted

A load is a trend, not a read receipt. Nothing in these logs tells copies or
visitors apart, so only loads are counted; the same person may have caused
several.

CAMPAIGNS
                   at least – at most  change  machines
  without a campaign
    loads                 900~–~1_710       –      29_%
  summer
    email · loads           120~–~260       –      16_%

DAY BY DAY
              all loads
  Mon 16 Nov        310
  Tue 17 Nov        330
  Wed 18 Nov        420
  Thu 19 Nov        390
  Fri 20 Nov        510
  Sat 21 Nov        410
  Sun 22 Nov        340

NOT PEOPLE
  740  Crawlers and AI agents (Googlebot)
In no figure above: 21 requests without an answer.

WHAT EACH CONTEXT CAN TELL
  Email: 120~–~260 loads
    Images may be blocked, cached, or fetched by proxies and scanners. Good
    for trends.

CAN I TRUST IT?
2_732 log lines: 2_731 loads, 1 dropped (1 malformed); nothing lost.
Rules changed in this period: 2026-11-20-bbbb since Fri 20 Nov, before that
2026-11-18-aaaa; part of a change may come from that.
Campaigns, days and contexts with fewer than 10 displays have no figure. A
change compares the middles of two ranges. This report contains no tracking
pixel.
`);
});

test('nothing at all', async () => {
  expect(visible(await textOf(NOTHING_AT_ALL))).toBe(`clearpixel · Week 47 · 16–22 Nov 2026

DISPLAYS
  No load of a registered campaign is known for these days.

A load is a trend, not a read receipt. People whose mail program blocks images
are in neither number.

CAN I TRUST IT?
No log lines in this period.
Campaigns, days and contexts with fewer than 10 displays have no figure. A
change compares the middles of two ranges. This report contains no tracking
pixel.
`);
});

test('stays within 78 columns, whatever the names', async () => {
  const long = 'x'.repeat(64);
  const row = { ...WEEK['2026-11-16']?.campaigns?.[0], campaign: long };
  const text = await textOf({ '2026-11-16': { ...WEEK['2026-11-16'], campaigns: [row] } });
  expect(text).toContain(long);
  expect(text.split('\n').filter((line) => [...line].length > 78)).toEqual([]);
});

test('lets no name break out of its line', async () => {
  const row = { ...WEEK['2026-11-16']?.campaigns?.[0], campaign: 'a\r\nBcc: x\u202etxt\u001b[31m' };
  const text = await textOf({ '2026-11-16': { ...WEEK['2026-11-16'], campaigns: [row] } });
  expect(text).toContain('  a��Bcc: x�txt�[31m\n');
});

test('few repeats and few unregistered loads stay without a figure', async () => {
  const campaigns = [
    campaignRow('pilot', 'page', 'visitor', { direct: 30, loads: 33, repeats: 3 }),
    campaignRow('(unregistered)', '', '', { loads: 7 }),
  ];
  const text = await textOf({ '2026-11-16': { ...TINY['2026-11-16'], campaigns } });
  expect(text).toContain('Unregistered names: fewer than 10 loads.');
  expect(text).toContain('Fewer than 10 repeated loads. Repeated loads come from');
});
