import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

export interface StoredObject {
  readonly bytes: Uint8Array;
  /** Changes with the content; what a conditional write compares. */
  readonly etag: string;
}

export interface Entry {
  readonly key: string;
  /** Milliseconds since 1970 UTC. */
  readonly writtenMs: number;
}

/** `absent`: only a new object. An etag: only over that content. */
export type Condition = 'absent' | { readonly etag: string };

/** S3 takes at most so many keys in one call. */
const DELETE_LIMIT = 1000;

/** The few calls that the handlers make of one bucket. */
export class BucketObjects {
  readonly name: string;
  private readonly client: Pick<S3Client, 'send'>;

  constructor(client: Pick<S3Client, 'send'>, name: string) {
    this.client = client;
    this.name = name;
  }

  async read(key: string): Promise<StoredObject> {
    const answer = await this.client.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
    if (answer.Body === undefined) throw new Error(`s3://${this.name}/${key} came without a body`);
    return { bytes: await answer.Body.transformToByteArray(), etag: answer.ETag ?? '' };
  }

  /** The bytes of an object as they come, however many they are. */
  async *stream(key: string): AsyncGenerator<Uint8Array, void, void> {
    const answer = await this.client.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
    if (answer.Body === undefined) throw new Error(`s3://${this.name}/${key} came without a body`);
    yield* answer.Body as unknown as AsyncIterable<Uint8Array>;
  }

  async readJson<T>(key: string): Promise<T> {
    return JSON.parse(Buffer.from((await this.read(key)).bytes).toString('utf8')) as T;
  }

  async write(key: string, body: Uint8Array | string): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: this.name, Key: key, Body: body }));
  }

  /** Writes only if the condition holds, and answers the new etag; null where it does not hold. */
  async writeIf(condition: Condition, key: string, body: Uint8Array | string): Promise<string | null> {
    const only = condition === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };
    try {
      const answer = await this.client.send(
        new PutObjectCommand({ Bucket: this.name, Key: key, Body: body, ...only }),
      );
      return answer.ETag ?? '';
    } catch (error) {
      if (lostRace(error)) return null;
      throw error;
    }
  }

  async copyFrom(source: string, key: string, contentType?: string): Promise<void> {
    await this.client.send(
      new CopyObjectCommand({
        Bucket: this.name,
        Key: key,
        CopySource: source.split('/').map(encodeURIComponent).join('/'),
        ...(contentType && { ContentType: contentType, MetadataDirective: 'REPLACE' }),
      }),
    );
  }

  async list(prefix: string): Promise<readonly string[]> {
    return (await this.entries(prefix)).map(({ key }) => key);
  }

  async entries(prefix: string): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    let token: string | undefined;
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.name, Prefix: prefix, ContinuationToken: token }),
      );
      for (const { Key, LastModified } of page.Contents ?? [])
        if (Key !== undefined) entries.push({ key: Key, writtenMs: LastModified?.getTime() ?? 0 });
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return entries;
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += DELETE_LIMIT) {
      const Objects = keys.slice(start, start + DELETE_LIMIT).map((Key) => ({ Key }));
      const answer = await this.client.send(
        new DeleteObjectsCommand({ Bucket: this.name, Delete: { Objects, Quiet: true } }),
      );
      const [first] = answer.Errors ?? [];
      if (first !== undefined)
        throw new Error(`could not delete ${first.Key}: ${first.Code} ${first.Message}`);
    }
  }
}

/** 412: the condition does not hold. 409: another write of the same key was under way, which is the same to us. */
const lostRace = (error: unknown): boolean =>
  error instanceof S3ServiceException && [409, 412].includes(error.$metadata.httpStatusCode ?? 0);
