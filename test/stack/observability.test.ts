import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { METRICS, type MetricName } from '../../core/metrics.ts';
import { build, FULL, resourceOf, resourcesOf } from './synth.ts';

const RUNBOOK = readFileSync(resolve(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
const ALARMED = { ...FULL, alarms: { to: ['ops@example.com', 'night@example.com'] } };

const templates = (region: string): readonly Template[] => {
  const { app } = build(ALARMED, region);
  return app.synth().stacksRecursively.map(({ template }) => Template.fromJSON(template));
};
const apart = templates('eu-central-1');
const together = templates('us-east-1');

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly { readonly Ref: string }[];
  readonly OKActions: readonly unknown[];
}

interface Figure {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: unknown;
}

/** Every metric that an alarm of the template reads. */
const figuresOf = (template: Template): readonly Figure[] =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(([, it]) => {
    const several = it['Metrics'] as
      | readonly { readonly MetricStat?: { readonly Metric: Figure } }[]
      | undefined;
    return several?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [it as unknown as Figure];
  });

const alarmsOf = (template: Template): readonly AlarmProperties[] =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, it]) => it as unknown as AlarmProperties);
const names = (all: readonly Template[]): readonly string[] =>
  all.flatMap(alarmsOf).map(({ AlarmName }) => AlarmName.replace(/^ClearPixel-(edge-eu-central-1-)?/, ''));
describe('the runbook', () => {
  const sections = RUNBOOK.split(/^## /m).slice(1);
  const titles = sections.map((section) => section.split('\n')[0] ?? '');

  it.each([
    ['in one region', together],
    ['in two regions', apart],
  ])('has a section for each alarm, and an alarm for each section, %s', (_where, all) => {
    expect(names(all).toSorted()).toEqual(titles.toSorted());
  });

  it('is what each alarm points to, after a sentence that says what is wrong', () => {
    for (const { AlarmName, AlarmDescription } of together.flatMap(alarmsOf)) {
      const section = AlarmName.replace(/^ClearPixel-(edge-eu-central-1-)?/, '');
      expect(AlarmDescription).toMatch(/^[A-Z].{20,}\. What to do: /);
      expect(AlarmDescription).toContain(`docs/runbook.md#${section}`);
    }
  });

  it.each(sections.map((section, index) => [titles[index], section]))(
    '%s says what it means, where to look, and how to mend it',
    (_title, section) => {
      expect([...section.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, word]) => word)).toEqual([
        'What it means',
        'Look',
        'Mend',
      ]);
      expect(section).toContain('```sh');
    },
  );

  it('names resources and outputs that the stack has', () => {
    const [main] = together;
    const asked = [
      ...[...RUNBOOK.matchAll(/resource (AWS::\w+::\w+) (\w+)/g)].map(([, type, id]) => [type, id]),
      ...[...RUNBOOK.matchAll(/errors (Pixel\w+)/g)].map(([, id]) => ['AWS::Logs::LogGroup', id]),
    ];
    expect(asked.length).toBeGreaterThan(10);
    const lost = asked.filter(
      ([type = '', part = '']) =>
        main === undefined || resourcesOf(main, type).filter(([id]) => id.startsWith(part)).length !== 1,
    );
    expect(lost).toEqual([]);
    const outputs = Object.keys(main?.toJSON()['Outputs'] ?? {});
    const wanted = [...RUNBOOK.matchAll(/\$\(output (\w+)\)/g)].map(([, output]) => output);
    expect(wanted.filter((name) => !outputs.includes(name ?? ''))).toEqual([]);
  });
});

describe('alarms', () => {
  it('on CloudFront are in us-east-1, all others where the stack is', () => {
    const [main, edge] = apart.map((template) => figuresOf(template).map(({ Namespace }) => Namespace));
    expect(new Set(edge)).toEqual(new Set(['AWS/CloudFront']));
    expect(main).not.toContain('AWS/CloudFront');
  });

  it('tell the topic of their own region when they begin and when they end', () => {
    for (const template of apart) {
      const [[topic] = []] = resourcesOf(template, 'AWS::SNS::Topic');
      for (const { AlarmActions, OKActions } of alarmsOf(template)) {
        expect([AlarmActions, OKActions]).toEqual([[{ Ref: topic }], [{ Ref: topic }]]);
      }
    }
  });

  it('know what silence means: only what must happen by itself rings without data', () => {
    const ringing = resourcesOf(together[0] as Template, 'AWS::CloudWatch::Alarm')
      .filter(([, it]) => it['TreatMissingData'] === 'breaching')
      .map(([, it]) => it['AlarmName']);
    expect(ringing.toSorted()).toEqual(['ClearPixel-merge-does-not-run', 'ClearPixel-no-key-for-tomorrow']);
  });

  it('on figures of our own read what a function publishes', () => {
    const read = together.flatMap(figuresOf).filter(({ Namespace }) => Namespace === 'clearpixel/ClearPixel');
    const names = read.map(({ MetricName }) => MetricName);
    expect(names.toSorted()).toEqual([
      'FailedChecks',
      'FailedMessages',
      'KeysAhead',
      'Lines',
      'Merges',
      'QuarantineDays',
      'Requests',
    ]);
    for (const { MetricName, Dimensions } of read) {
      expect(Dimensions).toEqual([{ Name: 'service', Value: METRICS[MetricName as MetricName].by }]);
    }
  });

  it('of a report exist only where one is sent', () => {
    const { report: _, ...config } = FULL;
    const { stack } = build(config, 'us-east-1');
    expect(names([Template.fromStack(stack)])).not.toContain('report-failed');
  });
});

describe('each topic', () => {
  it.each([
    ['of the stack', 0, 'eu-central-1'],
    ['at the edge', 1, 'us-east-1'],
  ])(
    '%s is encrypted with a key that rotates, over TLS, and hears alarms of its account and region only',
    (_which, index, region) => {
      const template = apart[index] as Template;
      expect(resourceOf(template, 'AWS::SNS::Topic')['KmsMasterKeyId']).toBeDefined();
      template.hasResourceProperties('AWS::KMS::Key', {
        EnableKeyRotation: true,
        KeyPolicy: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
              Principal: { Service: 'cloudwatch.amazonaws.com' },
            }),
          ]),
        },
      });
      template.hasResourceProperties('AWS::SNS::TopicPolicy', {
        PolicyDocument: {
          Statement: [
            Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
            Match.objectLike({
              Effect: 'Allow',
              Action: 'sns:Publish',
              Principal: { Service: 'cloudwatch.amazonaws.com' },
              Condition: {
                ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:123456789012:alarm:*` },
              },
            }),
          ],
        },
      });
    },
  );

  it('tells everyone whom the config names, and nobody else', () => {
    for (const template of apart) {
      const told = resourcesOf(template, 'AWS::SNS::Subscription').map(([, it]) => it['Endpoint']);
      expect(told).toEqual(ALARMED.alarms.to);
    }
    const { stack } = build(FULL, 'us-east-1');
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Subscription', 0);
  });
});

describe('the dashboard', () => {
  const [main] = apart;
  const body = JSON.stringify(resourceOf(main as Template, 'AWS::CloudWatch::Dashboard')['DashboardBody']);

  it('says that a load is not a read receipt', () => {
    expect(body).toContain('not a read receipt');
  });

  it('or an alarm reads each figure that is published, and paid for', () => {
    const alarmed = apart.flatMap(figuresOf).map(({ MetricName }) => MetricName);
    const unread = Object.keys(METRICS).filter((name) => !alarmed.includes(name) && !body.includes(name));
    expect(unread).toEqual([]);
  });

  it('shows the edge from us-east-1', () => {
    const edge = body.split('AWS/CloudFront').length - 1;
    expect(edge).toBeGreaterThan(3);
    expect(body.split(String.raw`\"region\":\"us-east-1\"`).length - 1).toBeGreaterThanOrEqual(3);
  });
});
