import { logRecord } from './parts/cloudfront.js';
import { describeLoad, isTracked } from './parts/load.js';
import { formatRecord } from './parts/record.js';

/**
 * CloudFront calls this for every request (runtime cloudfront-js-2.0). It only looks: whatever happens, the request
 * goes on unchanged and the image is served. What went wrong becomes a note in the record.
 */
export async function handler(event) {
  const request = event.request;
  if (!isTracked(String(request.uri))) return request;
  const record = { fields: {}, notes: [] };
  try {
    await describeLoad(event, record);
  } catch (_problem) {
    record.notes.push('error');
  }
  try {
    logRecord(formatRecord(record));
  } catch (_problem) {
    // Nothing is left to say it with: the line arrives without a record, which the ingest counts.
  }
  return request;
}
