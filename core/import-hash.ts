import { truncateAddress } from './address.ts';
import { type Draft, emptyWords, type Numbered, readField, valueAt, type Words } from './draft.ts';
import { Hmac } from './hmac.ts';
import { NO_CAMPAIGN } from './layout.ts';
import { TupleTable } from './tuple-table.ts';

/**
 * Hashes addresses and nonces of imported logs, as the edge does with live ones: scoped to a day and a campaign, from
 * addresses cut to their network. The addresses go no further than this function.
 */
export function hashImported(draft: Draft): void {
  const { lines, drop, recorded } = draft;
  const hasher = new ImportHasher(draft);
  for (let line = 0; line < lines.count; line++) {
    if (drop[line] === 0 && recorded[line] === 0) hasher.hash(line);
  }
}

class ImportHasher {
  readonly #draft: Draft;
  readonly #keys: readonly Hmac[];
  readonly #networks: Numbered<string | null>;
  readonly #words: Readonly<Record<'visitor' | 'network' | 'message', Words>>;
  readonly #memo = { network: new Memo(3), visitor: new Memo(4), message: new Memo(3) };

  constructor(draft: Draft) {
    this.#draft = draft;
    this.#keys = dayKeys(draft);
    this.#networks = readField(draft, 'c-ip', truncateAddress);
    const columnOf = (name: 'visitor' | 'network' | 'message') => draft.words.get(name) ?? emptyWords(0);
    this.#words = {
      visitor: columnOf('visitor'),
      network: columnOf('network'),
      message: columnOf('message'),
    };
  }

  hash(line: number): void {
    const { texts, nonce } = this.#draft;
    const day = texts.get('dt')?.ids[line] as number;
    const key = this.#keys[day] as Hmac;
    const campaigns = texts.get('campaign') as Numbered<string | null>;
    const campaign = valueAt(campaigns, line) ?? NO_CAMPAIGN;
    const scope = valueAt(campaigns, line) === null ? -1 : (campaigns.ids[line] as number);
    const network = valueAt(this.#networks, line);
    const networkId = this.#networks.ids[line] as number;
    if (network !== null) {
      const agents = texts.get('user_agent') as Numbered<string | null>;
      const memo = this.#memo;
      const words = this.#words;
      memo.network.fill(words.network, line, key, [day, scope, networkId], () => `n|${campaign}|${network}`);
      const agent = agents.ids[line] as number;
      const text = () => `v|${campaign}|${network}|${valueAt(agents, line) ?? ''}`;
      memo.visitor.fill(words.visitor, line, key, [day, scope, networkId, agent], text);
    }
    const copy = valueAt(nonce, line);
    if (copy === null) return;
    const tuple = [day, scope, nonce.ids[line] as number];
    this.#memo.message.fill(this.#words.message, line, key, tuple, () => `m|${campaign}|${copy}`);
  }
}

/** Hashes each distinct input once. */
class Memo {
  readonly #table: TupleTable;
  readonly #tuple: Int32Array;
  #lanes = new Int32Array(512);

  constructor(width: number) {
    this.#table = new TupleTable(width);
    this.#tuple = new Int32Array(width);
  }

  fill(words: Words, line: number, key: Hmac, ids: readonly number[], text: () => string): void {
    this.#tuple.set(ids);
    const before = this.#table.size;
    const id = this.#table.idOf(this.#tuple);
    if (id === before) this.#add(id, key, text());
    words.lanes[line * 2] = this.#lanes[id * 2] as number;
    words.lanes[line * 2 + 1] = this.#lanes[id * 2 + 1] as number;
    words.present[line] = 1;
  }

  #add(id: number, key: Hmac, text: string): void {
    if (id * 2 === this.#lanes.length) {
      const longer = new Int32Array(this.#lanes.length * 2);
      longer.set(this.#lanes);
      this.#lanes = longer;
    }
    key.digest63(text, this.#lanes, id * 2);
  }
}

/** One key a day, derived from the import's secret: without it no hash can be recomputed. */
function dayKeys(draft: Draft): readonly Hmac[] {
  const secret = new Hmac(draft.settings.import?.secret ?? new Uint8Array(0));
  const days = draft.texts.get('dt')?.values ?? [];
  return days.map((day) => new Hmac(Buffer.from(secret.digest(day ?? ''), 'latin1')));
}
