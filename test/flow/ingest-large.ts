import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createClassifier } from '../../core/classify/classify.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { ingestBatch } from '../../lambda/ingest-batch.ts';
import { arrival, batch } from './logs.ts';

/**
 * Hands the ingest function a log object of so many MiB of text, made while it is read, and prints what it said, how
 * many lines there were and the memory that the process took, in MiB.
 */
const [format = '', mebibytes = ''] = process.argv.slice(2);
const FIELDS =
  'timestamp(ms) x-edge-request-id asn c-country x-edge-location cs-method cs-uri-stem sc-status x-edge-result-type cs(User-Agent) viewer-request-log-data';
const LINES_PER_PIECE = 2_500;
const said: object[] = [];
let lines = 0;

/** Every line has its own id and hashes, every sixteenth a user agent of its own: nothing may be remembered for good. */
function* texts(): Generator<string> {
  if (format !== 'json') yield `#Version: 1.0\n#Fields: ${FIELDS}\n`;
  for (let bytes = 0; bytes < Number(mebibytes) * 2 ** 20; ) {
    const text = Array.from({ length: LINES_PER_PIECE }, () => line(lines++)).join('');
    bytes += text.length;
    yield text;
  }
}

function line(number: number): string {
  const hash = number.toString(16).padStart(16, '0');
  const agent = `Mozilla/5.0%20(X11;%20Linux%20x86_64)%20AppleWebKit/537.36%20Chrome/130.0.${number >> 4}`;
  const record = `v=1&day=2026-11-17&campaign=spring&medium=email&mode=aggregate&visitor=${hash}&network=${hash}&message=${hash}`;
  const id = `${hash.repeat(3)}==`;
  const values = [1_794_902_400_000, id, 3320, 'DE', 'FRA56-P4', 'GET', '/p.gif', 200, 'Hit', agent, record];
  if (format !== 'json') return `${values.join('\t')}\n`;
  return `${JSON.stringify(Object.fromEntries(FIELDS.split(' ').map((name, at) => [name, String(values[at])])))}\n`;
}

function* chunks(): Generator<Buffer> {
  for (const text of texts()) yield format === 'gzip' ? gzipSync(text, { level: 1 }) : Buffer.from(text);
}

const client = {
  send: async (command: unknown) => {
    if (command instanceof PutObjectCommand) return { ETag: 'e' };
    if (command instanceof GetObjectCommand) return { Body: Readable.from(chunks()) };
    throw new Error(`no ${(command as object).constructor.name} here`);
  },
} as unknown as Pick<S3Client, 'send'>;

class Data extends BucketObjects {
  override async readJson<T>(key: string): Promise<T> {
    if (key.includes('forgotten')) return { salt: '', hashes: [] } as T;
    return (key.includes('zones') ? [{ from: '1970-01-01', zone: 'UTC' }] : []) as T;
  }
}

const say = (message: unknown, more: unknown): void => void said.push({ message, ...(more as object) });
const answer = await ingestBatch(batch(arrival('logs/E2.2026-11-17-08.1a2b3c4d.gz')), {
  logs: (bucket) => new BucketObjects(client, bucket),
  data: new Data(client, 'data'),
  classifier: createClassifier(),
  logger: { info: say as never, error: say as never },
  remembered: new Map(),
  publish: () => {},
});
const memory = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ ...answer, said, lines, memory }));
