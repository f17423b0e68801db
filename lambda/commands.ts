import type { Logger } from '@aws-lambda-powertools/logger';
import { REGISTRY_FILES } from '../core/layout.ts';
import { type Erased, forgetTokens } from '../core/merge/forget.ts';
import type { MergeSql } from '../core/merge/plan.ts';
import { checkToken, type Forgotten, forget } from '../core/registry/forgotten.ts';
import { proofOf } from '../core/registry/forgotten-words.ts';
import type { Warehouse } from '../core/warehouse.ts';
import type { BucketObjects } from './bucket.ts';
import { noteDays } from './upkeep.ts';

export interface CommandsHost {
  readonly data: BucketObjects;
  readonly warehouse: Warehouse;
  readonly sql: MergeSql;
  readonly logger: Pick<Logger, 'info' | 'error'>;
}

/** What `clearpixel forget` puts below registry/commands/. */
interface ForgetCommand {
  readonly forget: string;
  /** What an earlier call found before it was cut off: its days may not be counted again yet. */
  readonly begun?: Erased;
}

/** What is written below registry/answers/ under the command's name; never the token. */
export type CommandAnswer = (Erased & { readonly left: number }) | { readonly problem: string };

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
    else logger.info('a recipient was forgotten', { key, loads: answer.loads, days: answer.days.length });
  }
}

const nameOf = (key: string): string => key.slice(REGISTRY_FILES.commands.length);

async function carryOut(key: string, host: CommandsHost): Promise<CommandAnswer> {
  const { data, warehouse, sql } = host;
  const command = readCommand(Buffer.from((await data.read(key)).bytes).toString('utf8'));
  if ('problem' in command) return command;
  const { forget: token, begun } = command;
  // First, so that whatever is ingested from now on comes without it.
  await remember(data, token);
  const erased = await forgetTokens(warehouse, sql, [token], begun, async (found) => {
    await noteDays(data, found.days);
    await data.write(key, JSON.stringify({ forget: token, begun: found } satisfies ForgetCommand));
  });
  const [row] = await warehouse.query(proofOf(token));
  return { ...erased, left: Number(row?.['loads']) };
}

function readCommand(text: string): ForgetCommand | { readonly problem: string } {
  try {
    const command = JSON.parse(text) as Partial<ForgetCommand> | null;
    if (typeof command?.forget !== 'string') throw new Error('a command is {"forget": token}');
    checkToken(command.forget);
    return command as ForgetCommand;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** edge-state makes the list when the stack is deployed; from then on the holder of the lease alone writes it. */
async function remember(data: BucketObjects, token: string): Promise<void> {
  const { bytes, etag } = await data.read(REGISTRY_FILES.forgotten);
  const known = JSON.parse(Buffer.from(bytes).toString('utf8')) as Forgotten;
  const more = forget(known, [token]);
  if (more.hashes.length === known.hashes.length) return;
  if ((await data.writeIf({ etag }, REGISTRY_FILES.forgotten, JSON.stringify(more))) === null)
    throw new Error(
      `${REGISTRY_FILES.forgotten} has one writer, but changed meanwhile: the next merge tries again`,
    );
}
