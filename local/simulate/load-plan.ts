import { column, dictionary } from './columns.ts';
import type { Network, Origin } from './networks.ts';
import type { TrueLabel } from './truth.ts';

/** What was really behind a request. */
export interface Cause {
  readonly label: TrueLabel;
  readonly name: string;
  readonly method?: 'HEAD';
  /** When it is not 200. */
  readonly status?: number;
}

/** Where a request goes. */
export interface Link {
  readonly path: string;
  /** Raw query string without nonce and token. */
  readonly query: string;
  /** Number that this campaign's nonces and tokens are made from. */
  readonly seed: number;
  readonly nonce: boolean;
  /** Whether URLs carry a recipient token with consent. */
  readonly token: boolean;
}

export type Headers = Readonly<Record<string, string>>;

/** One request that will be made. */
export interface PlannedLoad {
  readonly atMs: number;
  readonly link: Link;
  /** Number of the copy within its campaign; -1 for none. */
  readonly copy: number;
  readonly agent: string | null;
  readonly origin: Origin;
  readonly cause: Cause;
  readonly headers: Headers;
}

/** Requests to come, kept as columns of numbers: a million of them take about 40 MB. */
export interface LoadPlan {
  readonly size: number;
  add(load: PlannedLoad): void;
  /** Hours in order, each with its requests in the order of time. */
  hours(): Generator<{ readonly hourMs: number; readonly loads: Generator<PlannedLoad> }>;
}

const HOUR = 3_600_000;

/** Plans requests between two instants; what lies outside is left out. */
export function createLoadPlan(fromMs: number, untilMs: number): LoadPlan {
  const at = column(Float64Array);
  const copies = column(Int32Array);
  const addresses = column(Uint32Array);
  const links = dictionary<Link>();
  const agents = dictionary<string | null>();
  const networks = dictionary<Network>();
  const causes = dictionary<Cause>();
  const headers = dictionary<Headers>();
  const read = (place: number): PlannedLoad => ({
    atMs: at.get(place),
    link: links.get(place),
    copy: copies.get(place),
    agent: agents.get(place),
    origin: { network: networks.get(place), address: addresses.get(place) },
    cause: causes.get(place),
    headers: headers.get(place),
  });
  return {
    get size() {
      return at.size();
    },
    add(load) {
      if (load.atMs < fromMs || load.atMs >= untilMs) return;
      at.push(Math.floor(load.atMs));
      copies.push(load.copy);
      addresses.push(load.origin.address);
      links.push(load.link);
      agents.push(load.agent);
      networks.push(load.origin.network);
      causes.push(load.cause);
      headers.push(load.headers);
    },
    *hours() {
      for (const places of byHour(at.values())) {
        places.sort((one, other) => at.get(one) - at.get(other));
        const hourMs = Math.floor(at.get(places[0] ?? 0) / HOUR) * HOUR;
        yield { hourMs, loads: readAll(places, read) };
      }
    },
  };
}

function* readAll(places: Uint32Array, read: (place: number) => PlannedLoad): Generator<PlannedLoad> {
  for (const place of places) yield read(place);
}

/** Places of each hour that has any, by counting: the times are never sorted as a whole. */
function* byHour(times: Float64Array): Generator<Uint32Array> {
  const counts = new Map<number, number>();
  for (const ms of times) counts.set(Math.floor(ms / HOUR), (counts.get(Math.floor(ms / HOUR)) ?? 0) + 1);
  const hours = [...counts.keys()].sort((one, other) => one - other);
  let start = 0;
  const starts = new Map<number, number>();
  for (const hour of hours) {
    starts.set(hour, start);
    start += counts.get(hour) ?? 0;
  }
  const order = new Uint32Array(times.length);
  const next = new Map(starts);
  times.forEach((ms, place) => {
    const hour = Math.floor(ms / HOUR);
    const slot = next.get(hour) ?? 0;
    order[slot] = place;
    next.set(hour, slot + 1);
  });
  for (const hour of hours) yield order.subarray(starts.get(hour), next.get(hour));
}
