import { execFileSync } from 'node:child_process';

/** Tests read the built edge function as text, so it is built from today's source before any of them. */
export default function buildEdge(): void {
  execFileSync(process.execPath, ['edge/build.ts'], { stdio: 'inherit' });
}
