import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';
import { CHROME, GMAIL, GMAIL_PREFETCH, GOOGLEBOT, OUTLOOK, SAFARI } from './user-agents.ts';

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
