import { parseConfig } from '../core/config.ts';
import { estimateCost } from '../core/cost/estimate.ts';
import { costTables } from '../core/cost/page.ts';
import { FALLBACK_REGION } from '../core/cost/prices.ts';
import { replaceMadePart } from './made-part.ts';

/** What the page is about: every default, and a weekly report to one address. */
const USUAL = parseConfig({ report: { from: 'clearpixel@example.com', to: ['marketing@example.com'] } });
/** The page with the tables between its marks written anew. */
export function replaceCost(page: string): string {
  const tables = costTables(estimateCost(USUAL, FALLBACK_REGION));
  return replaceMadePart(page, 'docs/cost.md', tables);
}
