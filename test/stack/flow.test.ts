import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { STACK_OUTPUTS } from '../../core/layout.ts';
import { metricNamespace } from '../../core/metrics.ts';
import { FULL, resourceOf, resourcesOf, templateOf } from './synth.ts';

const template = templateOf();

describe('the outputs', () => {
  it('name what the commands work on, whatever the hashes of the resources', () => {
    const output = (name: string): unknown => template.toJSON()['Outputs'][name]?.Value;
    const id = (type: string, part: string): string =>
      resourcesOf(template, type).find(([name]) => name.includes(part))?.[0] ?? '';
    expect(Object.values(STACK_OUTPUTS).map(output)).toEqual([
      { Ref: id('AWS::S3::Bucket', 'Logs') },
      { Ref: id('AWS::S3::Bucket', 'PixelData') },
      { Ref: id('AWS::SQS::Queue', 'Arrivals') },
      { Ref: id('AWS::SQS::Queue', 'DeadLetters') },
      'clearpixel',
      'clearpixel_operators',
    ]);
  });
});

describe('the ingestion', () => {
  it('takes log objects through an encrypted queue with a dead-letter queue', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 4 * 86_400,
      RedrivePolicy: { maxReceiveCount: 3 },
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 7 * 86_400,
      RedrivePolicy: Match.absent(),
    });
  });

  it.each(resourcesOf(template, 'AWS::SQS::Queue').map(([id]) => id))(
    '%s refuses requests without TLS',
    (id) => {
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: id }],
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          ]),
        },
      });
    },
  );

  it('reads batches with a window, a cap, and failures one by one', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 50,
      MaximumBatchingWindowInSeconds: 60,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('hides a message for six times as long as a batch may take, and the window', () => {
    const { VisibilityTimeout } = resourceOf(template, 'AWS::SQS::Queue', 'Arrivals');
    const { Timeout } = resourceOf(template, 'AWS::Lambda::Function', 'Ingestion');
    expect(VisibilityTimeout).toBe(6 * Number(Timeout) + 60);
  });

  it('hears of objects below logs/ only', () => {
    template.hasResourceProperties('Custom::S3BucketNotifications', {
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            Events: ['s3:ObjectCreated:*'],
            Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'logs/' }] } },
          },
        ],
      },
    });
  });
});

describe('every function', () => {
  const functions = resourcesOf(template, 'AWS::Lambda::Function').filter(([id]) => id.startsWith('Pixel'));

  it('is there', () => {
    expect(functions).toHaveLength(6);
  });

  it.each(functions)('%s publishes its figures for this stack', (_id, { Environment }) => {
    expect(Environment).toMatchObject({
      Variables: { POWERTOOLS_METRICS_NAMESPACE: metricNamespace('ClearPixel') },
    });
  });

  it.each(functions)('%s runs on Node 24 and arm64, with its own log that ends', (_id, properties) => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
    });
    const { LoggingConfig } = properties as { LoggingConfig: { LogGroup: { Ref: string } } };
    const [, log] =
      resourcesOf(template, 'AWS::Logs::LogGroup').find(([id]) => id === LoggingConfig.LogGroup.Ref) ?? [];
    expect(log).toMatchObject({ RetentionInDays: expect.any(Number) });
  });
});

describe('what runs by the clock', () => {
  const schedules = (config = FULL) =>
    resourcesOf(templateOf(config), 'AWS::Scheduler::Schedule').map(
      ([, it]) => `${it['ScheduleExpression']} ${it['ScheduleExpressionTimezone'] ?? 'UTC'}`,
    );

  it('is the keys after midnight, the merge hourly, its upkeep nightly, the report as the config says', () => {
    expect(schedules().sort()).toEqual([
      'cron(0 7 ? * MON *) Europe/Berlin',
      'cron(10 * * * ? *) Etc/UTC',
      'cron(40 3 * * ? *) Europe/Berlin',
      'cron(5 0 * * ? *) Europe/Berlin',
    ]);
  });

  it('sends no report without a sender', () => {
    const { report: _, ...config } = FULL;
    expect(schedules(config)).toHaveLength(3);
  });

  it('is called by the scheduler of this account only', () => {
    const trusts = resourcesOf(template, 'AWS::IAM::Role').map(([, it]) =>
      JSON.stringify(it['AssumeRolePolicyDocument']),
    );
    const scheduler = trusts.filter((trust) => trust.includes('scheduler.amazonaws.com'));
    expect(scheduler).toHaveLength(4);
    for (const trust of scheduler) expect(trust).toContain('"aws:SourceAccount":"123456789012"');
  });

  it('tells the time it was scheduled for, so that a repeated call means the same', () => {
    for (const [, it] of resourcesOf(template, 'AWS::Scheduler::Schedule')) {
      const { Input } = it['Target'] as { Input: string };
      expect(JSON.parse(Input)).toMatchObject({ scheduledTime: '<aws.scheduler.scheduled-time>' });
    }
  });
});
