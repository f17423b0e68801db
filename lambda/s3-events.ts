import type { S3EventRecord } from 'aws-lambda';

export interface LogArrival {
  readonly bucket: string;
  readonly key: string;
}

/** Objects named by one message of the arrivals queue; throws for a text that is no S3 event. */
export function readArrivals(body: string): readonly LogArrival[] {
  const event = parseEvent(body);
  // S3 sends this one when the notification is configured.
  if ('Event' in event && event.Event === 's3:TestEvent') return [];
  const refuse = (): never => {
    throw new Error(`a message of the arrivals queue is an S3 event, got ${body.slice(0, 200)}`);
  };
  if (!('Records' in event) || !Array.isArray(event.Records)) return refuse();
  return event.Records.map((record) => readArrival(record) ?? refuse());
}

/** Null for what is no record of an S3 event. */
function readArrival(record: Partial<S3EventRecord> | null): LogArrival | null {
  const bucket: unknown = record?.s3?.bucket?.name;
  const key: unknown = record?.s3?.object?.key;
  return typeof bucket === 'string' && typeof key === 'string' ? { bucket, key: decodeKey(key) } : null;
}

/** Keys are URL-encoded in events, with + for a space. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch (error) {
    throw new Error(`a key in an S3 event is URL-encoded, got ${key.slice(0, 200)}`, { cause: error });
  }
}

function parseEvent(body: string): object {
  try {
    const event: unknown = JSON.parse(body);
    if (typeof event === 'object' && event !== null) return event;
  } catch {
    // Told below, with the text.
  }
  throw new Error(`a message of the arrivals queue is a JSON object, got ${body.slice(0, 200)}`);
}
