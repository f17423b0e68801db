import type { S3Event } from 'aws-lambda';

export interface LogArrival {
  readonly bucket: string;
  readonly key: string;
}

/** Objects named by one message of the arrivals queue; throws for a text that is no S3 event. */
export function readArrivals(body: string): readonly LogArrival[] {
  const event = parseEvent(body);
  // S3 sends this one when the notification is configured.
  if ('Event' in event && event.Event === 's3:TestEvent') return [];
  if (!('Records' in event) || !Array.isArray(event.Records)) {
    throw new Error(`a message of the arrivals queue is an S3 event, got ${body.slice(0, 200)}`);
  }
  return event.Records.map(({ s3 }) => ({ bucket: s3.bucket.name, key: decodeKey(s3.object.key) }));
}

/** Keys are URL-encoded in events, with + for a space. */
const decodeKey = (key: string): string => decodeURIComponent(key.replaceAll('+', ' '));

function parseEvent(body: string): S3Event | { readonly Event?: string } {
  try {
    const event: unknown = JSON.parse(body);
    if (typeof event === 'object' && event !== null) return event;
  } catch {
    // Told below, with the text.
  }
  throw new Error(`a message of the arrivals queue is JSON, got ${body.slice(0, 200)}`);
}
