import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

const failure = (name: string, status: number): S3ServiceException =>
  new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode: status }, message: name });

/** Objects per page of a listing: few, so that tests see the pages. */
const PAGE = 3;

/** S3 in memory, behind the one method of the client that the handlers use; it answers as the service does. */
export class FakeS3 {
  readonly objects = new Map<string, Buffer>();
  /** "Get key", "Put key" ... in their order. */
  readonly calls: string[] = [];
  /** Told of each object that is written, as S3 announces it. */
  onWritten: (path: string) => void = () => {};
  private readonly written = new Map<string, number>();
  private writes = 0;
  /** Keys whose reading fails once. */
  readonly brokenReads = new Set<string>();

  get client(): Pick<S3Client, 'send'> {
    return { send: ((command: unknown) => this.answer(command)) as S3Client['send'] };
  }

  put(path: string, body: string | Uint8Array): void {
    this.objects.set(path, Buffer.from(body));
    this.writes += 1;
    this.written.set(path, this.writes);
    this.onWritten(path);
  }

  text(path: string): string {
    return this.bytes(path).toString('utf8');
  }

  bytes(path: string): Buffer {
    const bytes = this.objects.get(path);
    if (bytes === undefined) throw failure('NoSuchKey', 404);
    return bytes;
  }

  keys(prefix: string): readonly string[] {
    return [...this.objects.keys()].filter((path) => path.startsWith(prefix)).sort();
  }

  private async answer(command: unknown): Promise<object> {
    if (command instanceof GetObjectCommand) return this.get(command.input);
    if (command instanceof PutObjectCommand) return this.write(command.input);
    if (command instanceof CopyObjectCommand) return this.copy(command.input);
    if (command instanceof ListObjectsV2Command) return this.list(command.input);
    if (command instanceof DeleteObjectCommand) return this.removeOne(command.input);
    if (command instanceof DeleteObjectsCommand) return this.remove(command.input);
    throw new Error(`the fake has no ${(command as object).constructor.name}`);
  }

  private get({ Bucket, Key }: GetObjectCommand['input']) {
    this.calls.push(`Get ${Key}`);
    if (this.brokenReads.delete(`${Bucket}/${Key}`)) throw failure('SlowDown', 503);
    const bytes = this.bytes(`${Bucket}/${Key}`);
    const body = Object.assign(Readable.from([bytes]), {
      transformToByteArray: async () => new Uint8Array(bytes),
    });
    return { Body: body, ETag: etagOf(bytes) };
  }

  private write({ Bucket, Key, Body, IfMatch, IfNoneMatch }: PutObjectCommand['input']) {
    this.calls.push(`Put ${Key}`);
    const path = `${Bucket}/${Key}`;
    const present = this.objects.get(path);
    if (IfNoneMatch === '*' && present !== undefined) throw failure('PreconditionFailed', 412);
    if (IfMatch !== undefined && (present === undefined || etagOf(present) !== IfMatch)) {
      throw failure(
        present === undefined ? 'NoSuchKey' : 'PreconditionFailed',
        present === undefined ? 404 : 412,
      );
    }
    this.put(path, Body as string | Uint8Array);
    return { ETag: etagOf(this.bytes(path)) };
  }

  private copy({ Bucket, Key, CopySource = '' }: CopyObjectCommand['input']) {
    this.calls.push(`Copy ${Key}`);
    this.put(`${Bucket}/${Key}`, this.bytes(decodeURIComponent(CopySource)));
    return {};
  }

  private list({ Bucket, Prefix = '', ContinuationToken = '' }: ListObjectsV2Command['input']) {
    this.calls.push(`List ${Prefix}`);
    const rest = this.keys(`${Bucket}/${Prefix}`).filter((path) => path > ContinuationToken);
    const page = rest.slice(0, PAGE);
    const Contents = page.map((path) => ({
      Key: path.slice(`${Bucket}/`.length),
      Size: this.bytes(path).length,
      // A second for each write: later writes have later times.
      LastModified: new Date((this.written.get(path) ?? 0) * 1000),
    }));
    return { Contents, ...(rest.length > PAGE && { NextContinuationToken: page.at(-1) }) };
  }

  private removeOne({ Bucket, Key }: DeleteObjectCommand['input']) {
    this.calls.push(`Delete ${Key}`);
    this.objects.delete(`${Bucket}/${Key}`);
    return {};
  }

  private remove({ Bucket, Delete }: DeleteObjectsCommand['input']) {
    for (const { Key } of Delete?.Objects ?? []) {
      this.calls.push(`Delete ${Key}`);
      this.objects.delete(`${Bucket}/${Key}`);
    }
    return {};
  }
}

const etagOf = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`;
