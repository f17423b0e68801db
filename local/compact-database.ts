import { existsSync, renameSync, rmSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { draftOf } from './atomic-file.ts';

/**
 * Copies a database into a new file in its place: DuckDB keeps the pages of changed rows in the old one until it needs
 * them. Nobody else may have it open; whoever waits for it opens the new one.
 */
export async function compactDatabase(file: string): Promise<void> {
  if (!existsSync(file)) return;
  const draft = draftOf(file);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`attach ${quoted(file)} as old`);
    // What waits in its log would else be read into the new file.
    await connection.run('checkpoint old');
    await connection.run(`attach ${quoted(draft)} as new`);
    await connection.run('copy from database old to new');
    await connection.run('detach new');
    renameSync(draft, file);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(draft, { force: true });
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
