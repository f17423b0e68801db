import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import type { Row } from '../../core/warehouse.ts';
import { toRows } from '../../local/duckdb-values.ts';
import { connect } from '../sql/memory-warehouse.ts';

/** Plans of tables of so few rows take ten times as long as their work: those that come again are kept. */
export class PreparedDatabase {
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;
  private readonly plans = new Map<string, DuckDBPreparedStatement>();

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.instance = instance;
    this.connection = connection;
  }

  static async open(): Promise<PreparedDatabase> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await connect(instance);
    await connection.run('set threads = 1');
    // A plan that is kept must hold for whatever the tables hold later.
    await connection.run("set disabled_optimizers = 'statistics_propagation,empty_result_pullup'");
    return new PreparedDatabase(instance, connection);
  }

  async query(sql: string): Promise<readonly Row[]> {
    const reader = await (await this.planOf(sql)).runAndReadAll();
    return toRows(reader.columnNames(), reader.getRows());
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  /** Names of files do not come again. */
  private async planOf(sql: string): Promise<DuckDBPreparedStatement> {
    const plan = this.plans.get(sql) ?? (await this.connection.prepare(sql));
    if (!sql.includes('.parquet')) this.plans.set(sql, plan);
    return plan;
  }
}
