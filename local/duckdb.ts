import { existsSync } from 'node:fs';
import { type DuckDBConnection, type DuckDBResultReader, StatementType } from '@duckdb/node-api';
import type { Config } from '../core/config.ts';
import type { Row } from '../core/warehouse.ts';
import { prepareDatabase } from './database-setup.ts';
import { toRows } from './duckdb-values.ts';
import type { Home } from './home.ts';
import { loadRegistry } from './registry-table.ts';
import { holdDatabase } from './shared-database.ts';
import { UsageError } from './terminal.ts';
import { inTurn } from './turns.ts';
import type { OpenWarehouse } from './with-warehouse.ts';

export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

export interface OpenOptions {
  /** How long to wait for another process that holds the database. */
  readonly waitMs?: number;
  /** Thresholds for the view `settings`; without it, those of the last opening hold. */
  readonly config?: Pick<Config, 'thresholds'>;
}

const WAIT_MS = 10_000;

/** Opens or makes the database of the home folder: tables, views, settings and the registry as a table. */
export async function openWarehouse(home: Home, options: OpenOptions = {}): Promise<OpenWarehouse> {
  const held = await holdDatabase(home.database, options.waitMs ?? WAIT_MS);
  const connection = await held.instance.connect();
  try {
    await prepare(connection, home, options);
    return warehouseOver(connection, held.release);
  } catch (error) {
    connection.closeSync();
    await held.release();
    throw error;
  }
}

const prepare = (connection: DuckDBConnection, home: Home, { config }: OpenOptions): Promise<void> =>
  inTurn(`prepare ${home.database}`, async () => {
    await prepareDatabase(connection, config?.thresholds);
    await loadRegistry(connection, home);
  });

/** For commands that only read: a database is not made for them. */
export function requireDatabase({ database }: Home): void {
  if (!existsSync(database))
    throw new UsageError(
      `${database} does not exist: ingest logs or simulate first, or name the folder with --home`,
    );
}

/** Answers one statement of a person; refuses statements that write. */
export async function runQuery(home: Home, sql: string, options: OpenOptions = {}): Promise<Answer> {
  requireDatabase(home);
  const held = await holdDatabase(home.database, options.waitMs ?? WAIT_MS);
  const connection = await held.instance.connect();
  try {
    await prepare(connection, home, options);
    await refuseWrites(connection, sql);
    const reader = await readOnly(connection, sql);
    return { columns: reader.columnNames(), rows: toRows(reader.columnNames(), reader.getRows()) };
  } finally {
    connection.closeSync();
    await held.release();
  }
}

const READS: ReadonlySet<StatementType> = new Set([StatementType.SELECT, StatementType.EXPLAIN]);

async function refuseWrites(connection: DuckDBConnection, sql: string): Promise<void> {
  const statements = await connection.extractStatements(sql).catch((error: unknown) => {
    // All that DuckDB's client says when there is no statement at all.
    throw /native callback/.test(String(error)) ? refusal('none') : error;
  });
  if (statements.count !== 1) throw refusal(`${statements.count} statements`);
  const { statementType } = await statements.prepare(0);
  if (!READS.has(statementType)) throw refusal(StatementType[statementType]);
}

/** The kind of a statement does not tell what EXPLAIN ANALYZE would do. */
async function readOnly(connection: DuckDBConnection, sql: string): Promise<DuckDBResultReader> {
  await connection.run('begin transaction read only');
  try {
    return await connection.runAndReadAll(sql);
  } catch (error) {
    throw /read-only mode/.test(String(error)) ? refusal('one that writes') : error;
  }
}

const refusal = (got: string): Error =>
  new Error(`query takes one statement that reads, got ${got}: write one select`);

/** A warehouse over any connection; `release` gives back what it came from. */
export function warehouseOver(connection: DuckDBConnection, release: () => Promise<void>): OpenWarehouse {
  return {
    query: async (sql, parameters = []) => {
      const reader = await connection.runAndReadAll(sql, [...parameters]);
      return toRows(reader.columnNames(), reader.getRows());
    },
    run: async (sql) => void (await connection.run(sql)),
    close: async () => {
      connection.closeSync();
      await release();
    },
  };
}
