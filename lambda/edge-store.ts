import {
  type CloudFrontKeyValueStoreClient,
  ConflictException,
  DescribeKeyValueStoreCommand,
  ListKeysCommand,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import type { StorePlan } from '../core/store/edge-state.ts';

/** One request may change so many keys; 3 MB, the other limit, is more than 50 values of 1 KB. */
const KEYS_PER_UPDATE = 50;

/** The store as it was read; a write succeeds only while it is still so. */
export interface StoreState {
  readonly entries: ReadonlyMap<string, string>;
  readonly etag: string;
}

/** CloudFront's KeyValueStore, of which this function is the only writer. */
export class EdgeStore {
  private readonly client: Pick<CloudFrontKeyValueStoreClient, 'send'>;
  private readonly arn: string;

  constructor(client: Pick<CloudFrontKeyValueStoreClient, 'send'>, arn: string) {
    this.client = client;
    this.arn = arn;
  }

  async read(): Promise<StoreState> {
    const { ETag: etag = '' } = await this.client.send(
      new DescribeKeyValueStoreCommand({ KvsARN: this.arn }),
    );
    const entries = new Map<string, string>();
    let token: string | undefined;
    do {
      const page = await this.client.send(
        new ListKeysCommand({ KvsARN: this.arn, MaxResults: KEYS_PER_UPDATE, NextToken: token }),
      );
      for (const { Key, Value } of page.Items ?? []) if (Key !== undefined) entries.set(Key, Value ?? '');
      token = page.NextToken;
    } while (token !== undefined);
    return { entries, etag };
  }

  /** Carries out a plan in its order; false when somebody else wrote in between and it must be planned again. */
  async apply({ put, remove }: StorePlan, state: StoreState): Promise<boolean> {
    const puts = [...put].map(([Key, Value]) => ({ Puts: [{ Key, Value }] }));
    const changes = [...puts, ...remove.map((Key) => ({ Deletes: [{ Key }] }))];
    let etag = state.etag;
    try {
      for (let start = 0; start < changes.length; start += KEYS_PER_UPDATE) {
        etag = await this.update(etag, changes.slice(start, start + KEYS_PER_UPDATE));
      }
      return true;
    } catch (error) {
      if (error instanceof ConflictException) return false;
      throw error;
    }
  }

  private async update(etag: string, changes: readonly Change[]): Promise<string> {
    const answer = await this.client.send(
      new UpdateKeysCommand({
        KvsARN: this.arn,
        IfMatch: etag,
        Puts: changes.flatMap((change) => ('Puts' in change ? change.Puts : [])),
        Deletes: changes.flatMap((change) => ('Deletes' in change ? change.Deletes : [])),
      }),
    );
    return answer.ETag ?? '';
  }
}

type Change =
  | { readonly Puts: { readonly Key: string; readonly Value: string }[] }
  | { readonly Deletes: { readonly Key: string }[] };
