import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

export type ReadRow = Readonly<Record<string, unknown>>;

const bufferOf = (file: Uint8Array): ArrayBuffer =>
  file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;

export const readWithHyparquet = async (file: Uint8Array): Promise<readonly ReadRow[]> =>
  parquetReadObjects({ file: bufferOf(file), compressors });

export const metadataOf = (file: Uint8Array) => parquetMetadata(bufferOf(file));

/** Rows of a query in which `$file` stands for the file, in the order of the file. */
export async function readWithDuckdb(
  file: Uint8Array,
  sql = "select * from '$file'",
): Promise<readonly ReadRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'clearpixel-parquet-'));
  const path = join(folder, 'file.parquet');
  writeFileSync(path, file);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql.replaceAll('$file', path))).getRowObjectsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}
