import { randomUUID } from 'node:crypto';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { type ReclassifyOptions, type ReclassifyPlace, reclassifyIn } from '../../core/reclassify/command.ts';
import type { Preview } from '../../core/reclassify/preview.ts';
import type { Progress } from '../../core/reclassify/reclassify.ts';
import { type Terminal, UsageError } from '../../core/terminal.ts';
import { askMerge } from '../ask.ts';
import { blameAccess } from '../blame-access.ts';
import { findStack } from '../stack.ts';
import { StoredObjects } from '../stored-objects.ts';

export interface StackReclassifyOptions extends ReclassifyOptions {
  readonly stack: string;
  readonly region?: string;
  /** Seconds, for each of the two answers. */
  readonly wait: number;
}

export interface ReclassifyClients {
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  readonly s3: Pick<S3Client, 'send'>;
  /** Another one for each question. */
  readonly newId: () => string;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

/** Classifies the loads of a deployed stack again, by the rules that it has. */
export async function reclassifyCommand(
  options: StackReclassifyOptions,
  terminal: Terminal,
): Promise<number> {
  const { region } = options;
  return reclassifyWith(options, terminal, {
    cloudFormation: new CloudFormationClient({ region }),
    s3: new S3Client({ region }),
    newId: randomUUID,
    now: Date.now,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

/** The same with the clients and the clock handed in. */
export async function reclassifyWith(
  options: StackReclassifyOptions,
  terminal: Terminal,
  { cloudFormation, s3, newId, now, pause }: ReclassifyClients,
): Promise<number> {
  const { stack, wait } = options;
  const { dataBucket } = await findStack(cloudFormation, stack).catch(blameAccess);
  const data = new StoredObjects(s3, dataBucket);
  const ask = async <Answer>(reclassify: object, late: string): Promise<Answer> => {
    terminal.progress('waiting for the merge function');
    const asked = { data, id: newId(), waitSeconds: wait, now, pause };
    const answer = (await askMerge({ reclassify }, asked)) as Answer | { readonly problem: string } | null;
    if (answer === null) throw new Error(`no answer in ${wait} s: ${late}`);
    if (isProblem(answer)) throw new UsageError(answer.problem);
    return answer;
  };
  const place: ReclassifyPlace = {
    name: `the stack ${stack}`,
    preview: (span) => ask<Preview>(span, 'a merge is under way; ask again, or wait longer with --wait'),
    apply: (span, ruleset) =>
      ask<Progress>(
        { ...span, ruleset },
        'the merge function goes on with it, hour by hour until it is done',
      ),
  };
  return reclassifyIn(place, options, terminal);
}

const isProblem = (answer: unknown): answer is { readonly problem: string } =>
  typeof answer === 'object' && answer !== null && 'problem' in answer;
