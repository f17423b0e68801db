import { createHash } from 'node:crypto';
import isbotPackage from 'isbot/package.json' with { type: 'json' };
import browsers from '../../rules/browsers.json' with { type: 'json' };
import clients from '../../rules/clients.json' with { type: 'json' };
import crawlers from '../../rules/crawlers.json' with { type: 'json' };
import mailClients from '../../rules/mail-clients.json' with { type: 'json' };
import prefetch from '../../rules/prefetch.json' with { type: 'json' };
import previews from '../../rules/previews.json' with { type: 'json' };
import proxies from '../../rules/proxies.json' with { type: 'json' };
import requests from '../../rules/requests.json' with { type: 'json' };
import scanners from '../../rules/scanners.json' with { type: 'json' };
import { DEVICES } from './device.ts';
import { NETWORKS } from './networks.ts';
import { parseRules, type Rule } from './rules.ts';

/** Raised when the same rules would be applied in another way. */
const ENGINE = 1;

/** Families in the order of evidence: the first rule that matches decides. */
const FAMILIES = {
  proxies,
  prefetch,
  previews,
  scanners,
  'mail-clients': mailClients,
  requests,
  clients,
  crawlers,
  browsers,
} as const;

/** All rules of rules/, in the order in which they are asked. */
export const RULES: readonly Rule[] = Object.entries(FAMILIES).flatMap(([family, rules]) =>
  parseRules(rules, `rules/${family}.json`),
);

/** Name of a set of rules: its newest date, and a hash of all that decides: rules, networks, devices, isbot. */
export function nameRuleset(rules: readonly Rule[]): string {
  const newest = [...rules, ...NETWORKS].reduce((date, entry) => (entry.date > date ? entry.date : date), '');
  const parts = [ENGINE, isbotPackage.version, rules.map(decidingPart), NETWORKS, DEVICES];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${newest}-${hash.slice(0, 8)}`;
}

/** What cannot change a verdict (examples, notes, sources) does not change the name. */
function decidingPart({
  examples,
  counterexamples,
  note,
  source,
  evidence,
  date,
  ...deciding
}: Rule): object {
  return deciding;
}
