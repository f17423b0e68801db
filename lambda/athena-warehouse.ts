import {
  type AthenaClient,
  type ColumnInfo,
  type Datum,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import type { Row, Value, Warehouse } from '../core/warehouse.ts';

export interface AthenaOptions {
  readonly client: Pick<AthenaClient, 'send'>;
  readonly database: string;
  readonly workgroup: string;
  /** Milliseconds left to wait, as Lambda's context tells. */
  readonly remainingMs: () => number;
  readonly wait?: (ms: number) => Promise<void>;
  /** Told the id of each query before its end is waited for. */
  readonly onStart?: (queryId: string) => Promise<void>;
  /**
   * What becomes of a query that does not end in the time there is: stopped, or left to a later call that knows its id.
   * @default 'stop'
   */
  readonly late?: 'stop' | 'leave';
}

/** A statement that Athena did not bring to a good end. */
export class AthenaError extends Error {
  override readonly name = 'AthenaError';
  readonly queryId: string;

  constructor(queryId: string, problem: string) {
    super(`query ${queryId} ${problem}`);
    this.queryId = queryId;
  }
}

/** A statement that is still running: whoever comes next waits for its end. */
export class StillRunning extends Error {
  override readonly name = 'StillRunning';

  constructor(queryId: string) {
    super(`query ${queryId} did not end in the time this function has: the next call waits for it`);
  }
}

/**
 * For the client: an account has few query slots and a low rate of calls, which other users of Athena share. Ten
 * attempts wait for about a minute in all.
 */
export const PATIENT = { retryMode: 'standard', maxAttempts: 10 } as const;

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
/** What is left for telling the end of a query that was given up. */
const RESERVE_MS = 15_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** SQL on Athena: starts a statement, waits for its end within the time there is, reads typed rows. */
export class AthenaWarehouse implements Warehouse {
  private readonly options: AthenaOptions;

  constructor(options: AthenaOptions) {
    this.options = options;
  }

  async query(sql: string, parameters: readonly string[] = []): Promise<readonly Row[]> {
    const queryId = await this.execute(sql, parameters);
    const rows: Row[] = [];
    let token: string | undefined;
    let isFirst = true;
    do {
      const page = await this.options.client.send(
        new GetQueryResultsCommand({ QueryExecutionId: queryId, NextToken: token }),
      );
      const columns = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
      // The first row of the first page repeats the names of the columns.
      const data = (page.ResultSet?.Rows ?? []).slice(isFirst ? 1 : 0);
      rows.push(...data.map((row) => readRow(columns, row.Data ?? [])));
      token = page.NextToken;
      isFirst = false;
    } while (token !== undefined);
    return rows;
  }

  async run(sql: string): Promise<void> {
    await this.execute(sql, []);
  }

  /**
   * Waits for the end of a query that is under way; throws an AthenaError for every end but success, and StillRunning
   * where it is left to go on.
   */
  async settle(queryId: string): Promise<void> {
    const { client, remainingMs, wait = sleep } = this.options;
    for (let pause = FIRST_WAIT_MS; ; pause = Math.min(pause * 1.5, LONGEST_WAIT_MS)) {
      const answer = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: queryId }));
      const { State, StateChangeReason } = answer.QueryExecution?.Status ?? {};
      if (State === 'SUCCEEDED') return;
      if (State === 'FAILED')
        throw new AthenaError(queryId, `failed: ${StateChangeReason ?? 'no reason given'}`);
      if (State === 'CANCELLED')
        throw new AthenaError(queryId, `was cancelled: ${StateChangeReason ?? 'by someone'}`);
      if (remainingMs() - pause < RESERVE_MS) return this.giveUp(queryId);
      await wait(pause);
    }
  }

  private async execute(sql: string, parameters: readonly string[]): Promise<string> {
    const { client, database, workgroup, onStart } = this.options;
    const { QueryExecutionId: queryId } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: database },
        WorkGroup: workgroup,
        ...(parameters.length > 0 && { ExecutionParameters: parameters.map(quote) }),
      }),
    );
    if (queryId === undefined) throw new Error('Athena took a statement without giving it an id');
    await onStart?.(queryId);
    await this.settle(queryId);
    return queryId;
  }

  private async giveUp(queryId: string): Promise<never> {
    if (this.options.late === 'leave') throw new StillRunning(queryId);
    await this.options.client.send(new StopQueryExecutionCommand({ QueryExecutionId: queryId }));
    throw new AthenaError(queryId, 'did not end in the time this function has: it was stopped');
  }
}

/** Athena reads a parameter as a piece of SQL: text stands in quotes. */
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const readRow = (columns: readonly ColumnInfo[], data: readonly Datum[]): Row =>
  Object.fromEntries(columns.map(({ Name = '', Type = '' }, index) => [Name, readValue(Type, data[index])]));

function readValue(type: string, datum: Datum | undefined): Value {
  const text = datum?.VarCharValue;
  if (text === undefined) return null;
  if (['tinyint', 'smallint', 'integer', 'bigint'].includes(type)) return readInteger(text);
  if (['double', 'float', 'real', 'decimal'].includes(type)) return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

function readInteger(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}
