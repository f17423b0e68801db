import type { Logger } from '@aws-lambda-powertools/logger';
import { REGISTRY_FILES } from '../core/layout.ts';
import type { Due } from '../core/merge/due.ts';
import type { MergeSql } from '../core/merge/plan.ts';
import { checkSpan } from '../core/reclassify/command.ts';
import { checkToken } from '../core/registry/forgotten.ts';
import type { Warehouse } from '../core/warehouse.ts';
import type { BucketObjects } from './bucket.ts';
import { type ForgetAnswer, type ForgetCommand, forgetRecipient } from './forget-command.ts';
import {
  type ReclassifyAnswer,
  type ReclassifyCommand,
  type ReclassifyTools,
  reclassifyLoads,
} from './reclassify-command.ts';

export interface CommandsHost {
  readonly data: BucketObjects;
  readonly warehouse: Warehouse;
  readonly sql: MergeSql;
  readonly reclassify: ReclassifyTools;
  readonly now: number;
  readonly due: Due;
  readonly logger: Pick<Logger, 'info' | 'error'>;
}

type Command = ForgetCommand | ReclassifyCommand;

/** What is written below registry/answers/ under the command's name. */
type CommandAnswer = ForgetAnswer | ReclassifyAnswer;

/**
 * Does what commands asked for, one after another; whoever calls holds the lease. A command goes when it is answered, so
 * one that was cut off is done again by the next call.
 */
export async function answerCommands(host: CommandsHost): Promise<void> {
  const { data, logger } = host;
  for (const key of await data.list(REGISTRY_FILES.commands)) {
    const answer = await carryOut(key, host);
    await data.write(`${REGISTRY_FILES.answers}${nameOf(key)}`, JSON.stringify(answer));
    await data.remove([key]);
    if ('problem' in answer) logger.error('a command was refused', { key, ...answer });
    else logger.info('a command was answered', { key, loads: answer.loads, days: answer.days.length });
  }
}

const nameOf = (key: string): string => key.slice(REGISTRY_FILES.commands.length);

async function carryOut(key: string, host: CommandsHost): Promise<CommandAnswer> {
  const { data } = host;
  const command = readCommand(Buffer.from((await data.read(key)).bytes).toString('utf8'));
  const keep = (begun: Command): Promise<void> => data.write(key, JSON.stringify(begun));
  if ('problem' in command) return command;
  return 'forget' in command ? forgetRecipient(command, host, keep) : reclassifyLoads(command, host, keep);
}

function readCommand(text: string): Command | { readonly problem: string } {
  try {
    const command = JSON.parse(text) as Partial<ForgetCommand & ReclassifyCommand> | null;
    if (typeof command?.forget === 'string') checkToken(command.forget);
    else if (typeof command?.reclassify === 'object' && command.reclassify !== null)
      checkSpan(command.reclassify);
    else throw new Error('a command is {"forget": token} or {"reclassify": {since, until}}');
    return command as Command;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
