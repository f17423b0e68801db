import { createHash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Config, parseConfig } from '../core/config.ts';
import { settingsView } from '../core/schema/settings.ts';
import { createView, duckdbExtend, duckdbTable } from '../core/schema/tables.ts';
import { FILE_TABLES, TABLES, type Table } from '../core/schema.ts';
import { VIEWS } from '../core/views.ts';
import { viewSql } from './sql-texts.ts';

/** On a laptop fresh files are read where they lie (local/merge.ts); the other tables are DuckDB's own. */
const OWN_TABLES: readonly Table[] = [...TABLES, ...FILE_TABLES.filter(({ name }) => name !== 'fresh')];

/** What the database was made from: `views` and `registry` as hashes of their texts, so that they are made once. */
const MADE = 'create table if not exists made (part varchar not null, hash varchar not null)';

/** Makes or extends tables and views; cheap when nothing changed. */
export async function prepareDatabase(
  connection: DuckDBConnection,
  thresholds: Config['thresholds'] | undefined,
): Promise<void> {
  await connection.run(MADE);
  await once(connection, 'tables', JSON.stringify(OWN_TABLES.map(duckdbTable)), () => makeTables(connection));
  const known = await hashOf(connection, 'settings');
  if (thresholds !== undefined || known === null) {
    const settings = settingsView(thresholds ?? parseConfig({}).thresholds);
    await once(connection, 'settings', settings, () =>
      connection.run(createView('settings', settings)).then(() => undefined),
    );
  }
  const texts = VIEWS.filter(({ name }) => name !== 'settings').map(({ name }) =>
    createView(name, viewSql(name)),
  );
  await once(connection, 'views', texts.join(';\n'), async () => {
    for (const text of texts) await connection.run(text);
  });
}

/** Does the work when the text is not the one it was last done for. */
export async function once(
  connection: DuckDBConnection,
  part: string,
  text: string,
  work: () => Promise<void>,
): Promise<void> {
  const hash = createHash('sha256').update(text).digest('hex');
  if ((await hashOf(connection, part)) === hash) return;
  await work();
  await connection.run('delete from made where part = ?', [part]);
  await connection.run('insert into made values (?, ?)', [part, hash]);
}

async function hashOf(connection: DuckDBConnection, part: string): Promise<string | null> {
  const reader = await connection.runAndReadAll('select hash from made where part = ?', [part]);
  const hash = reader.getRows()[0]?.[0];
  return typeof hash === 'string' ? hash : null;
}

async function makeTables(connection: DuckDBConnection): Promise<void> {
  for (const table of OWN_TABLES) {
    await connection.run(duckdbTable(table));
    const reader = await connection.runAndReadAll(
      'select column_name from information_schema.columns where table_name = ?',
      [table.name],
    );
    const present = new Set(reader.getRows().map(([name]) => String(name)));
    for (const statement of duckdbExtend(table, present)) await connection.run(statement);
  }
}
