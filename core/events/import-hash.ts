import type { EventColumnName } from '../batch.ts';
import { NO_CAMPAIGN } from '../layout.ts';
import { truncateAddress } from './address.ts';
import { type Draft, NOTHING, type Numbered, readField, valueAt } from './draft.ts';
import { Hmac } from './hmac.ts';
import { numberTuples } from './verdicts.ts';
import { WordList } from './word-list.ts';

/**
 * Hashes addresses and nonces of imported logs, as the edge does with live ones: scoped to a day and a campaign, from
 * addresses cut to their network. The addresses go no further than this function.
 */
export function hashImported(draft: Draft): void {
  const scopes = nameScopes(draft);
  const networks = withoutRecorded(draft, mergeEqual(readField(draft, 'c-ip', truncateAddress)));
  const agents = draft.texts.get('user_agent') ?? NOTHING;
  const hashes = new ScopedHashes(draft, scopes);
  const places = hashes.add(
    'network',
    [scopes.ids, networks.ids],
    networks,
    ({ campaign }, network) => `n|${campaign}|${network}`,
  );
  hashes.add('visitor', [places, agents.ids], networks, ({ campaign }, network, line) => {
    return `v|${campaign}|${network}|${valueAt(agents, line) ?? ''}`;
  });
  hashes.add(
    'message',
    [scopes.ids, draft.nonce.ids],
    draft.nonce,
    ({ campaign }, nonce) => `m|${campaign}|${nonce}`,
  );
}

/** A day and a campaign: no hash of one links to another. */
interface Scope {
  readonly campaign: string;
  readonly key: Hmac;
}

function nameScopes(draft: Draft): Numbered<Scope> {
  const days = draft.texts.get('dt') ?? NOTHING;
  const campaigns = draft.texts.get('campaign') ?? NOTHING;
  const secret = new Hmac(draft.settings.import?.secret ?? new Uint8Array(0));
  const keys = days.values.map((day) => new Hmac(Buffer.from(secret.digest(day ?? ''), 'latin1')));
  const values: Scope[] = [];
  const ids = numberTuples(draft, [days.ids, campaigns.ids], (line) => {
    const key = keys[days.ids[line] as number] as Hmac;
    values.push({ key, campaign: valueAt(campaigns, line) ?? NO_CAMPAIGN });
  });
  return { ids, values };
}

/** Different addresses of one network become one number. */
function mergeEqual({ ids, values }: Numbered<string | null>): Numbered<string> {
  const numbers = new Map<string, number>();
  const byId = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
  return { ids: ids.map((id) => byId[id] ?? -1), values: [...numbers.keys()] };
}

/** What the edge recorded of a line was hashed there. */
function withoutRecorded(draft: Draft, column: Numbered<string>): Numbered<string> {
  return { ids: column.ids.map((id, line) => (draft.recorded[line] === 1 ? -1 : id)), values: column.values };
}

/** Hashes each distinct input once. */
class ScopedHashes {
  readonly #draft: Draft;
  readonly #scopes: Numbered<Scope>;

  constructor(draft: Draft, scopes: Numbered<Scope>) {
    this.#draft = draft;
    this.#scopes = scopes;
  }

  /** Fills a column from the lines that have an input; returns the number of each line's distinct input. */
  add(
    name: EventColumnName,
    columns: readonly Int32Array[],
    inputs: Numbered<string | null>,
    text: (scope: Scope, input: string, line: number) => string,
  ): Int32Array {
    const list = new WordList();
    const ids = numberTuples(this.#draft, columns, (line) => {
      const at = list.next();
      const input = valueAt(inputs, line);
      const scope = valueAt(this.#scopes, line);
      if (input !== null && scope !== null) scope.key.digest63(text(scope, input, line), list.lanes, at);
    });
    this.#fill(name, ids, inputs, list.lanes);
    return ids;
  }

  #fill(name: EventColumnName, ids: Int32Array, inputs: Numbered<string | null>, from: Int32Array): void {
    const words = this.#draft.words.get(name);
    if (words === undefined) return;
    const { lanes, present } = words;
    const has = Uint8Array.from(inputs.values, (input) => (input === null ? 0 : 1));
    for (let line = 0; line < ids.length; line++) {
      const id = ids[line] as number;
      const input = inputs.ids[line] as number;
      if (id < 0 || input < 0 || has[input] === 0) continue;
      lanes[line * 2] = from[id * 2] as number;
      lanes[line * 2 + 1] = from[id * 2 + 1] as number;
      present[line] = 1;
    }
  }
}
