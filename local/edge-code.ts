import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from './terminal.ts';

const BUILT = new URL('../edge/built/viewer-request.js', import.meta.url);

/** Text of the built edge function, the same that the stack deploys. */
export function edgeCode(): string {
  if (!existsSync(BUILT)) throw new UsageError('the edge function is not built: run npm run build');
  return readFileSync(BUILT, 'utf8');
}
