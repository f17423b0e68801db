import { mkdirSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { checkEdgeCode } from './check.ts';

const ENTRY = join(import.meta.dirname, 'viewer-request.js');
const OUTPUT = join(import.meta.dirname, 'built', 'viewer-request.js');

/** Bundles the edge function into the one text that CloudFront takes; throws on what CloudFront could not run. */
export async function buildEdge(entry = ENTRY): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    outfile: OUTPUT,
    bundle: true,
    write: false,
    sourcemap: 'external',
    format: 'esm',
    platform: 'neutral',
    // Newer than the runtime, so that nothing is rewritten: the check below is what decides.
    target: 'esnext',
    // Or it would shorten { day: day } to { day }, which is not on AWS's list.
    supported: { 'object-extensions': false },
    charset: 'utf8',
    legalComments: 'none',
    packages: 'external',
    logLevel: 'silent',
  });
  const [map = '{}', bundle = ''] = outputFiles.map(({ text }) => text);
  // handler is exported for the bundler only: CloudFront looks for a top-level function and knows no export.
  const code = bundle.replace(/\nexport \{\s*handler\s*\};\s*$/, '\n');
  checkEdgeCode(code, placeInSource(map));
  return code;
}

/** Says where in the source a place of the bundle comes from. */
function placeInSource(map: string): (line: number, column: number) => string {
  const sourceMap = new SourceMap(JSON.parse(map));
  return (line, column) => {
    const entry = sourceMap.findEntry(line - 1, column);
    if (!('originalSource' in entry)) return `${relative('', OUTPUT)}:${line}`;
    return `${relative('', join(dirname(OUTPUT), entry.originalSource))}:${entry.originalLine + 1}`;
  };
}

if (import.meta.main) {
  try {
    const code = await buildEdge();
    mkdirSync(dirname(OUTPUT), { recursive: true });
    writeFileSync(OUTPUT, code);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
