import type { Batch } from '../batch.ts';
import type { Column } from '../schema.ts';
import { type Chunk, encodeChunk, PHYSICAL } from './chunk.ts';
import { binary, encodeThrift, i32, i64, list, struct, type Thrift } from './thrift.ts';

const MAGIC = Buffer.from('PAR1');
/** As many rows as DuckDB puts into a group: a reader's unit of work. */
export const ROWS_PER_GROUP = 122_880;
const REQUIRED = 0;
const OPTIONAL = 1;
const UTF8 = 0;

/** Writes batches as row groups of one Parquet file: version 1 pages, dictionaries, zstd, bounds and null counts. */
export class ParquetFile {
  readonly #schema: readonly Column[];
  readonly #parts: Buffer[] = [MAGIC];
  readonly #groups: Thrift[] = [];
  #size = MAGIC.length;
  #rows = 0;

  constructor(schema: readonly Column[]) {
    this.#schema = schema;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** Adds rows `[from, until)` of a batch as a row group. The batch may be changed afterwards. */
  add(batch: Batch, from = 0, until = batch.rows): void {
    const chunks = this.#schema.map((column) =>
      encodeChunk(column, columnOf(batch, column.name), from, until),
    );
    this.#groups.push(rowGroup(chunks, this.#size, until - from));
    for (const chunk of chunks) {
      this.#parts.push(...chunk.bytes);
      this.#size += chunk.size;
    }
    this.#rows += until - from;
  }

  end(): Buffer {
    const footer = encodeThrift(footerOf(this.#rows, this.#schema, this.#groups));
    const length = Buffer.alloc(4);
    length.writeInt32LE(footer.length);
    return Buffer.concat([...this.#parts, footer, length, MAGIC]);
  }
}

/** Writes a batch as one file. */
export function encodeParquet(
  batch: Batch,
  schema: readonly Column[],
  rowsPerGroup = ROWS_PER_GROUP,
): Buffer {
  const file = new ParquetFile(schema);
  for (let from = 0; from < batch.rows; from += rowsPerGroup) {
    file.add(batch, from, Math.min(from + rowsPerGroup, batch.rows));
  }
  return file.end();
}

function columnOf(batch: Batch, name: string) {
  const column = batch.columns.get(name);
  if (column === undefined) throw new Error(`the batch has no column ${name}, which the schema asks for`);
  return column;
}

function rowGroup(chunks: readonly Chunk[], start: number, rows: number): Thrift {
  let offset = start;
  const metas = chunks.map((chunk) => {
    const meta = chunk.meta(offset);
    offset += chunk.size;
    return meta;
  });
  return struct([
    [1, list(metas)],
    [2, i64(chunks.reduce((sum, chunk) => sum + chunk.unpackedSize, 0))],
    [3, i64(rows)],
    [5, i64(start)],
    [6, i64(offset - start)],
  ]);
}

function footerOf(rows: number, schema: readonly Column[], groups: readonly Thrift[]): Thrift {
  const root = struct([
    [4, binary('events')],
    [5, i32(schema.length)],
  ]);
  return struct([
    [1, i32(1)],
    [2, list([root, ...schema.map(schemaElement)])],
    [3, i64(rows)],
    [4, list(groups)],
    [6, binary('clearpixel version 1')],
    // Without an order by type, readers distrust the bounds of each column.
    [7, list(schema.map(() => struct([[1, struct([])]])))],
  ]);
}

function schemaElement(column: Column): Thrift {
  const isText = column.type === 'text';
  return struct([
    [1, i32(PHYSICAL[column.type])],
    [3, i32(column.optional ? OPTIONAL : REQUIRED)],
    [4, binary(column.name)],
    [6, isText ? i32(UTF8) : undefined],
    [10, isText ? struct([[1, struct([])]]) : undefined],
  ]);
}
