import { createCipheriv, createHmac } from 'node:crypto';
import { hash64 } from '../../core/hash.ts';
import { type IngestSettings, PARSER } from '../../core/ingest.ts';
import { EVENT_COLUMNS } from '../../core/schema.ts';
import type { Evidence, Verdict } from '../../core/verdict.ts';
import { decode, type Facts } from './reference-facts.ts';

export type ReferenceRow = Readonly<Record<string, string | number | bigint | boolean | null>>;

/** A line that is a load, with what decides about its row. */
export interface Load {
  readonly fields: ReadonlyMap<string, string>;
  readonly facts: Facts;
  readonly ms: number;
  readonly asset: string;
  readonly method: string;
  readonly dt: string;
  readonly settings: IngestSettings;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const ADDRESS = /\d\.\d+\.\d+\.\d/;

function userAgentOf(raw: string | undefined): string | null {
  if (raw === undefined) return null;
  if (raw.includes(' ')) return raw;
  const once = decode(raw);
  return once.includes(' ') ? once : decode(once);
}

/** The network of an address: a tag for its version, then the bytes of its prefix. */
function prefixOf(ip: string | undefined): bigint | null {
  if (ip === undefined) return null;
  const tagged = (version: number, parts: readonly number[], bits: number): bigint =>
    parts.reduce((sum, part) => (sum << BigInt(bits)) | BigInt(part), 0n) | (BigInt(version) << 56n);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(ip)) {
    const parts = ip.split('.');
    return parts.every((part) => part.length <= 3 && Number(part) <= 255)
      ? tagged(4, parts.slice(0, 3).map(Number), 8)
      : null;
  }
  const halves = ip.split('::');
  if (halves.length > 2 || !ip.includes(':')) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...new Array<string>(missing).fill('0'), ...tail];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const prefix = groups.slice(0, 3).map((group) => Number.parseInt(group, 16));
  return tagged(6, prefix, 16);
}

/** One AES block under the key of a day and a kind, of which the first 63 bits are kept. */
function keyed(load: Load, kind: string, first: bigint, second: bigint): bigint {
  const secret = load.settings.import?.secret ?? Buffer.alloc(0);
  const key = createHmac('sha256', secret).update(`${kind}|${load.dt}`).digest();
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const block = cipher.update(Buffer.from(BigInt64Array.of(first, second).buffer));
  return block.readBigUInt64BE() & 0x7fff_ffff_ffff_ffffn;
}
const hexOf = (text: string | undefined): bigint | null =>
  text !== undefined && /^[0-9a-fA-F]{16}$/.test(text) ? BigInt.asIntN(64, BigInt(`0x${text}`)) : null;

const words = (text: string | undefined, known: string): string[] =>
  [
    ...new Set((text ?? '').split('.').filter((word) => word !== '' && known.split(' ').includes(word))),
  ].sort();

function numberOf(text: string | undefined, most: number): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : null;
}

/** A name that holds a dotted address is no name. */
function validName(text: string | undefined): string | null {
  const name = valid(text, NAME);
  return name !== null && ADDRESS.test(name) ? null : name;
}

function valid(text: string | undefined, pattern: RegExp): string | null {
  const decoded = text === undefined ? '' : decode(decode(text).replaceAll('+', ' '));
  return pattern.test(decoded) ? decoded : null;
}

function refererOf(raw: string | undefined): string | null {
  const found = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(decode(decode(raw ?? '')));
  const host = (found?.[1] ?? '').replace(/:\d*$/, '').toLowerCase();
  return /^[a-z0-9.-]{1,253}$/.test(host) && !/^[\d.]+$/.test(host) ? host : null;
}

export function rowOf(load: Load): ReferenceRow {
  const empty = Object.fromEntries(EVENT_COLUMNS.map(({ name }) => [name, null]));
  const judged = judge(load);
  const kept = keptOf(load, judged);
  return judged.hidden ? { ...empty, ...kept } : { ...empty, ...kept, ...shownOf(load, judged) };
}

interface Judged {
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  readonly signals: readonly string[];
  readonly notes: readonly string[];
  readonly mode: string | null;
  readonly status: number | null;
  readonly hidden: boolean;
  readonly invalid: 'test' | 'status' | null;
}

function judge(load: Load): Judged {
  const { fields, facts, settings } = load;
  const status = numberOf(fields.get('sc-status'), 999);
  const signals = words(facts.values.get('signals'), 'dnt gpc prefetch');
  const evidence = evidenceOf(load, signals);
  const mode = valid(facts.values.get('mode'), /^[a-z]{1,16}$/);
  const known = 'badcampaign badparam badrid nokey nostore error';
  return {
    evidence,
    verdict: settings.classifier.classify(evidence),
    signals,
    notes: facts.source === 'record' ? words(facts.values.get('notes'), known) : [],
    mode,
    status,
    hidden: mode === 'off' || signals.includes('gpc') || signals.includes('dnt'),
    invalid: mode === 'test' ? 'test' : isRefused(status) ? 'status' : null,
  };
}

const isRefused = (status: number | null): boolean =>
  status !== null && status !== 304 && (status < 200 || status > 299);

function evidenceOf({ fields, facts, method }: Load, signals: readonly string[]): Evidence {
  const country = fields.get('c-country') ?? '';
  const host = facts.values.get('referer') ?? '';
  const recorded = /^[a-z0-9.-]{1,253}$/.test(host) ? host : null;
  return {
    userAgent: userAgentOf(fields.get('cs-user-agent')),
    asn: numberOf(fields.get('asn'), 2 ** 31 - 1),
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    method,
    refererHost: facts.source === 'query' ? refererOf(fields.get('cs-referer')) : recorded,
    signals: signals.join(' '),
  };
}

function isAdmitted(facts: Facts, settings: IngestSettings): boolean {
  const campaign = validName(facts.values.get('campaign'));
  return settings.import !== undefined && (campaign === null || settings.import.admits?.(campaign) !== false);
}

function keptOf({ facts, ms, dt, settings }: Load, judged: Judged): ReferenceRow {
  const { hidden, invalid, mode, notes, signals, status, verdict } = judged;
  const flags = new Set([...notes, ...signals.filter((one) => one !== 'prefetch')]);
  if (facts.source === 'nothing') flags.add('norecord');
  if (!hidden) for (const flag of verdict.flags) flags.add(flag);
  if (!hidden && status === 206) flags.add('range');
  return {
    loaded_ms: BigInt(ms),
    lines: 1,
    campaign: validName(facts.values.get('campaign')) ?? (settings.import ? '(none)' : null),
    mode: mode ?? (isAdmitted(facts, settings) ? 'imported' : null),
    class: invalid === null ? verdict.class : 'invalid',
    flags: [...flags].sort().join(' ') || null,
    ruleset: settings.classifier.ruleset,
    parser: PARSER,
    dt,
  };
}

function registeredOf({ facts, settings }: Load, { mode, notes }: Judged): boolean | null {
  if (mode !== null) return true;
  if (settings.import) return isAdmitted(facts, settings);
  return facts.source === 'record' && !notes.includes('nostore') ? false : null;
}

function shownOf(load: Load, judged: Judged): ReferenceRow {
  const { values } = load.facts;
  const { evidence, invalid, status, verdict } = judged;
  const campaign = validName(values.get('campaign')) ?? '(none)';
  return {
    medium: valid(values.get('medium'), /^(email|page|document)$/),
    source: validName(values.get('source')),
    content: validName(values.get('content')),
    registered: registeredOf(load, judged),
    asset: load.asset,
    recipient: judged.mode === 'consented' ? valid(values.get('rid'), /^[A-Za-z0-9_-]{1,64}$/) : null,
    ...hashesOf(load, campaign, evidence.userAgent ?? ''),
    kind: invalid ?? verdict.kind,
    agent: invalid === null ? verdict.agent : null,
    confidence: invalid === null ? verdict.confidence : 'high',
    reasons: invalid ?? verdict.reasons.join(' '),
    country: evidence.country,
    asn: evidence.asn,
    device: verdict.device,
    user_agent: evidence.userAgent,
    method: load.method,
    referer_host: evidence.refererHost,
    edge_location: load.fields.get('x-edge-location') ?? null,
    status,
    cache_result: load.fields.get('x-edge-result-type') ?? null,
    signals: evidence.signals || null,
    input_id: invalid === null ? inputIdOf(evidence) : null,
  };
}

function inputIdOf(evidence: Evidence): bigint {
  const { userAgent, asn, country, method, refererHost, signals } = evidence;
  const parts = BigInt64Array.from(
    [userAgent, asn === null ? null : String(asn), country, method, refererHost, signals],
    (part) => (part === null || part === '' ? 0n : hash64(part)),
  );
  return hash64(Buffer.from(parts.buffer));
}

function hashesOf(load: Load, campaign: string, userAgent: string) {
  const { fields, facts } = load;
  const { values, source } = facts;
  if (source !== 'query')
    return {
      visitor: hexOf(values.get('visitor')),
      network: hexOf(values.get('network')),
      message: hexOf(values.get('message')),
    };
  const prefix = prefixOf(fields.get('c-ip'));
  const raw = values.get('nonce');
  const nonce = raw === undefined ? '' : decode(decode(raw).replaceAll('+', ' '));
  const scope = hash64(campaign);
  const agent = hash64(Buffer.from(BigInt64Array.of(scope, hash64(userAgent)).buffer));
  return {
    visitor: prefix === null ? null : keyed(load, 'v', agent, prefix),
    network: prefix === null ? null : keyed(load, 'n', scope, prefix),
    message: nonce === '' || nonce.length > 256 ? null : keyed(load, 'm', scope, hash64(nonce)),
  };
}
