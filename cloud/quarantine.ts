import { hash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  type _Object as ListedObject,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { PREFIXES } from '../core/layout.ts';

export interface Quarantined {
  /** Of the log object; its copy lies under the same key below quarantine/. */
  readonly key: string;
  /** When the copy was written, in milliseconds since 1970: a later one means that parsing failed once more. */
  readonly writtenMs: number;
}

export interface QuarantineOptions {
  readonly client: Pick<S3Client, 'send'>;
  readonly logBucket: string;
  readonly dataBucket: string;
}

/** Copies of log objects that could not be parsed, and the signs of what became of them. */
export class Quarantine {
  private readonly options: QuarantineOptions;

  constructor(options: QuarantineOptions) {
    this.options = options;
  }

  async list(): Promise<readonly Quarantined[]> {
    const objects = await this.listed(PREFIXES.quarantine);
    return objects
      .map(({ Key = '', LastModified }) => ({
        key: Key.slice(PREFIXES.quarantine.length),
        writtenMs: LastModified?.getTime() ?? 0,
      }))
      .filter(({ key }) => key.startsWith(PREFIXES.logs) && !key.endsWith('/'));
  }

  /** Puts the copy back where the log was delivered: S3 announces it to the ingest like a new one. */
  async copyBack(key: string): Promise<void> {
    const { client, logBucket, dataBucket } = this.options;
    const source = `${dataBucket}/${PREFIXES.quarantine}${key}`.split('/').map(encodeURIComponent).join('/');
    await client.send(new CopyObjectCommand({ Bucket: logBucket, Key: key, CopySource: source }));
  }

  async remove(key: string): Promise<void> {
    const Key = `${PREFIXES.quarantine}${key}`;
    await this.options.client.send(new DeleteObjectCommand({ Bucket: this.options.dataBucket, Key }));
  }

  /** Tells of log objects whether the last of their files lies in fresh/: they were ingested, and are not merged yet. */
  async ingested(): Promise<(key: string) => boolean> {
    const objects = await this.listed(PREFIXES.fresh);
    const last = objects.filter(({ Size = FULL_BYTES }) => Size < FULL_BYTES);
    const hashes = new Set(last.map(({ Key = '' }) => Key.slice(PREFIXES.fresh.length).split('-')[0]));
    return (key) => hashes.has(freshHash(key));
  }

  private async listed(prefix: string): Promise<readonly ListedObject[]> {
    const { client, dataBucket } = this.options;
    const objects: ListedObject[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: dataBucket, Prefix: prefix, ContinuationToken: token }),
      );
      objects.push(...(page.Contents ?? []));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return objects;
  }
}

/**
 * As core/ingest.ts has it: a file of so many bytes is full, and a very large log that breaks off later leaves such
 * files. Only the last file of a log is smaller, and it is written once every line was read.
 */
const FULL_BYTES = 2 ** 25;

/** The first part of a fresh file's name, as core/ingest.ts makes it of the log object's key. */
const freshHash = (key: string): string => hash('sha256', key, 'hex').slice(0, 16);
