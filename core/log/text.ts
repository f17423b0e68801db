/** CloudFront escapes what it logs, some values twice; here a logged value becomes the text it was. */

/** One character in UTF-8: one to four bytes. */
const CHARACTER =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi;
const ONE_ESCAPE = /%[0-9a-f]{2}/i;

/** Undoes one layer of %XX. Escapes that are no UTF-8, or no escapes at all, stay as they are. */
export function unescapeText(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(CHARACTER, decodeCharacter);
  }
}

function decodeCharacter(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}

/**
 * A user agent as the client sent it. Logs of before 2019 escape it twice, which shows in a text without any space that
 * still has escapes; a value with spaces was never escaped.
 */
export function readUserAgent(raw: string): string {
  if (raw.includes(' ')) return raw;
  const once = unescapeText(raw);
  return !once.includes(' ') && ONE_ESCAPE.test(once) ? unescapeText(once) : once;
}

/** Paths and queries arrive percent-encoded from the client and are escaped once more by the log. */
export const readUri = (raw: string): string => unescapeText(unescapeText(raw));

/** A value of a query string: as in forms, a plus stands for a space. */
export const readParameter = (raw: string): string => unescapeText(unescapeText(raw).replaceAll('+', ' '));

const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;
/** A host name as rows keep it. */
export const HOST = /^[a-z0-9.-]{1,253}$/;

/** Host of a logged Referer header, never its path; null where it names a user, is an address, or is no host. */
export function readRefererHost(raw: string): string | null {
  const host = ORIGIN.exec(readUri(raw))?.[1]?.replace(/:\d*$/, '').toLowerCase() ?? '';
  return HOST.test(host) && !/^[\d.]+$/.test(host) ? host : null;
}
