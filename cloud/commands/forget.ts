import { randomUUID } from 'node:crypto';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { checkToken } from '../../core/registry/forgotten.ts';
import { erasureLines } from '../../core/registry/forgotten-words.ts';
import { EXIT, type Terminal, UsageError } from '../../core/terminal.ts';
import { askMerge } from '../ask.ts';
import { blameAccess } from '../blame-access.ts';
import { type DeployedStack, findStack } from '../stack.ts';
import { StoredObjects } from '../stored-objects.ts';

export interface ForgetOptions {
  readonly recipient: string;
  readonly stack: string;
  readonly region?: string;
  /** Seconds. */
  readonly wait: number;
}

export interface ForgetClients {
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  readonly s3: Pick<S3Client, 'send'>;
  readonly id: string;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

type Answer = { readonly loads: number; readonly days: readonly string[]; readonly left: number };

/** Forgets a recipient in a deployed stack; credentials and region come as for any AWS tool. */
export async function forgetCommand(options: ForgetOptions, terminal: Terminal): Promise<number> {
  const { region } = options;
  return forgetWith(options, terminal, {
    cloudFormation: new CloudFormationClient({ region }),
    s3: new S3Client({ region }),
    id: randomUUID(),
    now: Date.now,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

/** The same with the clients and the clock handed in. */
export async function forgetWith(
  { recipient: token, stack: name, wait }: ForgetOptions,
  terminal: Terminal,
  { cloudFormation, s3, id, now, pause }: ForgetClients,
): Promise<number> {
  checkToken(token);
  const stack = await findStack(cloudFormation, name).catch(blameAccess);
  terminal.progress('waiting for the merge function');
  const data = new StoredObjects(s3, stack.dataBucket);
  const answer = (await askMerge({ forget: token }, { data, id, waitSeconds: wait, now, pause })) as
    | Answer
    | { readonly problem: string }
    | null;
  if (answer === null) {
    terminal.warn(
      `no answer in ${wait} s: a merge is under way, and the next one forgets; ask again to see that it did`,
    );
    return EXIT.failed;
  }
  if ('problem' in answer) throw new UsageError(answer.problem);
  const erasure = { token, ...answer };
  if (terminal.json) terminal.print(JSON.stringify(erasure));
  else for (const line of erasureLines(erasure, remainsIn(stack))) terminal.print(line);
  return erasure.left === 0 ? EXIT.done : EXIT.failed;
}

const remainsIn = ({ logBucket, dataBucket }: DeployedStack): readonly string[] => [
  `raw logs in s3://${logBucket}/logs/ until they expire (retention.logDays, 8 days by default)`,
  `older files of the tables in s3://${dataBucket}/tables/ until two nights have passed`,
  `copies of logs that could not be parsed, in s3://${dataBucket}/quarantine/, until they are replayed or expire`,
  "the texts of the statements in Athena's history, for 45 days",
  'your own list of tokens, until you delete its row',
];
