import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from 'assemblyscript/asc';

const ENTRY = join('core', 'kernel', 'assembly', 'index.ts');
const ROOT = join(import.meta.dirname, '..', '..');
const OUTPUT = join(import.meta.dirname, 'built', 'wasm.ts');
/** It takes no memory of its own beyond what its layout names. */
const FLAGS = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='];

/** Compiles the kernel to WebAssembly; throws with what the compiler says. */
export async function buildKernel(): Promise<Uint8Array> {
  let wasm: Uint8Array = new Uint8Array(0);
  const writeFile = (name: string, contents: Uint8Array | string): void => {
    if (name === 'kernel.wasm') wasm = contents as Uint8Array;
  };
  const { error, stderr } = await main([ENTRY, '--baseDir', ROOT, '--outFile', 'kernel.wasm', ...FLAGS], {
    writeFile,
  });
  if (error !== null) throw new Error(`${ENTRY} does not compile:\n${stderr.toString()}`);
  return wasm;
}

if (import.meta.main) {
  const text = Buffer.from(await buildKernel()).toString('base64');
  mkdirSync(dirname(OUTPUT), { recursive: true });
  writeFileSync(
    OUTPUT,
    `/** The kernel as bundlers can take it along. */\nexport const WASM =\n  '${text}';\n`,
  );
}
