import { DISGUISES, SCANNER_AGENTS } from './agents.ts';
import { CAUSES, NO_HEADERS } from './causes.ts';
import type { Cause, Link, LoadPlan } from './load-plan.ts';
import { CLOUDS, GATEWAYS, neighbourOf, type Origin, originIn } from './networks.ts';
import { type Random, weighted } from './random.ts';
import type { Scanners } from './scenario-campaign.ts';

const SECOND = 1000;

/** A company whose mail a scanner looks through: its copies leave together and are scanned together. */
export interface Company {
  /** Copies still to come. */
  left: number;
  /** When the next copy leaves. */
  sentMs: number;
  readonly delayMs: number;
  readonly origin: Origin;
  readonly agent: string | null;
  readonly disguised: boolean;
}

const scannerAgent = weighted(SCANNER_AGENTS);
const disguise = weighted(DISGUISES);

/** A company with one scanner, which sits in one network. */
export function createCompany(scanners: Scanners, sentMs: number, random: Random): Company {
  const disguised = random.chance(scanners.disguised);
  return {
    left: 1 + random.count(scanners.copies - 1),
    sentMs,
    delayMs: scanDelay(random),
    origin: originIn((disguised ? CLOUDS : GATEWAYS)(random), random),
    agent: (disguised ? disguise : scannerAgent)(random),
    disguised,
  };
}

/** Plans what the company's scanner loads of one copy. */
export function planScan(
  plan: LoadPlan,
  scanners: Scanners,
  company: Company,
  copy: { readonly link: Link; readonly copy: number; readonly sentMs: number },
  random: Random,
): void {
  const head = random.chance(scanners.head);
  const first = copy.sentMs + company.delayMs * (0.9 + random.next() * 0.2);
  const scan = (atMs: number) =>
    plan.add({
      atMs,
      link: copy.link,
      copy: copy.copy,
      agent: company.agent,
      origin: neighbourOf(company.origin, random),
      cause: causeOf(company.disguised, head),
      headers: NO_HEADERS,
    });
  scan(first);
  if (random.chance(scanners.twice)) scan(first + 60 * SECOND + random.around(300, 1) * SECOND);
}

function causeOf(disguised: boolean, head: boolean): Cause {
  if (disguised) return head ? CAUSES.disguisedHead : CAUSES.disguised;
  return head ? CAUSES.scannerHead : CAUSES.scanner;
}

/** Seconds from sending to the scan, by measured quantiles: half within 9 s, 61 % within 10 s, 84 % within 20 s. */
const DELAYS: readonly (readonly [share: number, from: number, until: number])[] = [
  [0.5, 2, 9],
  [0.61, 9, 10],
  [0.84, 10, 20],
  [0.93, 20, 60],
  [0.97, 60, 300],
  [0.99, 300, 1800],
  [1, 3600, 36_000],
];

function scanDelay(random: Random): number {
  const draw = random.next();
  const [, from, until] = DELAYS.find(([share]) => draw < share) ?? [1, 2, 9];
  return (from + random.next() * (until - from)) * SECOND;
}
