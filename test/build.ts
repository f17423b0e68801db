import { execFileSync } from 'node:child_process';

/** Tests need what is built, so it is built from today's source before any of them. */
export default function build(): void {
  for (const script of ['edge/build.ts', 'core/kernel/build.ts'])
    execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
