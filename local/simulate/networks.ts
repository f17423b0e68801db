import { type Random, weighted } from './random.ts';

/** A network by its real number, and where CloudFront meets it. */
export interface Network {
  readonly asn: number;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly edgeLocations: readonly string[];
  /** Number of /24 blocks it sends from; 0 for a network with as many as it has people. */
  readonly blocks: number;
}

/** Where one request comes from; `address` stands for an IPv4 address or, where `six`, for an IPv6 one. */
export interface Origin {
  readonly network: Network;
  readonly address: number;
}

export const network = (asn: number, country: string, edges: string, blocks: number): Network => ({
  asn,
  country,
  edgeLocations: edges.split(' '),
  blocks,
});

type Choice = readonly (readonly [Network, number])[];

/** Households and phones, by country: number of the network, weight, edge locations. */
const PEOPLE: Readonly<Record<string, Choice>> = {
  DE: [
    [network(3320, 'DE', 'FRA56-P4 FRA60-P2 TXL50-P3', 0), 40],
    [network(3209, 'DE', 'FRA56-P4 DUS51-P1', 0), 25],
    [network(6805, 'DE', 'HAM50-P2 MUC50-P1', 0), 20],
    [network(8881, 'DE', 'FRA60-P2 DUS51-P1', 0), 15],
  ],
  AT: [
    [network(8447, 'AT', 'VIE50-P1', 0), 60],
    [network(8412, 'AT', 'VIE50-P1', 0), 40],
  ],
  CH: [
    [network(3303, 'CH', 'ZRH55-P1', 0), 70],
    [network(6830, 'CH', 'ZRH55-P1', 0), 30],
  ],
  FR: [
    [network(3215, 'FR', 'CDG52-P4 MRS53-P1', 0), 50],
    [network(12322, 'FR', 'CDG52-P4', 0), 30],
    [network(15557, 'FR', 'CDG55-P2', 0), 20],
  ],
  GB: [
    [network(2856, 'GB', 'LHR50-P5 MAN51-P4', 0), 40],
    [network(5089, 'GB', 'LHR61-P3 MAN51-P4', 0), 35],
    [network(5607, 'GB', 'LHR50-P5', 0), 25],
  ],
  US: [
    [network(7922, 'US', 'EWR53-P1 ORD58-P2 SFO53-P7', 0), 35],
    [network(7018, 'US', 'DFW57-P1 ATL59-P5', 0), 25],
    [network(701, 'US', 'EWR53-P1 IAD89-C1', 0), 15],
    [network(21928, 'US', 'SEA900-P1 DFW57-P1', 0), 25],
  ],
};

export const COUNTRIES = ['DE', 'AT', 'CH', 'FR', 'GB', 'US'] as const;
export type Country = (typeof COUNTRIES)[number];

/** Draws a household, phone or office network, by each country's weight. */
export function peopleOf(countries: Readonly<Partial<Record<Country, number>>>): (random: Random) => Network {
  return weighted(
    COUNTRIES.flatMap((country) =>
      (PEOPLE[country] ?? []).map(([place, weight]) => [place, weight * (countries[country] ?? 0)] as const),
    ),
  );
}

/** Apple's relay, the only four networks of its published egress list. */
export const RELAY = weighted([
  [network(36183, 'DE', 'FRA56-P4 FRA60-P2', 240), 35],
  [network(36183, 'US', 'ORD58-P2', 240), 20],
  [network(13335, 'DE', 'FRA56-P4', 80), 18],
  [network(54113, 'GB', 'LHR50-P5', 60), 15],
  [network(20940, 'DE', 'HAM50-P2', 50), 12],
]);
export const GOOGLE_PROXY = weighted([[network(15169, 'US', 'FRA56-P4 IAD89-C1', 24), 1]]);
export const YAHOO_PROXY = weighted([
  [network(36647, 'US', 'SFO53-P7', 12), 2],
  [network(26101, 'US', 'IAD89-C1', 12), 2],
  [network(34010, 'IE', 'DUB56-P1', 12), 1],
]);
export const FASTMAIL_PROXY = weighted([[network(151847, 'US', 'EWR53-P1', 4), 1]]);
export const SEZNAM_PROXY = weighted([[network(43037, 'CZ', 'PRG50-P1', 4), 1]]);

/** Networks of which a security vendor announces nothing but its own machines. */
export const GATEWAYS = weighted([
  [network(22843, 'US', 'IAD89-C1', 60), 30],
  [network(52129, 'DE', 'FRA56-P4', 20), 20],
  [network(30031, 'US', 'EWR53-P1', 30), 15],
  [network(42427, 'GB', 'LHR50-P5', 20), 15],
  [network(15324, 'US', 'DFW57-P1', 24), 10],
  [network(16417, 'US', 'SFO53-P7', 20), 10],
]);
/** Rented machines, where scanners in disguise run. */
export const CLOUDS = weighted([
  [network(16509, 'US', 'IAD89-C1', 900), 35],
  [network(16509, 'IE', 'DUB56-P1', 900), 15],
  [network(8075, 'NL', 'AMS58-P2', 900), 35],
  [network(396982, 'US', 'ORD58-P2', 500), 15],
]);
export const VPNS = weighted([
  [network(9009, 'DE', 'FRA56-P4', 120), 3],
  [network(212238, 'NL', 'AMS58-P2', 80), 2],
  [network(60068, 'GB', 'LHR50-P5', 60), 2],
]);

/** An address of the network: of one of its few blocks, or of a household's own. */
export function originIn(place: Network, random: Random): Origin {
  const host = random.below(254) + 1;
  const block = place.blocks > 0 ? place.asn * 1009 + random.below(place.blocks) * 7 : random.below(2 ** 24);
  return { network: place, address: ((block % 2 ** 24) * 256 + host) >>> 0 };
}

/** Another machine of the same /24. */
export const neighbourOf = (origin: Origin, random: Random): Origin => ({
  network: origin.network,
  address: ((origin.address & 0xffffff00) | (random.below(254) + 1)) >>> 0,
});

/** The address as the edge sees it. Households with an odd block number come over IPv6, one /48 each. */
export function addressText({ network: place, address }: Origin): string {
  const block = address >>> 8;
  if (place.blocks === 0 && block % 2 === 1) {
    return `2a02:${(block >>> 12).toString(16)}:${(block & 0xfff).toString(16)}::${(address & 0xff).toString(16)}`;
  }
  return `${((block >>> 16) % 223) + 1}.${(block >>> 8) & 255}.${block & 255}.${address & 255}`;
}
