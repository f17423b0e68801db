import { readFileSync } from 'node:fs';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { CAMPAIGNS, type CampaignsAction, type CampaignsOptions } from '../../core/registry/commands.ts';
import type { Terminal } from '../../core/terminal.ts';
import { blameAccess } from '../blame-access.ts';
import { StackPlace } from '../registry-place.ts';
import { findStack } from '../stack.ts';
import { StoredObjects } from '../stored-objects.ts';

export interface StackCampaignsOptions extends CampaignsOptions {
  readonly stack?: string;
  readonly region?: string;
  /** Seconds. */
  readonly wait: number;
}

export interface CampaignsClients {
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  readonly s3: Pick<S3Client, 'send'>;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

/** The registry of a deployed stack; credentials and region come as for any AWS tool. */
export const campaigns =
  (action: CampaignsAction) =>
  async (options: StackCampaignsOptions, terminal: Terminal): Promise<number> => {
    const { region } = options;
    return campaignsWith(action, options, terminal, {
      cloudFormation: new CloudFormationClient({ region }),
      s3: new S3Client({ region }),
      now: Date.now,
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
  };

/** The same with the clients and the clock handed in. */
export async function campaignsWith(
  action: CampaignsAction,
  options: StackCampaignsOptions,
  terminal: Terminal,
  { cloudFormation, s3, now, pause }: CampaignsClients,
): Promise<number> {
  const stack = options.stack ?? '';
  const { dataBucket } = await findStack(cloudFormation, stack).catch(blameAccess);
  const place = new StackPlace({
    data: new StoredObjects(s3, dataBucket),
    stack,
    waitSeconds: options.wait,
    now,
    pause,
    progress: (text) => terminal.progress(text),
  });
  return CAMPAIGNS[action](options, { place, readFile: readFileSync, now }, terminal);
}
