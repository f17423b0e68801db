import { Stack, Validations } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { Construct } from 'constructs';
import { TABLE_PREFIXES } from '../core/layout.ts';
import type { Grantee } from './grantee.ts';
import type { PrivateBucket } from './private-bucket.ts';

export interface WorkgroupProps {
  /** Unique in the account and region. */
  readonly name: string;
  readonly description: string;
  readonly data: PrivateBucket;
  /**
   * A query that would read more is refused.
   * @default - no limit
   */
  readonly maxGigabytes?: number;
}

/** Settings that a query cannot overrule: encrypted results in a place of its own, and a limit of bytes. */
export class Workgroup extends Construct {
  readonly name: string;
  private readonly data: PrivateBucket;
  private readonly results: string;

  constructor(scope: Construct, id: string, props: WorkgroupProps) {
    super(scope, id);
    this.name = props.name;
    this.data = props.data;
    this.results = `${TABLE_PREFIXES.results}${id.toLowerCase()}/`;
    new CfnWorkGroup(this, 'Workgroup', {
      name: props.name,
      description: props.description,
      // The history of queries alone would keep the stack from being deleted.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        ...(props.maxGigabytes && { bytesScannedCutoffPerQuery: props.maxGigabytes * 1_000_000_000 }),
        resultConfiguration: {
          outputLocation: props.data.s3UrlForObject(this.results),
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
          expectedBucketOwner: Stack.of(this).account,
        },
      },
    });
  }

  /** Lets a function, or people, run queries here and read their results; what they may read is the tables' say. */
  allowQueries(grantee: Grantee): void {
    grantee.allow(
      [
        'athena:StartQueryExecution',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:StopQueryExecution',
      ],
      [this.arn],
    );
    grantee.allow(['s3:GetBucketLocation'], [this.data.bucketArn]);
    this.data.allowRead(grantee, `${this.results}*`);
    this.data.allowWriteInParts(grantee, `${this.results}*`);
    this.data.allowList(grantee, `${this.results}*`);
    grantee.addEnvironment?.('WORKGROUP', this.name);
  }

  /** Lets people find their way here in Athena's editor: the settings, the saved queries, what ran before. */
  allowBrowsing(grantee: Grantee): void {
    grantee.allow(
      [
        'athena:GetWorkGroup',
        'athena:ListQueryExecutions',
        'athena:BatchGetQueryExecution',
        'athena:ListNamedQueries',
        'athena:GetNamedQuery',
        'athena:BatchGetNamedQuery',
      ],
      [this.arn],
    );
    grantee.allow(['athena:ListWorkGroups', 'athena:ListDataCatalogs'], ['*']);
    Validations.of(grantee.holder).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Athena takes no resource for these two lists of names, with which its editor begins.',
    });
  }

  private get arn(): string {
    return Stack.of(this).formatArn({ service: 'athena', resource: 'workgroup', resourceName: this.name });
  }
}
