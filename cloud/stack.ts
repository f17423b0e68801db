import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { STACK_OUTPUTS } from '../core/layout.ts';
import { UsageError } from '../core/terminal.ts';

/** Names and addresses of what a deployed stack is made of. */
export type DeployedStack = Readonly<Record<keyof typeof STACK_OUTPUTS, string>>;

/** Reads the outputs of a stack; a stack without them is the operator's to name or to deploy again. */
export async function findStack(
  client: Pick<CloudFormationClient, 'send'>,
  name: string,
): Promise<DeployedStack> {
  const outputs = await readOutputs(client, name);
  const missing = Object.values(STACK_OUTPUTS).filter((output) => !outputs.has(output));
  if (missing.length > 0)
    throw new UsageError(
      `a clearpixel stack has the outputs ${Object.values(STACK_OUTPUTS).join(', ')}; ${name} lacks ` +
        `${missing.join(', ')}: name another with --stack, or deploy this version`,
    );
  const found = Object.entries(STACK_OUTPUTS).map(([part, output]) => [part, outputs.get(output)]);
  return Object.fromEntries(found) as DeployedStack;
}

async function readOutputs(
  client: Pick<CloudFormationClient, 'send'>,
  name: string,
): Promise<ReadonlyMap<string, string>> {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name })).catch(told(name));
  const outputs = (Stacks?.[0]?.Outputs ?? []).map(
    ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
  );
  return new Map(outputs.filter(([, value]) => value !== ''));
}

/** CloudFormation answers a name that it does not know with a ValidationError. */
const told =
  (name: string) =>
  (error: Error): never => {
    if (error.name !== 'ValidationError') throw error;
    throw new UsageError(
      `this account has no stack ${name} in this region: name another with --stack or --region`,
      { cause: error },
    );
  };
