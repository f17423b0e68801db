import {
  DeleteObjectCommand,
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

export interface StoredEntry {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly writtenMs: number;
  /** Null where S3 does not say. */
  readonly bytes: number | null;
}

/** Objects of a bucket that commands list, read and replace. */
export class StoredObjects {
  private readonly client: Pick<S3Client, 'send'>;
  private readonly bucket: string;

  constructor(client: Pick<S3Client, 'send'>, bucket: string) {
    this.client = client;
    this.bucket = bucket;
  }

  /** Keys that begin like this, at most the thousand that S3 lists at once. */
  async keys(prefix: string): Promise<readonly string[]> {
    const { Contents = [] } = await this.client.send(
      new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix }),
    );
    return Contents.flatMap(({ Key }) => Key ?? []);
  }

  /** All that begin like this. */
  async entries(prefix: string): Promise<readonly StoredEntry[]> {
    const entries: StoredEntry[] = [];
    let token: string | undefined;
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ContinuationToken: token }),
      );
      for (const { Key = '', LastModified, Size = null } of page.Contents ?? [])
        if (!Key.endsWith('/'))
          entries.push({ key: Key, writtenMs: LastModified?.getTime() ?? 0, bytes: Size });
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return entries;
  }

  async read(key: string): Promise<StoredObject> {
    const { Body, ETag = '' } = await this.client.send(
      new GetObjectCommand({ Bucket: this.bucket, Key: key }),
    );
    if (Body === undefined) throw new Error(`s3://${this.bucket}/${key} came without a body`);
    return { bytes: await Body.transformToByteArray(), etag: ETag };
  }

  /** Writes over the content of this etag, or only a new object for null; answers the new etag, null if it is not so. */
  async replace(etag: string | null, key: string, body: string): Promise<string | null> {
    const only = etag === null ? { IfNoneMatch: '*' } : { IfMatch: etag };
    try {
      const written = await this.client.send(
        new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body, ...only }),
      );
      return written.ETag ?? '';
    } catch (error) {
      if (lostRace(error)) return null;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
}

/** 412: another content. 409: another write was under way. 404: somebody deleted it. */
const lostRace = (error: unknown): boolean =>
  error instanceof S3ServiceException && [404, 409, 412].includes(error.$metadata.httpStatusCode ?? 0);
