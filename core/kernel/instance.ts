import { WASM } from './built/wasm.ts';

/** What the compiled kernel offers. Numbers are places in its memory, or what their names say. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  /** Lines that the last scan noted. */
  readonly count: WebAssembly.Global;
  scan(length: number, most: number, columns: number): number;
  find(dictionary: number, start: number, end: number): number;
  findAll(dictionary: number, spans: number, ids: number, marks: number, line: number, until: number): number;
  learn(dictionary: number, start: number, end: number, number: number): void;
  hashAll(spans: number, lanes: number, count: number): void;
  readHexAll(spans: number, lanes: number, present: number, marks: number, count: number): void;
  split(finder: number, spans: number, marks: number, count: number): void;
  findPairs(finder: number, spans: number, marks: number, line: number, until: number): number;
}

const PAGE = 2 ** 16;
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(WASM, 'base64')));

export const KERNEL = exports as unknown as Exports;

/** A number of the kernel's layout. */
export const constant = (name: string): number => (exports[name] as WebAssembly.Global).value;

KERNEL.memory.grow(Math.ceil(constant('MEMORY') / PAGE));
/** The kernel's memory: it never grows again. */
export const { buffer: MEMORY } = KERNEL.memory;
