import { DAY_KEY, day, type EdgeCase, hashes, message, OWN_KEY, spring } from './edge-world.ts';

const LONG = `a${'b'.repeat(63)}`;

/** What the URL says. */
export const parameters: readonly EdgeCase[] = [
  { name: 'a campaign alone', query: 'utm_campaign=spring', expected: spring },
  {
    name: 'all names, percent-encoded where they need not be',
    query: 'utm_campaign=spr%69ng&utm_medium=email&utm_source=news-letter&utm_content=foot.er_2',
    expected: `${day}&campaign=spring&medium=email&source=news-letter&content=foot.er_2&mode=aggregate&${hashes('spring')}`,
  },
  { name: 'no campaign', query: 'utm_medium=page', expected: `${day}&medium=page&notes=badcampaign` },
  { name: 'no query at all', query: '', expected: `${day}&notes=badcampaign` },
  { name: 'a campaign in upper case', query: 'utm_campaign=Spring', expected: `${day}&notes=badcampaign` },
  {
    name: 'a campaign with a newline',
    query: 'utm_campaign=spring%0A',
    expected: `${day}&notes=badcampaign`,
  },
  {
    name: 'a campaign of 65 characters',
    query: `utm_campaign=${LONG}x`,
    expected: `${day}&notes=badcampaign`,
  },
  { name: 'a malformed escape', query: 'utm_campaign=%zz', expected: `${day}&notes=badcampaign` },
  {
    name: 'a campaign that injects',
    query: 'utm_campaign=a%26rid%3Dx',
    expected: `${day}&notes=badcampaign`,
  },
  {
    name: 'a repeated campaign: the first counts',
    query: 'utm_campaign=spring&utm_campaign=docs',
    expected: spring,
  },
  {
    name: 'an unknown medium and a bad source',
    query: 'utm_campaign=spring&utm_medium=sms&utm_source=a@b',
    expected: `${spring}&notes=badparam`,
  },
  {
    name: 'addresses in the place of names',
    query: 'utm_campaign=203.0.113.77&utm_source=from-203.0.113.77&utm_content=1.2.3',
    expected: `${day}&content=1.2.3&notes=badcampaign.badparam`,
  },
  { name: 'a campaign without value', query: 'utm_campaign&n', expected: `${day}&notes=badcampaign` },
  {
    name: 'names of prototypes',
    query: 'utm_campaign=spring&__proto__=1&constructor=2&toString',
    expected: spring,
  },
  { name: 'an asset', uri: '/a/banner.png', query: 'utm_campaign=spring', expected: spring },
  { name: 'another path', uri: '/robots.txt', query: 'utm_campaign=spring', expected: null },
  { name: 'a path like the pixel', uri: '/p.gif/x', query: 'utm_campaign=spring', expected: null },
];

/** What may be recorded. */
export const modes: readonly EdgeCase[] = [
  {
    name: 'an unregistered campaign: no hashes, no token',
    query: 'utm_campaign=nobody&rid=tok&consent=1&n=1',
    expected: `${day}&campaign=nobody&consent=1`,
  },
  {
    name: 'aggregate drops the token',
    query: 'utm_campaign=spring&rid=tok&consent=1',
    expected: `${day}&campaign=spring&mode=aggregate&consent=1&${hashes('spring')}`,
  },
  {
    name: 'consented keeps it with consent',
    query: 'utm_campaign=docs&rid=tok_1-A&consent=1',
    expected: `${day}&campaign=docs&mode=consented&consent=1&rid=tok_1-A&${hashes('docs')}`,
  },
  {
    name: 'consented drops it without consent',
    query: 'utm_campaign=docs&rid=tok',
    expected: `${day}&campaign=docs&mode=consented&${hashes('docs')}`,
  },
  {
    name: 'a consent that contradicts itself is none',
    query: 'utm_campaign=docs&rid=tok&consent=1&consent=0',
    expected: `${day}&campaign=docs&mode=consented&${hashes('docs')}`,
  },
  {
    name: 'an address is no token',
    query: 'utm_campaign=docs&rid=ann%40example.com&consent=1',
    expected: `${day}&campaign=docs&mode=consented&consent=1&${hashes('docs')}&notes=badrid`,
  },
  {
    name: 'off leaves a marker',
    query: 'utm_campaign=gone&utm_medium=email&utm_source=x&n=1&rid=tok&consent=1',
    headers: { referer: 'https://mail.example/' },
    expected: `${day}&campaign=gone&mode=off`,
  },
  {
    name: 'test is labelled',
    query: 'utm_campaign=trial&rid=tok&consent=1',
    expected: `${day}&campaign=trial&mode=test&consent=1&${hashes('trial')}`,
  },
  {
    name: 'Sec-GPC leaves a marker',
    query: 'utm_campaign=docs&utm_medium=document&rid=tok&consent=1&n=1',
    headers: { 'sec-gpc': '1', referer: 'https://mail.example/' },
    expected: `${day}&campaign=docs&mode=consented&signals=gpc`,
  },
  {
    name: 'DNT leaves a marker, with what else was signalled',
    query: 'utm_campaign=spring&n=1',
    headers: { dnt: '1', 'sec-gpc': '1', 'sec-purpose': 'prefetch;prerender' },
    expected: `${day}&campaign=spring&mode=aggregate&signals=dnt.gpc.prefetch`,
  },
  {
    name: 'an opt-out sent twice',
    query: 'utm_campaign=spring',
    headers: { dnt: '0, 1' },
    expected: `${day}&campaign=spring&mode=aggregate&signals=dnt`,
  },
  {
    name: 'DNT: 0 is no opt-out',
    query: 'utm_campaign=spring',
    headers: { dnt: '0', 'sec-gpc': '0' },
    expected: spring,
  },
];

/** What tells copies apart. */
export const copies: readonly EdgeCase[] = [
  {
    name: 'copies: day hashes the nonce with the day key',
    query: 'utm_campaign=spring&n=abc',
    expected: `${spring}&${message(DAY_KEY, 'spring', 'abc')}`,
  },
  {
    name: 'a nonce may hold any characters but those of a merge tag',
    query: 'utm_campaign=spring&n=%C3%A4%0A+%3B',
    expected: `${spring}&${message(DAY_KEY, 'spring', 'ä\n ;')}`,
  },
  ...['{{nonce}}', '%7B%7Bnonce%7D%7D', '*|NONCE|*', '{contactfield=nonce}'].map((tag) => ({
    name: `a merge tag that nobody replaced: ${tag}`,
    query: `utm_campaign=spring&n=${tag}`,
    expected: `${spring}&notes=badparam`,
  })),
  { name: 'an empty nonce is none', query: 'utm_campaign=spring&n=', expected: spring },
  {
    name: 'a nonce of 256 characters',
    query: `utm_campaign=spring&n=${'x'.repeat(256)}`,
    expected: `${spring}&${message(DAY_KEY, 'spring', 'x'.repeat(256))}`,
  },
  {
    name: 'a longer nonce',
    query: `utm_campaign=spring&n=${'x'.repeat(257)}`,
    expected: `${spring}&notes=badparam`,
  },
  {
    name: 'copies: campaign uses its own key',
    query: 'utm_campaign=life&n=abc',
    expected: `${day}&campaign=life&mode=aggregate&${hashes('life')}&${message(OWN_KEY, 'life', 'abc')}`,
  },
  {
    name: 'an own key whose time is over',
    query: 'utm_campaign=over&n=abc',
    expected: `${day}&campaign=over&mode=aggregate&${hashes('over')}`,
  },
  {
    name: 'an ended campaign without key',
    query: 'utm_campaign=ended&n=abc',
    expected: `${day}&campaign=ended&mode=aggregate&${hashes('ended')}`,
  },
  {
    name: 'copies: off ignores the nonce',
    query: 'utm_campaign=uncounted&n=abc',
    expected: `${day}&campaign=uncounted&mode=aggregate&${hashes('uncounted')}`,
  },
];
