import {
  type CloudFrontKeyValueStoreClient,
  ConflictException,
  DescribeKeyValueStoreCommand,
  ListKeysCommand,
  UpdateKeysCommand,
  type UpdateKeysCommandInput,
} from '@aws-sdk/client-cloudfront-keyvaluestore';

const PAGE = 50;

/** CloudFront's KeyValueStore in memory: pages, the limit of keys per request, and the version a write must name. */
export class FakeStore {
  readonly entries = new Map<string, string>();
  readonly updates: UpdateKeysCommandInput[] = [];
  /** Calls of every sort. */
  calls = 0;
  /** Called before each update: another writer's chance. */
  beforeUpdate: () => void = () => {};
  private version = 1;

  get client(): Pick<CloudFrontKeyValueStoreClient, 'send'> {
    return {
      send: (async (command: unknown) => this.answer(command)) as CloudFrontKeyValueStoreClient['send'],
    };
  }

  set(key: string, value: string): void {
    this.entries.set(key, value);
    this.version += 1;
  }

  private answer(command: unknown): object {
    this.calls += 1;
    if (command instanceof DescribeKeyValueStoreCommand) return { ETag: `v${this.version}` };
    if (command instanceof ListKeysCommand) return this.list(Number(command.input.NextToken ?? 0));
    if (command instanceof UpdateKeysCommand) return this.update(command.input);
    throw new Error(`the fake has no ${(command as object).constructor.name}`);
  }

  private list(start: number): object {
    const all = [...this.entries].map(([Key, Value]) => ({ Key, Value }));
    return {
      Items: all.slice(start, start + PAGE),
      ...(start + PAGE < all.length && { NextToken: String(start + PAGE) }),
    };
  }

  private update(input: UpdateKeysCommandInput): object {
    this.beforeUpdate();
    if (input.IfMatch !== `v${this.version}`) {
      throw new ConflictException({ message: 'changed', $metadata: { httpStatusCode: 409 } });
    }
    const { Puts = [], Deletes = [] } = input;
    if (Puts.length + Deletes.length > PAGE) throw new Error('ValidationException: at most 50 keys');
    this.updates.push(input);
    for (const { Key, Value } of Puts) this.entries.set(Key ?? '', Value ?? '');
    for (const { Key } of Deletes) this.entries.delete(Key ?? '');
    this.version += 1;
    return { ETag: `v${this.version}` };
  }
}
