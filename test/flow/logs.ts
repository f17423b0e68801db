import { gzipSync } from 'node:zlib';
import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** A delivered log, written by hand: what CloudFront writes, not what our own writer would. */
const FIELDS =
  'timestamp(ms) x-edge-request-id asn c-country x-edge-location cs-method cs-uri-stem sc-status ' +
  'x-edge-result-type cs(User-Agent) viewer-request-log-data';

const IPHONE =
  'Mozilla/5.0%20(iPhone;%20CPU%20iPhone%20OS%2018_5%20like%20Mac%20OS%20X)%20AppleWebKit/605.1.15%20' +
  '(KHTML,%20like%20Gecko)%20Version/18.5%20Mobile/15E148%20Safari/604.1';

export interface Line {
  /** Only the first seven characters tell visitors and networks apart. */
  readonly id: string;
  /** 2026-11-17 08:00 UTC by default. */
  readonly ms?: number;
  readonly path?: string;
  readonly campaign?: string;
  /** @default email */
  readonly medium?: string;
  /** Only the first seven characters tell messages apart. */
  readonly message?: string;
  /** A token: the campaign is a consented one then. */
  readonly recipient?: string;
  /** Without spaces. @default an iPhone's browser */
  readonly agent?: string;
}

export function logLine({
  id,
  ms = 1_794_902_400_000,
  path = '/p.gif',
  campaign = 'spring-sale',
  medium = 'email',
  message = id,
  recipient,
  agent = IPHONE,
}: Line): string {
  const hash = (text: string): string =>
    Buffer.from(text.padEnd(8, '.'))
      .toString('hex')
      .slice(0, 16)
      .replace(/^[89a-f]/, '1');
  const record =
    `v=1&day=${new Date(ms).toISOString().slice(0, 10)}&campaign=${campaign}&medium=${medium}` +
    (recipient === undefined ? '&mode=aggregate' : `&mode=consented&consent=1&rid=${recipient}`) +
    `&visitor=${hash(`v${id}`)}&network=${hash(`n${id}`)}&message=${hash(`m${message}`)}`;
  return [ms, id, 3320, 'DE', 'FRA56-P4', 'GET', path, 200, 'Hit', agent, record].join('\t');
}

export const logFile = (...lines: readonly string[]): Buffer =>
  gzipSync(`#Version: 1.0\n#Fields: ${FIELDS}\n${lines.join('\n')}\n`);

/** A message of the arrivals queue for an object, its key encoded as S3 encodes it. */
export const arrival = (key: string, messageId = key): SQSRecord =>
  message(
    JSON.stringify({
      Records: [
        {
          eventName: 'ObjectCreated:Put',
          s3: {
            bucket: { name: 'logs' },
            object: { key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/') },
          },
        },
      ],
    }),
    messageId,
  );

export const message = (body: string, messageId = 'm'): SQSRecord => ({ messageId, body }) as SQSRecord;

export const batch = (...Records: readonly SQSRecord[]): SQSEvent => ({ Records: [...Records] });

/** The list of forgotten tokens in a new stack. */
export const NOTHING_FORGOTTEN = '{"salt":"00","hashes":[]}';
