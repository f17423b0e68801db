import { createHash } from 'node:crypto';

/** Numbers that only look random: the same seed and name give the same sequence everywhere. */
export interface Random {
  /** At least 0, below 1, in steps of 2^-32. */
  next(): number;
  /** Whole number at least 0, below `limit`. */
  below(limit: number): number;
  /** True for this share of calls. */
  chance(share: number): boolean;
  /** Log-normal: half of the draws are below `median`; `spread` is the standard deviation of the logarithm. */
  around(median: number, spread: number): number;
  /** Number of events when `mean` are expected. */
  count(mean: number): number;
  item<T>(items: readonly T[]): T;
}

/**
 * A stream of its own for each name, so that a campaign's people stay the same when another is added.
 * The generator is Chris Doty-Humphrey's sfc32 (128 bits of state), its state the SHA-256 of seed and name.
 */
export function createRandom(seed: number, name: string): Random {
  const state = createHash('sha256').update(`${seed}/${name}`).digest();
  const next = smallFastCounting(
    state.readUInt32LE(0),
    state.readUInt32LE(4),
    state.readUInt32LE(8),
    state.readUInt32LE(12),
  );
  const below = (limit: number) => Math.floor(next() * limit);
  const bell = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    below,
    chance: (share) => next() < share,
    around: (median, spread) => median * Math.exp(spread * bell()),
    count: (mean) =>
      mean > 50 ? Math.max(0, Math.round(mean + Math.sqrt(mean) * bell())) : rare(mean, next),
    item: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to choose from: the list is empty');
      return item;
    },
  };
}

/** A list drawn from by weight. */
export function weighted<T>(entries: readonly (readonly [T, number])[]): (random: Random) => T {
  const items = entries.map(([item]) => item);
  let total = 0;
  const bounds = entries.map(([, weight]) => (total += weight));
  return (random) => {
    const mark = random.next() * total;
    const found = items[bounds.findIndex((bound) => mark < bound)] ?? items.at(-1);
    if (found === undefined) throw new Error('nothing to choose from: the list is empty');
    return found;
  };
}

/** Spreads a number over 32 bits (the finaliser of MurmurHash3), for values derived from a number such as a nonce. */
export function scatter(number: number): number {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function smallFastCounting(one: number, two: number, three: number, four: number): () => number {
  let [a, b, c, counter] = [one, two, three, four];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}

/** Poisson by multiplication, right for small means. */
function rare(mean: number, next: () => number): number {
  const limit = Math.exp(-mean);
  let events = 0;
  for (let product = next(); product > limit; product *= next()) events += 1;
  return events;
}
