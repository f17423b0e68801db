import type { Cause, Headers } from './load-plan.ts';

/** What is behind the requests of the simulation, in the words that comparisons show. */
export const CAUSES = {
  mailClient: { label: 'likely_human', name: 'mail client' },
  webmail: { label: 'likely_human', name: 'webmail in a browser' },
  forwarded: { label: 'likely_human', name: 'forwarded copy' },
  browser: { label: 'likely_human', name: 'browser' },
  vpn: { label: 'likely_human', name: 'browser behind a VPN' },
  relay: { label: 'likely_human', name: "browser behind Apple's relay" },
  unregistered: { label: 'likely_human', name: 'unregistered name' },
  broken: { label: 'likely_human', name: 'broken link' },
  noAgent: { label: 'unknown', name: 'no user agent' },
  aborted: { label: 'unknown', name: 'left before the answer', status: 0 },
  atDisplay: { label: 'proxied', name: 'mailbox proxy, when shown' },
  regardless: { label: 'proxied', name: 'mailbox proxy, whether shown or not' },
  mailboxPrefetch: { label: 'prefetch', name: 'prefetch by the mailbox' },
  browserPrefetch: { label: 'prefetch', name: 'prefetch by a browser' },
  scanner: { label: 'automated', name: 'scanner' },
  scannerHead: { label: 'automated', name: 'scanner', method: 'HEAD' },
  disguised: { label: 'automated', name: 'disguised scanner' },
  disguisedHead: { label: 'automated', name: 'disguised scanner', method: 'HEAD' },
  preview: { label: 'automated', name: 'link preview' },
  crawler: { label: 'automated', name: 'crawler' },
  client: { label: 'automated', name: 'HTTP client' },
  monitor: { label: 'automated', name: 'monitor' },
} as const satisfies Record<string, Cause>;

export const NO_HEADERS: Headers = {};
export const GMAIL_REFERER: Headers = { referer: 'http://mail.google.com/' };
export const PREFETCH: Headers = { 'sec-purpose': 'prefetch' };

const SIGNALS: Readonly<Record<'gpc' | 'dnt' | '', Headers>> = {
  gpc: { 'sec-gpc': '1' },
  dnt: { dnt: '1' },
  '': {},
};
const WEBMAIL_REFERERS = ['https://outlook.live.com/', 'https://navigator.gmx.net/', 'https://deref-web.de/'];

/** Headers of browsers: no or one opt-out signal, and the page the image stands on. */
export const browserHeaders = memoised((signal: 'gpc' | 'dnt' | '', referer: string): Headers => {
  const optOut: Headers = SIGNALS[signal];
  return referer === '' ? optOut : { ...optOut, referer };
});

/** A page that shows webmail; `draw` is at least 0 and below 1. */
export const webmailReferer = (draw: number): string =>
  WEBMAIL_REFERERS[Math.floor(draw * WEBMAIL_REFERERS.length)] ?? '';

/** Whether the request carries a signal after which nothing but the load is kept. */
export const optsOut = (headers: Headers): boolean => 'sec-gpc' in headers || 'dnt' in headers;

/** The plan keeps each object once, so equal headers must be the same object. */
function memoised(make: (signal: 'gpc' | 'dnt' | '', referer: string) => Headers): typeof make {
  const made = new Map<string, Headers>();
  return (signal, referer) => {
    const key = `${signal} ${referer}`;
    const headers = made.get(key) ?? make(signal, referer);
    made.set(key, headers);
    return headers;
  };
}
