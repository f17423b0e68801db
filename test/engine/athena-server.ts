import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Plan, planStatement, Refused } from './athena-statement.ts';
import { type TrinoColumn, TrinoQuery } from './trino-query.ts';

/** Rows of one page of results, the header among them. */
const PAGE = 1000;

interface Execution {
  readonly query: TrinoQuery;
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason?: string;
  readonly submitted: number;
}

interface Request {
  readonly QueryString: string;
  readonly ExecutionParameters?: readonly string[];
  readonly QueryExecutionContext: { readonly Database: string };
  readonly QueryExecutionId: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

/** As much of the Athena API as the product calls, answered by a Trino. */
export class AthenaServer {
  private readonly server: Server;
  private readonly executions = new Map<string, Execution>();
  /** Tables that have asked for another VACUUM. */
  private readonly askedAgain = new Set<string>();
  private readonly trino: string;

  private constructor(trino: string) {
    this.trino = trino;
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(body));
      });
    });
  }

  /** @param trino address of the engine */
  static async start(trino: string, port: number): Promise<AthenaServer> {
    const athena = new AthenaServer(trino);
    await new Promise<void>((listening) => athena.server.listen(port, '127.0.0.1', listening));
    return athena;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const action = String(request.headers['x-amz-target']).replace('AmazonAthena.', '');
    try {
      return { status: 200, body: this.act(action, JSON.parse(await textOf(request)) as Request) };
    } catch (error) {
      const Message = error instanceof Error ? error.message : String(error);
      return { status: 400, body: { __type: 'InvalidRequestException', Message } };
    }
  }

  private act(action: string, request: Request): object {
    if (action === 'StartQueryExecution') return { QueryExecutionId: this.start(request) };
    const execution = this.executions.get(request.QueryExecutionId);
    if (execution === undefined)
      throw new Refused(`QueryExecution ${request.QueryExecutionId} was not found`);
    if (action === 'GetQueryExecution')
      return { QueryExecution: describe(request.QueryExecutionId, execution) };
    if (action === 'GetQueryResults') return resultsOf(execution, request);
    if (action !== 'StopQueryExecution') throw new Refused(`no rule for ${action}`);
    execution.query.stop();
    if (execution.state !== 'SUCCEEDED') execution.state = 'CANCELLED';
    return {};
  }

  private start({ QueryString, ExecutionParameters, QueryExecutionContext }: Request): string {
    const plan = planStatement(QueryString, ExecutionParameters);
    const id = randomUUID();
    const execution: Execution = { query: new TrinoQuery(), state: 'QUEUED', submitted: Date.now() };
    this.executions.set(id, execution);
    void this.run(execution, plan, QueryExecutionContext.Database);
    return id;
  }

  private async run(execution: Execution, plan: Plan, schema: string): Promise<void> {
    const end = (state: Execution['state'], reason?: string): void => {
      if (execution.state === 'CANCELLED') return;
      execution.state = state;
      if (reason !== undefined) execution.reason = reason;
    };
    try {
      end('RUNNING');
      for (const sql of plan.statements)
        await execution.query.run(sql, { url: this.trino, catalog: plan.catalog, schema });
      this.askForAnother(plan.vacuumed);
      end('SUCCEEDED');
    } catch (error) {
      end('FAILED', error instanceof Error ? error.message : String(error));
    }
  }

  /** Athena bounds the work of one VACUUM and says so; whoever gives up then leaves erased values in the files. */
  private askForAnother(table: string | undefined): void {
    if (table === undefined || this.askedAgain.delete(table)) return;
    this.askedAgain.add(table);
    throw new Error(`ICEBERG_VACUUM_MORE_RUNS_NEEDED: VACUUM ${table} has more to do`);
  }
}

const describe = (QueryExecutionId: string, { state, reason, submitted }: Execution): object => ({
  QueryExecutionId,
  Status: {
    State: state,
    SubmissionDateTime: submitted / 1000,
    ...(reason !== undefined && { StateChangeReason: reason }),
  },
});

/** Everything is text; the header is the first row of the first page. */
function resultsOf({ state, query }: Execution, { NextToken, MaxResults = PAGE }: Request): object {
  if (state !== 'SUCCEEDED') throw new Refused(`Query has not yet finished. Current state: ${state}`);
  const start = Number(NextToken ?? 0);
  const rows = [query.columns.map(({ name }) => name), ...query.rows];
  const end = start + Math.min(MaxResults, PAGE);
  return {
    ...(end < rows.length && { NextToken: String(end) }),
    ResultSet: {
      Rows: rows.slice(start, end).map(dataOf),
      ResultSetMetadata: { ColumnInfo: query.columns.map(infoOf) },
    },
  };
}

const dataOf = (row: readonly unknown[]): object => ({
  Data: row.map((value) => (value === null ? {} : { VarCharValue: String(value) })),
});

/** Athena names types without their size. */
const infoOf = ({ name, type }: TrinoColumn): object => ({ Name: name, Type: type.replace(/\(.*/, '') });

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
