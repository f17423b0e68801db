import { type Agents, BROWSERS, MAIL_AGENTS } from './agents.ts';
import { FASTMAIL_PROXY, GOOGLE_PROXY, type Network, RELAY, SEZNAM_PROXY, YAHOO_PROXY } from './networks.ts';
import { type Random, weighted } from './random.ts';

/**
 * How a mail client comes by the images of a message:
 * direct: from the person's own network, at each look;
 * at_display: a proxy fetches when the message is first shown and keeps the image;
 * regardless: a proxy fetches after delivery, whether or not anyone looks, and keeps the image;
 * never: the provider takes pixels out of the message.
 */
export type Fetch = 'direct' | 'at_display' | 'regardless' | 'never';

export interface Client {
  readonly fetch: Fetch;
  readonly agent: (random: Random) => string | null;
  /** Network of the proxy; a direct client has its person's. */
  readonly proxy: ((random: Random) => Network) | null;
  /** Whether it is a browser, which may send opt-out signals. */
  readonly browser: boolean;
}

export const CLIENT_IDS = [
  'apple-proxy',
  'gmail',
  'yahoo',
  'fastmail',
  'seznam',
  'outlook-windows',
  'outlook-new',
  'outlook-mobile',
  'apple-mail',
  'thunderbird',
  'android',
  'webmail',
  'proton',
] as const;
export type ClientId = (typeof CLIENT_IDS)[number];

const direct = (agents: Agents, browser = false): Client => ({
  fetch: 'direct',
  agent: weighted(agents),
  proxy: null,
  browser,
});
const proxied = (fetch: Fetch, agents: Agents, proxy: (random: Random) => Network): Client => ({
  fetch,
  agent: weighted(agents),
  proxy,
  browser: false,
});

export const CLIENTS: Readonly<Record<ClientId, Client>> = {
  'apple-proxy': proxied('regardless', MAIL_AGENTS.appleProxy, RELAY),
  gmail: proxied('at_display', MAIL_AGENTS.gmail, GOOGLE_PROXY),
  yahoo: proxied('at_display', MAIL_AGENTS.yahoo, YAHOO_PROXY),
  fastmail: proxied('at_display', MAIL_AGENTS.fastmail, FASTMAIL_PROXY),
  seznam: proxied('at_display', MAIL_AGENTS.seznam, SEZNAM_PROXY),
  'outlook-windows': direct(MAIL_AGENTS.outlookWindows),
  'outlook-new': direct(MAIL_AGENTS.outlookNew),
  'outlook-mobile': direct(MAIL_AGENTS.outlookMobile),
  'apple-mail': direct(MAIL_AGENTS.appleMail),
  thunderbird: direct(MAIL_AGENTS.thunderbird),
  android: direct(MAIL_AGENTS.android),
  webmail: direct(BROWSERS, true),
  proton: { ...direct(MAIL_AGENTS.noAgent), fetch: 'never' },
};
