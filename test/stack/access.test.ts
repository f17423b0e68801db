import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourcesOf, templateOf } from './synth.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** Logical ids without their hash, intrinsic functions as their text: short enough to be read. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', '']] = Object.entries(value as Record<string, unknown>);
  if (name === 'Fn::GetAtt') return withoutHash((argument as string[])[0] ?? '');
  if (name === 'Ref') return withoutHash(String(argument));
  if (name === 'Fn::Join') return ((argument as [string, unknown[]])[1] ?? []).map(plain).join('');
  return withoutHash(JSON.stringify(value));
}
const withoutHash = (id: string): string =>
  id
    .replace(/^Pixel/, '')
    .replace(/[0-9A-F]{8}$/, '')
    .replace('AWS::Partition', 'aws');

const template = templateOf();
const short = (text: string): string =>
  text
    .replace(/^arn:aws:(\w+):us-east-1:123456789012:/, '$1:')
    .replace(/arn:aws:s3:::cdk-hnb659fds-assets-123456789012-us-east-1\/[0-9a-f]{64}/, 'assets/<hash>');

/** What a role may do, as "actions -> resources" lines, by role. */
function roleTable(): Readonly<Record<string, readonly string[]>> {
  const roles: Record<string, string[]> = {};
  for (const [role, line] of roleLines()) {
    roles[role] = [...(roles[role] ?? []), line].sort();
  }
  return roles;
}

/** Policies by whom they are for: of a role, or of the people whom an account attaches them to. */
function policies(): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  const ofRoles = resourcesOf(template, 'AWS::IAM::Policy').map(
    ([, it]) => [plain(listOf(it['Roles'] as unknown[])[0]).replace(/Role$/, ''), it] as const,
  );
  const ofPeople = resourcesOf(template, 'AWS::IAM::ManagedPolicy').map(
    ([id, it]) => [withoutHash(id), it] as const,
  );
  return [...ofRoles, ...ofPeople];
}

function roleLines(): readonly (readonly [string, string])[] {
  return policies().flatMap(([role, properties]) => {
    const { Statement } = properties['PolicyDocument'] as { Statement: readonly Statement[] };
    return Statement.map((statement) => [role, lineOf(statement)] as const);
  });
}

function lineOf({ Action, Resource, Condition }: Statement): string {
  const resources = listOf(Resource).map(plain).map(short).join(' ');
  const prefixes = (Condition as { StringLike?: Record<string, string[]> })?.StringLike?.['s3:prefix'];
  return `${listOf(Action).join(' ')} -> ${resources}${prefixes === undefined ? '' : ` below ${prefixes.join(' ')}`}`;
}

describe('what each role may do', () => {
  it('is this and nothing more', () => {
    expect(roleTable()).toEqual({
      BucketNotificationsHandler050a0587b7544547bf325f094a3db834: [
        's3:PutBucketNotification -> Data',
        's3:PutBucketNotification -> Logs',
      ],
      CollectorEdgeDaily: ['lambda:InvokeFunction -> CollectorEdgeFunction CollectorEdgeFunction:*'],
      CollectorEdgeFunction: [
        'cloudfront-keyvaluestore:DescribeKeyValueStore cloudfront-keyvaluestore:ListKeys cloudfront-keyvaluestore:UpdateKeys -> CollectorEdgeStore',
        'logs:CreateLogStream logs:PutLogEvents -> CollectorEdgeFunctionLog',
        's3:GetObject -> Data/registry/campaigns.* Data/registry/zones.json',
        's3:ListBucket -> Data below registry/campaigns.',
        's3:PutObject -> Data/registry/carried.json Data/registry/forgotten.json Data/registry/zones.json Data/tables/campaigns/*',
      ],
      CollectorImagesFunction: [
        'logs:CreateLogStream logs:PutLogEvents -> CollectorImagesFunctionLog',
        's3:DeleteObject s3:PutObject -> CollectorImagesBucket/*',
        's3:GetObject -> assets/<hash>.gif',
        's3:ListBucket -> CollectorImagesBucket',
        's3:PutObject -> Data/registry/assets.json',
      ],
      IngestionFunction: [
        'logs:CreateLogStream logs:PutLogEvents -> IngestionFunctionLog',
        's3:GetObject -> Data/registry/assets.json Data/registry/forgotten.json Data/registry/zones.json Logs/logs/*',
        's3:PutObject -> Data/fresh/* Data/quarantine/*',
        'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage -> IngestionArrivals',
      ],
      MergeFunction: [
        'athena:GetQueryExecution athena:GetQueryResults athena:StartQueryExecution athena:StopQueryExecution -> athena:workgroup/clearpixel_merges',
        'cloudwatch:GetMetricData -> *',
        'glue:GetDatabase glue:GetPartitions glue:GetTable glue:GetTables -> glue:catalog glue:database/clearpixel glue:table/clearpixel/*',
        'glue:UpdateTable -> glue:catalog glue:database/clearpixel glue:table/clearpixel/changes glue:table/clearpixel/copies glue:table/clearpixel/daily glue:table/clearpixel/events glue:table/clearpixel/hourly glue:table/clearpixel/requests glue:table/clearpixel/verdicts',
        'logs:CreateLogStream logs:PutLogEvents -> MergeFunctionLog',
        's3:AbortMultipartUpload s3:DeleteObject s3:ListMultipartUploadParts s3:PutObject -> Data/tables/changes/* Data/tables/copies/* Data/tables/daily/* Data/tables/events/* Data/tables/hourly/* Data/tables/requests/* Data/tables/verdicts/*',
        's3:AbortMultipartUpload s3:GetObject s3:ListMultipartUploadParts s3:PutObject -> Data/results/merges/*',
        's3:DeleteObject -> Data/fresh/* Data/registry/commands/*',
        's3:GetBucketLocation -> Data',
        's3:GetObject -> Data/fresh/* Data/registry/commands/* Data/registry/forgotten.json Data/registry/lease.json Data/registry/night.json Data/registry/upkeep.json Data/registry/zones.json Data/tables/*',
        's3:ListBucket -> Data below quarantine/*',
        's3:ListBucket -> Data below registry/commands/*',
        's3:ListBucket -> Data below results/merges/*',
        's3:ListBucket -> Data below tables/* fresh/*',
        's3:PutObject -> Data/registry/answers/* Data/registry/commands/* Data/registry/forgotten.json Data/registry/lease.json Data/registry/night.json Data/registry/upkeep.json',
      ],
      MergeHourly: ['lambda:InvokeFunction -> MergeFunction MergeFunction:*'],
      MergeNightly: ['lambda:InvokeFunction -> MergeFunction MergeFunction:*'],
      PeopleAnalysts: [
        'athena:BatchGetNamedQuery athena:BatchGetQueryExecution athena:GetNamedQuery athena:GetQueryExecution athena:GetQueryResults athena:GetWorkGroup athena:ListNamedQueries athena:ListQueryExecutions athena:StartQueryExecution athena:StopQueryExecution -> athena:workgroup/clearpixel_analysts',
        'athena:ListDataCatalogs athena:ListWorkGroups -> *',
        'glue:GetDatabase glue:GetPartitions glue:GetTable glue:GetTables -> glue:catalog glue:database/clearpixel glue:table/clearpixel/automated_daily glue:table/clearpixel/campaign_daily glue:table/clearpixel/campaigns glue:table/clearpixel/changes glue:table/clearpixel/context_daily glue:table/clearpixel/copies glue:table/clearpixel/daily glue:table/clearpixel/data_quality glue:table/clearpixel/hourly glue:table/clearpixel/requests glue:table/clearpixel/settings',
        's3:AbortMultipartUpload s3:ListMultipartUploadParts s3:PutObject -> Data/results/analysts/*',
        's3:GetBucketLocation -> Data',
        's3:GetObject -> Data/results/analysts/* Data/tables/campaigns/* Data/tables/changes/* Data/tables/copies/* Data/tables/daily/* Data/tables/hourly/* Data/tables/requests/*',
        's3:ListBucket -> Data below results/analysts/*',
        's3:ListBucket -> Data below tables/daily/* tables/hourly/* tables/copies/* tables/requests/* tables/changes/* tables/campaigns/*',
      ],
      PeopleOperators: [
        'athena:BatchGetNamedQuery athena:BatchGetQueryExecution athena:GetNamedQuery athena:GetQueryExecution athena:GetQueryResults athena:GetWorkGroup athena:ListNamedQueries athena:ListQueryExecutions athena:StartQueryExecution athena:StopQueryExecution -> athena:workgroup/clearpixel_operators',
        'athena:ListDataCatalogs athena:ListWorkGroups -> *',
        'cloudformation:DescribeStacks -> cloudformation:stack/ClearPixel/*',
        'glue:GetDatabase glue:GetPartitions glue:GetTable glue:GetTables -> glue:catalog glue:database/clearpixel glue:table/clearpixel/*',
        's3:AbortMultipartUpload s3:ListMultipartUploadParts s3:PutObject -> Data/results/operators/*',
        's3:DeleteObject -> Data/registry/answers/*',
        's3:DeleteObject s3:PutObject -> Data/quarantine/*',
        's3:GetBucketLocation -> Data',
        's3:GetObject -> Data/fresh/* Data/quarantine/* Data/registry/answers/* Data/registry/campaigns.* Data/registry/carried.json Data/registry/zones.json Data/results/operators/* Data/tables/* Logs/logs/*',
        's3:ListBucket -> Data below quarantine/* fresh/*',
        's3:ListBucket -> Data below registry/answers/*',
        's3:ListBucket -> Data below registry/campaigns. registry/carried.json',
        's3:ListBucket -> Data below results/operators/*',
        's3:ListBucket -> Data below tables/* fresh/*',
        's3:ListBucket -> Logs below logs/*',
        's3:PutObject -> Data/registry/campaigns.* Data/registry/commands/* Logs/logs/*',
        'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:ReceiveMessage -> IngestionDeadLetters',
        'sqs:SendMessage -> IngestionArrivals',
      ],
      ReportingFunction: [
        'athena:GetQueryExecution athena:GetQueryResults athena:StartQueryExecution athena:StopQueryExecution -> athena:workgroup/clearpixel_reports',
        'glue:GetDatabase glue:GetPartitions glue:GetTable glue:GetTables -> glue:catalog glue:database/clearpixel glue:table/clearpixel/automated_daily glue:table/clearpixel/campaign_daily glue:table/clearpixel/campaigns glue:table/clearpixel/changes glue:table/clearpixel/context_daily glue:table/clearpixel/copies glue:table/clearpixel/daily glue:table/clearpixel/data_quality glue:table/clearpixel/hourly glue:table/clearpixel/requests glue:table/clearpixel/settings',
        'logs:CreateLogStream logs:PutLogEvents -> ReportingFunctionLog',
        's3:AbortMultipartUpload s3:GetObject s3:ListMultipartUploadParts s3:PutObject -> Data/results/reports/*',
        's3:GetBucketLocation -> Data',
        's3:GetObject -> Data/registry/reports/* Data/registry/zones.json Data/tables/campaigns/* Data/tables/changes/* Data/tables/copies/* Data/tables/daily/* Data/tables/hourly/* Data/tables/requests/*',
        's3:ListBucket -> Data below results/reports/*',
        's3:ListBucket -> Data below tables/daily/* tables/hourly/* tables/copies/* tables/requests/* tables/changes/* tables/campaigns/*',
        's3:PutObject -> Data/registry/reports/*',
        'ses:SendEmail -> ses:identity/clearpixel@example.com ses:identity/example.com',
      ],
      ReportingSchedule: ['lambda:InvokeFunction -> ReportingFunction ReportingFunction:*'],
      TablesFunction: [
        'athena:GetQueryExecution athena:GetQueryResults athena:StartQueryExecution athena:StopQueryExecution -> athena:workgroup/clearpixel_merges',
        'glue:CreateTable glue:GetDatabase glue:GetPartitions glue:GetTable glue:GetTables glue:UpdateTable -> glue:catalog glue:database/clearpixel glue:table/clearpixel/changes glue:table/clearpixel/copies glue:table/clearpixel/daily glue:table/clearpixel/events glue:table/clearpixel/hourly glue:table/clearpixel/requests glue:table/clearpixel/verdicts',
        'logs:CreateLogStream logs:PutLogEvents -> TablesFunctionLog',
        's3:AbortMultipartUpload s3:GetObject s3:ListMultipartUploadParts s3:PutObject -> Data/results/merges/* Data/tables/changes/* Data/tables/copies/* Data/tables/daily/* Data/tables/events/* Data/tables/hourly/* Data/tables/requests/* Data/tables/verdicts/*',
        's3:GetBucketLocation -> Data',
        's3:ListBucket -> Data below results/merges/*',
        's3:ListBucket -> Data below tables/events/* tables/daily/* tables/hourly/* tables/copies/* tables/requests/* tables/verdicts/* tables/changes/*',
      ],
    });
  });

  it('never names all resources or all actions, but for metrics and lists that have no resources', () => {
    const wide = roleLines().filter(([, line]) => /-> (.* )?\*( |$)/.test(line) || /:\* /.test(line));
    expect(wide.map(([role, line]) => `${role}: ${line}`)).toEqual([
      'MergeFunction: cloudwatch:GetMetricData -> *',
      'PeopleOperators: athena:ListDataCatalogs athena:ListWorkGroups -> *',
      'PeopleAnalysts: athena:ListDataCatalogs athena:ListWorkGroups -> *',
    ]);
  });
});

describe('policies for people', () => {
  it.each(['OperatorsPolicyArn', 'AnalystsPolicyArn'])('are named by the output %s', (name) => {
    const { Value } = template.findOutputs(name)[name] as { Value: unknown };
    expect(plain(Value)).toBe(`People${name.replace('PolicyArn', '')}`);
  });

  it('stay below what IAM takes', () => {
    // 6,144 characters; a reference in the template is about as long as the ARN that it becomes.
    const sizes = policies().map(([name, { PolicyDocument }]) => [
      name,
      JSON.stringify(PolicyDocument).length,
    ]);
    expect(
      sizes.filter(([name, size = 0]) => String(name).startsWith('People') && Number(size) > 6144),
    ).toEqual([]);
  });
});

describe('the merge', () => {
  it("reads metrics in CloudFront's region only", () => {
    const statements = resourcesOf(template, 'AWS::IAM::Policy').flatMap(
      ([, it]) => (it['PolicyDocument'] as { Statement: readonly Statement[] }).Statement,
    );
    const reading = statements.filter(({ Action }) => listOf(Action).includes('cloudwatch:GetMetricData'));
    expect(reading.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    ]);
  });
});

describe('the environment of each function', () => {
  const folder = resolve(import.meta.dirname, '../../lambda');
  const entries = readdirSync(folder).filter((name) =>
    /export (const|async function|function) handler/.test(readFileSync(join(folder, name), 'utf8')),
  );

  it.each(entries)('has what %s asks for', (name) => {
    const source = readFileSync(join(folder, name), 'utf8');
    const wanted = [...source.matchAll(/requireEnv\('(\w+)'\)/g)].map(([, variable]) => variable ?? '');
    const functions = resourcesOf(template, 'AWS::Lambda::Function').map(
      ([, properties]) =>
        (properties['Environment'] as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {},
    );
    const own = functions.find(
      (variables) => variables['POWERTOOLS_SERVICE_NAME'] === name.replace('.ts', ''),
    );
    expect(Object.keys(own ?? {})).toEqual(expect.arrayContaining(wanted));
  });
});
