import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';

export interface Script {
  /** States in the order in which they are seen; the last one stays. */
  readonly states: readonly string[];
  readonly reason?: string;
  readonly pages?: readonly Partial<GetQueryResultsCommandOutput>[];
}

/** Athena that plays a script: how a query ends and what it answers. */
export class FakeAthena {
  readonly started: StartQueryExecutionCommand['input'][] = [];
  readonly stopped: string[] = [];
  private readonly script: Script;
  private looks = 0;

  constructor(script: Script) {
    this.script = script;
  }

  get client(): Pick<AthenaClient, 'send'> {
    return { send: (async (command: unknown) => this.answer(command)) as AthenaClient['send'] };
  }

  private answer(command: unknown): object {
    const { states, reason, pages = [{}] } = this.script;
    if (command instanceof StartQueryExecutionCommand) {
      this.started.push(command.input);
      return { QueryExecutionId: `q${this.started.length}` };
    }
    if (command instanceof GetQueryExecutionCommand) {
      const State = states[Math.min(this.looks++, states.length - 1)];
      return { QueryExecution: { Status: { State, StateChangeReason: reason } } };
    }
    if (command instanceof GetQueryResultsCommand) {
      const index = Number(command.input.NextToken ?? 0);
      return { ...pages[index], ...(index + 1 < pages.length && { NextToken: String(index + 1) }) };
    }
    if (command instanceof StopQueryExecutionCommand) {
      this.stopped.push(command.input.QueryExecutionId ?? '');
      return {};
    }
    throw new Error(`the fake has no ${(command as object).constructor.name}`);
  }
}
