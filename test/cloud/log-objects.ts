import { randomBytes } from 'node:crypto';
import { logFileName } from '../../local/cloudfront-log.ts';

const DISTRIBUTION = 'E2EXAMPLE';

/** Key that log delivery would give an object of that hour: the template's suffix path below its prefix. */
export function logKey(ms: number): string {
  const hour = new Date(ms).toISOString().slice(0, 13).replaceAll(/[-T]/g, '/');
  return `logs/${DISTRIBUTION}/${hour}/${logFileName(DISTRIBUTION, ms, randomBytes(4).toString('hex'))}`;
}
