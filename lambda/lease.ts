import { REGISTRY_FILES } from '../core/layout.ts';
import type { BucketObjects } from './bucket.ts';

interface LeaseText {
  /** Null when nobody writes. */
  readonly holder: string | null;
  /** Milliseconds since 1970; after it the holder is gone. */
  readonly until: number;
  /** The statement under way: it may outlive the function that began it. */
  readonly query: string | null;
  /** The upkeep that this statement is, if it is one: done once it succeeded, whoever began it. */
  readonly upkeep?: string | undefined;
}

export interface LeaseOptions {
  readonly data: BucketObjects;
  readonly holder: string;
  readonly now: number;
  readonly until: number;
  /** Waits for the end of a statement that a lost holder left behind; true where it was a good one. */
  readonly settle: (queryId: string) => Promise<boolean>;
}

/** Who may write the tables now: one object, changed by conditional writes only. */
export class Lease {
  private readonly data: BucketObjects;
  private readonly holder: string;
  private readonly until: number;
  private etag: string;
  /** The upkeep that a lost holder began and that came to a good end meanwhile. */
  inherited: string | null = null;

  private constructor(options: LeaseOptions, etag: string) {
    this.data = options.data;
    this.holder = options.holder;
    this.until = options.until;
    this.etag = etag;
  }

  /** Null while somebody else holds it. */
  static async take(options: LeaseOptions): Promise<Lease | null> {
    const { data, holder, now, until, settle } = options;
    const text = (begun: Pick<LeaseText, 'query' | 'upkeep'>): string =>
      JSON.stringify({ holder, until, query: begun.query, upkeep: begun.upkeep } satisfies LeaseText);
    const first = await data.writeIf('absent', REGISTRY_FILES.lease, text({ query: null }));
    if (first !== null) return new Lease(options, first);
    const { bytes, etag } = await data.read(REGISTRY_FILES.lease);
    const current = JSON.parse(Buffer.from(bytes).toString('utf8')) as LeaseText;
    if (current.holder !== null && current.until > now) return null;
    const mine = await data.writeIf({ etag }, REGISTRY_FILES.lease, text(current));
    if (mine === null) return null;
    const lease = new Lease(options, mine);
    const isDone = current.query !== null && (await settle(current.query));
    lease.inherited = (isDone && current.upkeep) || null;
    return lease;
  }

  /** Keeps the statement that begins, so that a successor waits for its end. */
  async note(query: string, upkeep?: string): Promise<void> {
    await this.replace({ holder: this.holder, until: this.until, query, upkeep });
  }

  /** For a good end only: after a failure a statement may still run, and the successor has to know it. */
  async release(): Promise<void> {
    await this.replace({ holder: null, until: 0, query: null });
  }

  private async replace(text: LeaseText): Promise<void> {
    const etag = await this.data.writeIf({ etag: this.etag }, REGISTRY_FILES.lease, JSON.stringify(text));
    if (etag === null) throw new Error('the lease of the merge went to another call: this one stops');
    this.etag = etag;
  }
}
