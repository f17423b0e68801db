import { join, resolve } from 'node:path';

/** Where one laptop installation keeps everything; `--home FOLDER`, default `.clearpixel`. */
export interface Home {
  readonly root: string;
  /** campaigns.csv or campaigns.json, and zones.json. */
  readonly registry: string;
  /** What CloudFront's KeyValueStore holds, as one JSON object of text values. */
  readonly store: string;
  readonly logs: string;
  readonly fresh: string;
  readonly quarantine: string;
  /** DuckDB database with events, daily, campaigns and the views. */
  readonly database: string;
  /** Written by simulate only; nothing but the local page reads it. */
  readonly truth: string;
}

/** Paths of a home folder; makes nothing. */
export function homeAt(folder: string): Home {
  const root = resolve(folder);
  return {
    root,
    registry: join(root, 'registry'),
    store: join(root, 'store.json'),
    logs: join(root, 'logs'),
    fresh: join(root, 'fresh'),
    quarantine: join(root, 'quarantine'),
    database: join(root, 'clearpixel.duckdb'),
    truth: join(root, 'truth.json'),
  };
}
