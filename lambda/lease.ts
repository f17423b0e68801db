import { REGISTRY_FILES } from '../core/layout.ts';
import type { BucketObjects } from './bucket.ts';

interface LeaseText {
  /** Null when nobody writes. */
  readonly holder: string | null;
  /** Milliseconds since 1970; after it the holder is gone. */
  readonly until: number;
  /** The statement under way: it may outlive the function that began it. */
  readonly query: string | null;
}

export interface LeaseOptions {
  readonly data: BucketObjects;
  readonly holder: string;
  readonly now: number;
  readonly until: number;
  /** Waits for the end of a statement that a lost holder left behind. */
  readonly settle: (queryId: string) => Promise<void>;
}

/** Who may write the tables now: one object, changed by conditional writes only. */
export class Lease {
  private readonly data: BucketObjects;
  private readonly holder: string;
  private readonly until: number;
  private etag: string;

  private constructor(options: LeaseOptions, etag: string) {
    this.data = options.data;
    this.holder = options.holder;
    this.until = options.until;
    this.etag = etag;
  }

  /** Null while somebody else holds it. */
  static async take(options: LeaseOptions): Promise<Lease | null> {
    const { data, holder, now, until, settle } = options;
    const text = (query: string | null): string =>
      JSON.stringify({ holder, until, query } satisfies LeaseText);
    const first = await data.writeIf('absent', REGISTRY_FILES.lease, text(null));
    if (first !== null) return new Lease(options, first);
    const { bytes, etag } = await data.read(REGISTRY_FILES.lease);
    const current = JSON.parse(Buffer.from(bytes).toString('utf8')) as LeaseText;
    if (current.holder !== null && current.until > now) return null;
    const mine = await data.writeIf({ etag }, REGISTRY_FILES.lease, text(current.query));
    if (mine === null) return null;
    if (current.query !== null) await settle(current.query);
    return new Lease(options, mine);
  }

  /** Keeps the statement that begins, so that a successor waits for its end. */
  async note(query: string): Promise<void> {
    await this.replace({ holder: this.holder, until: this.until, query });
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
