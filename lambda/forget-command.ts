import { REGISTRY_FILES } from '../core/layout.ts';
import { type Erased, forgetTokens } from '../core/merge/forget.ts';
import { type Forgotten, forget } from '../core/registry/forgotten.ts';
import { proofOf } from '../core/registry/forgotten-words.ts';
import type { BucketObjects } from './bucket.ts';
import type { CommandsHost } from './commands.ts';
import { noteDays } from './upkeep.ts';

/** What `clearpixel forget` puts below registry/commands/. */
export interface ForgetCommand {
  readonly forget: string;
  /** What an earlier call found before it was cut off: its days may not be counted again yet. */
  readonly begun?: Erased;
}

/** What it is answered; never the token. */
export type ForgetAnswer = Erased & { readonly left: number };

/** Forgets a token in the registry and in every row; `keep` writes the command anew, with what was begun. */
export async function forgetRecipient(
  { forget: token, begun }: ForgetCommand,
  { data, due, warehouse, sql }: CommandsHost,
  keep: (command: ForgetCommand) => Promise<void>,
): Promise<ForgetAnswer> {
  // First, so that whatever is ingested from now on comes without it.
  await remember(data, token);
  const erased = await forgetTokens(warehouse, sql, [token], due, begun, async (found) => {
    await noteDays(data, found.days);
    await keep({ forget: token, begun: found });
  });
  const [row] = await warehouse.query(proofOf(token));
  return { ...erased, left: Number(row?.['loads']) };
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
