import './localhost-names.cjs';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
// The edge store is asked with one signature for every region.
import '@aws-sdk/signature-v4a';

export type Clients = ReturnType<typeof clientsOf>;

/** The SDK as anyone has it, with the emulator as its cloud. */
export function clientsOf(endpoint: string, region: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint, region, credentials };
  return {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    lambda: new LambdaClient(options),
    sqs: new SQSClient(options),
    mail: new SESv2Client(options),
    store: new CloudFrontKeyValueStoreClient(options),
    stacks: new CloudFormationClient(options),
    /** Log delivery and whatever else AWS takes in another region. */
    metricsIn: (place: string) => new CloudWatchClient({ ...options, region: place }),
    logsIn: (place: string) => new CloudWatchLogsClient({ ...options, region: place }),
  };
}
