import { CopyObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { freshHash, freshHashIn } from '../core/fresh-name.ts';
import { PREFIXES } from '../core/layout.ts';
import { StoredObjects } from './stored-objects.ts';

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
  private readonly data: StoredObjects;

  constructor(options: QuarantineOptions) {
    this.options = options;
    this.data = new StoredObjects(options.client, options.dataBucket);
  }

  async list(): Promise<readonly Quarantined[]> {
    const copies = await this.data.entries(PREFIXES.quarantine);
    return copies
      .map(({ key, writtenMs }) => ({ key: key.slice(PREFIXES.quarantine.length), writtenMs }))
      .filter(({ key }) => key.startsWith(PREFIXES.logs));
  }

  /** Puts the copy back where the log was delivered: S3 announces it to the ingest like a new one. */
  async copyBack(key: string): Promise<void> {
    const { client, logBucket, dataBucket } = this.options;
    const source = `${dataBucket}/${PREFIXES.quarantine}${key}`.split('/').map(encodeURIComponent).join('/');
    await client.send(new CopyObjectCommand({ Bucket: logBucket, Key: key, CopySource: source }));
  }

  async remove(key: string): Promise<void> {
    await this.data.remove(`${PREFIXES.quarantine}${key}`);
  }

  /** Tells of log objects whether the last of their files lies in fresh/: they were ingested, and are not merged yet. */
  async ingested(): Promise<(key: string) => boolean> {
    const files = await this.data.entries(PREFIXES.fresh);
    const last = files.filter(({ bytes }) => bytes !== null && bytes < FULL_BYTES);
    const hashes = new Set(last.map(({ key }) => freshHashIn(key)));
    return (key) => hashes.has(freshHash(key));
  }
}

/**
 * As core/ingest.ts has it: a file of so many bytes is full, and a very large log that breaks off later leaves such
 * files. Only the last file of a log is smaller, and it is written once every line was read.
 */
const FULL_BYTES = 2 ** 25;
