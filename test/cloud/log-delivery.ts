import {
  type CloudWatchLogsClient,
  CreateDeliveryCommand,
  type OutputFormat,
  PutDeliveryDestinationCommand,
  PutDeliverySourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { lackingResources, type StackFiles } from './assembly.ts';
import { ACCOUNT } from './emulator.ts';

/** What CloudFormation would hand to the API, by type. */
interface Properties {
  readonly 'AWS::Logs::DeliverySource': { readonly [name in 'Name' | 'ResourceArn' | 'LogType']: string };
  readonly 'AWS::Logs::DeliveryDestination': {
    readonly Name: string;
    readonly OutputFormat: OutputFormat;
    readonly DestinationResourceArn: string;
  };
  readonly 'AWS::Logs::Delivery': {
    readonly RecordFields: string[];
    readonly S3SuffixPath: string;
    readonly S3EnableHiveCompatiblePath: boolean;
  };
}

/**
 * Makes the log delivery that the emulator's CloudFormation lacks: through its API, from the template's own words.
 * @param outputOf value of another stack's output
 * @returns id of the delivery
 */
export async function makeLogDelivery(
  { template }: StackFiles,
  client: CloudWatchLogsClient,
  outputOf: (stack: string, output: string) => string,
): Promise<string> {
  const read = <Type extends keyof Properties>(type: Type): Properties[Type] => {
    const found = Object.values(lackingResources(template)).find(({ Type }) => Type === type);
    return resolve(found?.Properties, outputOf) as Properties[Type];
  };
  const source = read('AWS::Logs::DeliverySource');
  const destination = read('AWS::Logs::DeliveryDestination');
  const delivery = read('AWS::Logs::Delivery');
  await client.send(
    new PutDeliverySourceCommand({
      name: source.Name,
      resourceArn: source.ResourceArn,
      logType: source.LogType,
    }),
  );
  const made = await client.send(
    new PutDeliveryDestinationCommand({
      name: destination.Name,
      outputFormat: destination.OutputFormat,
      deliveryDestinationConfiguration: { destinationResourceArn: destination.DestinationResourceArn },
    }),
  );
  const answer = await client.send(
    new CreateDeliveryCommand({
      deliverySourceName: source.Name,
      deliveryDestinationArn: made.deliveryDestination?.arn,
      recordFields: delivery.RecordFields,
      s3DeliveryConfiguration: {
        suffixPath: delivery.S3SuffixPath,
        enableHiveCompatiblePath: delivery.S3EnableHiveCompatiblePath,
      },
    }),
  );
  return answer.delivery?.id ?? '';
}

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  readonly 'Fn::GetStackOutput'?: { readonly StackName: string; readonly OutputName: string };
}

/** The few functions of CloudFormation that these three use; what refers to one of the three stays as it is. */
function resolve(value: unknown, outputOf: (stack: string, output: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, outputOf));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::Join': join, 'Fn::GetStackOutput': output } = value as Intrinsic;
  if (Ref === 'AWS::AccountId') return ACCOUNT;
  if (join !== undefined) return join[1].map((part) => resolve(part, outputOf)).join(join[0]);
  if (output !== undefined) return outputOf(output.StackName, output.OutputName);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, outputOf)]));
}
