import { type Draft, valueAt } from './draft.ts';

/**
 * Takes a forgotten recipient out of a load, and every hash that stands beside it. The load stays: it counts as a load,
 * never again as a display of somebody.
 */
export function forgetRecipients(draft: Draft): void {
  const { columns, lines, message, network, settings, visitor } = draft;
  const { isForgotten } = settings;
  if (isForgotten === undefined) return;
  for (let line = 0; line < lines.count; line++) {
    const token = valueAt(columns.recipient, line);
    if (token === null || !isForgotten(token)) continue;
    columns.recipient.ids[line] = -1;
    for (const { present } of [message, network, visitor]) present[line] = 0;
  }
}
