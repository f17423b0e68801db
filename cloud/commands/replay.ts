import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { EXIT, type Terminal } from '../../core/terminal.ts';
import { blameAccess } from '../blame-access.ts';
import { DeadLetters } from '../dead-letters.ts';
import { Quarantine } from '../quarantine.ts';
import { type Replayed, replay } from '../replay.ts';
import { findStack } from '../stack.ts';

export interface ReplayOptions {
  readonly args: readonly string[];
  readonly stack: string;
  readonly region?: string;
  readonly dryRun?: boolean;
  /** Seconds. */
  readonly wait: number;
}

export interface ReplayClients {
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  readonly s3: Pick<S3Client, 'send'>;
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

/** Replays what failed in a deployed stack; credentials and region come as for any AWS tool. */
export async function replayCommand(options: ReplayOptions, terminal: Terminal): Promise<number> {
  const { region } = options;
  return replayWith(options, terminal, {
    cloudFormation: new CloudFormationClient({ region }),
    s3: new S3Client({ region }),
    sqs: new SQSClient({ region }),
    now: Date.now,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

/** The same with the clients and the clock handed in. */
export async function replayWith(
  options: ReplayOptions,
  terminal: Terminal,
  { cloudFormation, s3, sqs, now, pause }: ReplayClients,
): Promise<number> {
  const stack = await findStack(cloudFormation, options.stack).catch(blameAccess);
  const done: Replayed[] = [];
  const tell = (what: Replayed): void => {
    done.push(what);
    terminal.print(terminal.json ? JSON.stringify(what) : lineOf(what));
  };
  await replay(
    {
      quarantine: new Quarantine({ client: s3, ...stack }),
      letters: new DeadLetters({ client: sqs, ...stack }),
      tell,
      progress: (text) => terminal.progress(text),
      now,
      pause,
    },
    { keys: options.args, dryRun: options.dryRun === true, waitSeconds: options.wait },
  );
  return conclude(done, terminal);
}

/** A letter that is no event names nothing, so its id stands for it. */
const lineOf = (what: Replayed): string =>
  'object' in what
    ? `${what.object}: ${what.outcome}`
    : `dead letter ${what.objects.join(', ') || what.letter}: ${what.outcome}`;

function conclude(done: readonly Replayed[], terminal: Terminal): number {
  const number = (outcome: Replayed['outcome']): number =>
    done.filter((what) => what.outcome === outcome).length;
  if (done.length === 0) terminal.warn('nothing to replay: no object in quarantine, no dead letter');
  const unread = number('failed again');
  const open = number('not known yet');
  if (unread > 0)
    terminal.warn(`${unread} could not be parsed again: mend their copies in quarantine/, then replay`);
  if (open > 0)
    terminal.warn(`of ${open} no word came in time: their copies are kept, replay again to look for them`);
  if (unread > 0) return EXIT.unreadable;
  return open > 0 ? EXIT.failed : EXIT.done;
}
