import { createHmac } from 'node:crypto';
import type { EdgeRequest } from '../../local/edge-runtime.ts';

/** A fixed instant inside the day of STORE, and the texts that the store may hold. */
export const NOW = Date.parse('2026-11-23T10:00:00Z');
export const DAY_KEY = 'd'.repeat(64);
export const OWN_KEY = 'c'.repeat(64);
const HOUR = 3_600_000;

export const days = [
  { day: '2026-11-23', from_ms: NOW - 10 * HOUR, until_ms: NOW + 14 * HOUR, key: DAY_KEY },
  { day: '2026-11-24', from_ms: NOW + 14 * HOUR, until_ms: NOW + 38 * HOUR, key: 'e'.repeat(64) },
];

export const STORE: Readonly<Record<string, string>> = {
  k: JSON.stringify(days),
  'c.spring': JSON.stringify({ mode: 'aggregate', copies: 'day' }),
  'c.docs': JSON.stringify({ mode: 'consented', copies: 'day' }),
  'c.gone': JSON.stringify({ mode: 'off', copies: 'day', was_off: true }),
  'c.trial': JSON.stringify({ mode: 'test', copies: 'day' }),
  'c.life': JSON.stringify({ mode: 'aggregate', copies: 'campaign', key: OWN_KEY, until: NOW + HOUR }),
  'c.over': JSON.stringify({ mode: 'aggregate', copies: 'campaign', key: OWN_KEY, until: NOW }),
  'c.ended': JSON.stringify({ mode: 'aggregate', copies: 'campaign', until: NOW - HOUR }),
  'c.uncounted': JSON.stringify({ mode: 'aggregate', copies: 'off' }),
  'c.broken': '{"mode":',
  'c.strange': JSON.stringify({ mode: 'everything', copies: 'day' }),
};

const AGENT = 'Mozilla/5.0 (X11; Linux)';

export interface EdgeCase {
  readonly name: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ip?: string;
  readonly uri?: string;
  readonly store?: Readonly<Record<string, string>>;
  /** The record, without its `v=1`; null for none. */
  readonly expected: string | null;
}

export const requestOf = ({
  query = '',
  headers = {},
  ip = '203.0.113.77',
  uri = '/p.gif',
}: Partial<EdgeCase>): EdgeRequest => ({
  method: 'GET',
  uri,
  query,
  headers: { 'user-agent': AGENT, ...headers },
  ip,
});

/** 63 bits of the HMAC, as the contract says them. */
export function hash(key: string, text: string): string {
  const bits = BigInt(`0x${createHmac('sha256', key).update(text).digest('hex').slice(0, 16)}`);
  return (bits & 0x7fff_ffff_ffff_ffffn).toString(16).padStart(16, '0');
}

export const hashes = (campaign: string, prefix = '203.0.113.0/24', agent = AGENT): string =>
  `visitor=${hash(DAY_KEY, `v|${campaign}|${prefix}|${agent}`)}&network=${hash(DAY_KEY, `n|${campaign}|${prefix}`)}`;
export const message = (key: string, campaign: string, nonce: string): string =>
  `message=${hash(key, `m|${campaign}|${nonce}`)}`;
export const day = 'day=2026-11-23';
export const spring = `${day}&campaign=spring&mode=aggregate&${hashes('spring')}`;
