/** HTML that is escaped by construction: whatever enters a template is text unless it is markup already. */
import { html, raw } from 'hono/html';

export { html, raw };
export type Markup = ReturnType<typeof html>;

export const NOTHING: Markup = html``;

/** The finished text; core has nothing to wait for, so no part may be a promise. */
export function render(markup: Markup): string {
  if (markup instanceof Promise)
    throw new Error('markup holds a promise; wait for the data before rendering');
  return markup.toString();
}
