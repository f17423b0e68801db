import cf from 'cloudfront';

/** Text under a key, or null: get() fails for a missing key, cf.kvs() where no store is associated. */
export async function readStore(key) {
  try {
    const store = cf.kvs();
    const value = await store.get(key);
    return value;
  } catch (_missing) {
    return null;
  }
}

/** Puts the record into the log line's field viewer-request-log-data. */
export function logRecord(text) {
  cf.logCustomData(text);
}
