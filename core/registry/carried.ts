/** What `edge-state` last made of the campaigns file: registry/carried.json, which commands wait for. */
export interface Carried {
  /** Which content of the campaigns file, as S3 names it; null where there was none or more than one. */
  readonly etag: string | null;
  /** When, as an ISO instant in UTC. */
  readonly at: string;
  readonly campaigns: number;
  /** Entries of the edge store that were written, day keys included. */
  readonly put: number;
  readonly removed: number;
  /** Why the file was not carried; only day keys were written then. */
  readonly problem: string | null;
}

/** The file's content; null for what is none of ours. */
export function readCarried(text: string): Carried | null {
  try {
    const carried: unknown = JSON.parse(text);
    return isCarried(carried) ? carried : null;
  } catch {
    return null;
  }
}

function isCarried(value: unknown): value is Carried {
  if (typeof value !== 'object' || value === null) return false;
  const { etag, at, campaigns, put, removed, problem } = value as Partial<Record<keyof Carried, unknown>>;
  const isTextOrNull = (each: unknown): boolean => each === null || typeof each === 'string';
  return (
    typeof at === 'string' &&
    [etag, problem].every(isTextOrNull) &&
    [campaigns, put, removed].every((count) => typeof count === 'number')
  );
}
