import data from '../../rules/devices.json' with { type: 'json' };

/** First line whose pattern is in the user agent gives the device. */
export const DEVICES: readonly { readonly device: string; readonly pattern: string }[] = data;

const COMPILED = DEVICES.map(({ device, pattern }) => ({ device, pattern: new RegExp(pattern) }));

/** phone, tablet, desktop or other; null without a user agent. */
export function deviceOf(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  return COMPILED.find(({ pattern }) => pattern.test(userAgent))?.device ?? 'other';
}
