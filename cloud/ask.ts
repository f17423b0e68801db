import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { REGISTRY_FILES } from '../core/layout.ts';

export interface AskOptions {
  readonly s3: Pick<S3Client, 'send'>;
  readonly dataBucket: string;
  /** Name of the command, of which there is no other. */
  readonly id: string;
  readonly waitSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

const PAUSE_MS = 3_000;

/**
 * Asks the merge function for something: it is the one writer of the tables, and answers when it has done it. Null where
 * no answer came in time: the command stays, and the next merge does it.
 */
export async function askMerge(command: object, options: AskOptions): Promise<unknown> {
  const { s3, dataBucket: Bucket, id, waitSeconds, now, pause } = options;
  const until = now() + waitSeconds * 1_000;
  const Body = JSON.stringify(command);
  await s3.send(new PutObjectCommand({ Bucket, Key: `${REGISTRY_FILES.commands}${id}.json`, Body }));
  const Key = `${REGISTRY_FILES.answers}${id}.json`;
  for (;;) {
    const answer = await read(s3, { Bucket, Key });
    if (answer !== null) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      return JSON.parse(answer);
    }
    if (now() + PAUSE_MS > until) return null;
    await pause(PAUSE_MS);
  }
}

/** It is listed first: a read of what is not there yet would be answered like one that is forbidden. */
async function read(
  s3: Pick<S3Client, 'send'>,
  { Bucket, Key }: { readonly Bucket: string; readonly Key: string },
): Promise<string | null> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
  if (Contents.length === 0) return null;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []).toString('utf8');
}
