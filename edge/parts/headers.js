import { holdsAddress } from './address.js';

/** Header names arrive in lower case. `preview` is what link previews and some mail clients send. */
const PREFETCH_HEADERS = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];
const PREFETCH = /\b(prefetch|prerender|preview)\b/i;

/** A header sent twice is joined by a comma; one 1 among them is an opt-out. */
const OPT_OUT = /(^|,)\s*1\s*(,|$)/;

/** Any scheme: apps send android-app://, browsers https://. */
const ORIGIN = /^\s*[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;
const HOST = /^[a-z0-9.-]{1,253}$/;

/** Opt-out and prefetch headers seen, sorted. */
export function readSignals(headers) {
  const signals = [];
  if (OPT_OUT.test(headerValue(headers, 'dnt'))) signals.push('dnt');
  if (OPT_OUT.test(headerValue(headers, 'sec-gpc'))) signals.push('gpc');
  if (PREFETCH_HEADERS.some((name) => PREFETCH.test(headerValue(headers, name)))) signals.push('prefetch');
  return signals;
}

/** Host of the referer, never its path; nothing where it holds user names, is an address, or is no host at all. */
export function readRefererHost(headers) {
  const origin = ORIGIN.exec(headerValue(headers, 'referer'));
  if (!origin) return undefined;
  const host = origin[1].replace(/:\d*$/, '').toLowerCase();
  return HOST.test(host) && !holdsAddress(host) ? host : undefined;
}

function headerValue(headers, name) {
  const header = headers[name];
  if (!header) return '';
  const values = header.multiValue || [header];
  return values.map((each) => each.value).join(',');
}
