import * as z from 'zod';
import data from '../../rules/networks.json' with { type: 'json' };
import { dated, sourced } from './rules.ts';

/** What a network is to us, and the flag that a load from it carries (none for a plain owner of crawlers). */
export const ROLE_FLAGS = {
  relay: 'relay',
  'mail-proxy': 'mailproxy',
  'web-gateway': 'gateway',
  'security-vendor': 'scanner',
  datacentre: 'datacentre',
  /** A datacentre in which people work on hosted desktops: flagged, never decisive. */
  'shared-cloud': 'datacentre',
  operator: null,
} as const;
export type Role = keyof typeof ROLE_FLAGS;

const entry = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  role: z.enum(Object.keys(ROLE_FLAGS) as [Role, ...Role[]]),
  owner: z.string().min(1),
  asns: z.array(z.int().positive()).min(1),
  source: sourced,
  date: dated,
  note: z.string().optional(),
});

/** Numbers of autonomous systems that belong together. */
export type Network = z.infer<typeof entry>;

export const NETWORKS: readonly Network[] = z.array(entry).parse(data);

const BY_ASN = indexByAsn(NETWORKS);
const NAMES: ReadonlySet<string> = new Set([...Object.keys(ROLE_FLAGS), ...NETWORKS.map(({ id }) => id)]);
const NOTHING: readonly Network[] = [];

/** Entries that hold this number; most often none, sometimes two (Cloudflare is a relay and a gateway). */
export function networksOf(asn: number | null): readonly Network[] {
  return asn === null ? NOTHING : (BY_ASN.get(asn) ?? NOTHING);
}

/** The first of these entries that one of the names (ids or roles) stands for. */
export function networkNamed(networks: readonly Network[], names: readonly string[]): Network | undefined {
  return networks.find(({ id, role }) => names.includes(id) || names.includes(role));
}

/** Throws for a name that is neither an entry nor a role: a rule with it would never match. */
export function checkNetworkNames(names: readonly string[], rule: string): void {
  for (const name of names) {
    if (!NAMES.has(name))
      throw new Error(`rule ${rule} names the network ${name}: add it to rules/networks.json`);
  }
}

function indexByAsn(networks: readonly Network[]): ReadonlyMap<number, readonly Network[]> {
  const index = new Map<number, Network[]>();
  for (const network of networks) {
    for (const asn of network.asns) index.set(asn, [...(index.get(asn) ?? []), network]);
  }
  return index;
}
