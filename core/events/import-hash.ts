import { type Cipheriv, createCipheriv, createHmac } from 'node:crypto';
import { hashRange, hashText } from '../hash.ts';
import type { LineBlock } from '../log/block.ts';
import { readNetwork } from './address.ts';
import { type Draft, spansOf, type Words } from './draft.ts';
import { PARAMS } from './param-forms.ts';

/** Bytes of one input, and words of it: a block of AES. */
const BLOCK = 16;
const BLOCK_WORDS = 4;

/** Cuts the addresses of imported loads to their network: two words, replaced by their hash when the days are known. */
export function readAddresses({ drop, lines, network, recorded, settings }: Draft): void {
  const spans = spansOf(lines, 'c-ip');
  if (settings.import === undefined || spans.length === 0) return;
  for (let line = 0; line < lines.count; line++) {
    const start = spans[line * 2] as number;
    const end = spans[line * 2 + 1] as number;
    if (end === start || drop[line] !== 0 || recorded[line] === 1) continue;
    if (readNetwork(lines.text, start, end, network.lanes, line * 2)) network.present[line] = 1;
  }
}

/** Hashes a nonce of a query string: as it stands there where nothing in it is escaped. */
export function hashNonce(
  { text, view }: LineBlock,
  start: number,
  end: number,
  words: Words,
  line: number,
): void {
  if (end === 0) return;
  let plain = end - start <= LONGEST_NONCE;
  for (let at = start; plain && at < end; at++) plain = isPlain(text[at] as number);
  if (plain) hashRange(view, start, end, words.lanes, line * 2);
  else {
    const nonce = PARAMS.nonce(text.toString('utf8', start, end));
    if (nonce === null) return;
    hashText(nonce, words.lanes, line * 2);
  }
  words.present[line] = 1;
}

const LONGEST_NONCE = 256;
const isPlain = (byte: number): boolean => byte !== 0x25 && byte !== 0x2b && byte < 0x80;

/**
 * Hashes networks, visitors and nonces of imported loads, as the edge does with live ones: scoped to a day and a
 * campaign. Each input is one block of AES under a key of its day and kind, which is a pseudorandom function of it;
 * half of the result is kept, so that it cannot be decrypted.
 */
export function hashImported(draft: Draft): void {
  const { columns, hasher, message, network, visitor } = draft;
  if (hasher === null) return;
  const kinds = [
    { kind: 'v', from: network, to: visitor, fill: fillVisitor },
    { kind: 'm', from: message, to: message, fill: fillScoped },
    { kind: 'n', from: network, to: network, fill: fillScoped },
  ] as const;
  for (const { kind, from, to, fill } of kinds) {
    for (const day of new Set(columns.dt.ids)) {
      const lines = linesWith(draft, from, day);
      if (lines.length === 0) continue;
      const blocks = new Int32Array(lines.length * BLOCK_WORDS);
      fill(draft, lines, from, blocks);
      keepHalves(hasher.encrypt(kind, columns.dt.dictionary.values.list[day] as string, blocks), lines, to);
    }
  }
}

/** The ciphers of one log: setting up one costs as much as a thousand blocks. */
export class ImportHasher {
  readonly #secret: Uint8Array;
  readonly #ciphers = new Map<string, Cipheriv>();

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  encrypt(kind: string, day: string, blocks: Int32Array): Buffer {
    const name = `${kind}|${day}`;
    const known = this.#ciphers.get(name) ?? this.#cipher(name);
    this.#ciphers.set(name, known);
    return known.update(new Uint8Array(blocks.buffer));
  }

  #cipher(name: string): Cipheriv {
    const key = createHmac('sha256', this.#secret).update(name).digest();
    return createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  }
}

/** Loads of a day that have an input; what the edge recorded was hashed there. */
function linesWith({ columns, drop, lines, recorded }: Draft, { present }: Words, day: number): Int32Array {
  const { ids } = columns.dt;
  const found = new Int32Array(lines.count);
  let count = 0;
  for (let line = 0; line < lines.count; line++) {
    if (present[line] === 1 && ids[line] === day && drop[line] === 0 && recorded[line] === 0)
      found[count++] = line;
  }
  return found.subarray(0, count);
}

/** Hash of the campaign, then the network or the hash of the nonce. */
function fillScoped({ columns }: Draft, lines: Int32Array, from: Words, blocks: Int32Array): void {
  const { ids, dictionary } = columns.campaign;
  const { hashes } = dictionary.values;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as number;
    const campaign = ids[line] as number;
    const at = index * BLOCK_WORDS;
    blocks[at] = hashes[campaign * 2] as number;
    blocks[at + 1] = hashes[campaign * 2 + 1] as number;
    blocks[at + 2] = from.lanes[line * 2] as number;
    blocks[at + 3] = from.lanes[line * 2 + 1] as number;
  }
}

/** Hash of the hashes of campaign and user agent, then the network. */
function fillVisitor(draft: Draft, lines: Int32Array, from: Words, blocks: Int32Array): void {
  fillScoped(draft, lines, from, blocks);
  const { ids, dictionary } = draft.columns.user_agent;
  const { hashes } = dictionary.values;
  const none = new Int32Array(2);
  hashText('', none, 0);
  const pair = new Int32Array(4);
  const view = new DataView(pair.buffer);
  for (let index = 0; index < lines.length; index++) {
    const agent = ids[lines[index] as number] as number;
    const at = index * BLOCK_WORDS;
    pair[0] = blocks[at] as number;
    pair[1] = blocks[at + 1] as number;
    pair[2] = (agent < 0 ? none[0] : hashes[agent * 2]) as number;
    pair[3] = (agent < 0 ? none[1] : hashes[agent * 2 + 1]) as number;
    hashRange(view, 0, view.byteLength, blocks, at);
  }
}

/** The first 63 bits of each block, as the edge writes them: big-endian and never negative. */
function keepHalves(blocks: Buffer, lines: Int32Array, { lanes, present }: Words): void {
  const view = new DataView(blocks.buffer, blocks.byteOffset, blocks.length);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as number;
    lanes[line * 2 + 1] = view.getInt32(index * BLOCK) & 0x7fffffff;
    lanes[line * 2] = view.getInt32(index * BLOCK + 4);
    present[line] = 1;
  }
}
