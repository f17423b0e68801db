import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { DELIVERED_FIELDS } from '../../core/layout.ts';
import { build, FULL, resourceOf, templateOf } from './synth.ts';

const template = templateOf();
const one = (type: string) => resourceOf(template, type);

describe('log delivery', () => {
  it('takes the chosen fields in their order, none of which can name a person', () => {
    template.hasResourceProperties('AWS::Logs::Delivery', { RecordFields: [...DELIVERED_FIELDS] });
    const { RecordFields } = one('AWS::Logs::Delivery') as { RecordFields: string[] };
    const telling = /^c-ip|x-forwarded-for|query|cookie|referer|c-port/i;
    expect(RecordFields.filter((field) => telling.test(field))).toEqual([]);
  });

  it('is text, from this distribution, below logs/', () => {
    template.hasResourceProperties('AWS::Logs::DeliveryDestination', {
      OutputFormat: 'w3c',
      DestinationResourceArn: { 'Fn::Join': ['', [Match.anyValue(), '/logs']] },
    });
    template.hasResourceProperties('AWS::Logs::DeliverySource', { LogType: 'ACCESS_LOGS' });
  });

  it('may write below logs/ only, for this account and its delivery sources', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 's3:PutObject',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Resource: { 'Fn::Join': ['', [Match.anyValue(), '/logs/*']] },
            Condition: {
              StringEquals: {
                'aws:SourceAccount': '123456789012',
                's3:x-amz-acl': 'bucket-owner-full-control',
              },
              ArnLike: { 'aws:SourceArn': 'arn:aws:logs:us-east-1:123456789012:delivery-source:*' },
            },
          }),
        ]),
      },
    });
  });
});

describe('the first delivery', () => {
  /** Logical ids that a resource of a type waits for. */
  const waitsFor = (from: Template, type: string): readonly string[] =>
    Object.values(from.findResources(type)).flatMap(({ DependsOn }) => DependsOn as string[]);

  it("waits for the log bucket's own policy", () => {
    const policies = Object.entries(template.findResources('AWS::S3::BucketPolicy'))
      .filter(([, { Properties }]) => JSON.stringify(Properties).includes('delivery.logs.amazonaws.com'))
      .map(([id]) => id);
    expect(policies).toHaveLength(1);
    expect(waitsFor(template, 'AWS::Logs::Delivery')).toEqual(expect.arrayContaining(policies));
  });

  it('waits for the whole stack of another region, which has that policy', () => {
    const { stack } = build(FULL, 'eu-central-1');
    const edge = stack.node.findAll().find((one) => one instanceof Stack && one !== stack) as Stack;
    Template.fromStack(edge).resourceCountIs('AWS::Logs::Delivery', 1);
    expect(edge.dependencies.map(({ stackName }) => stackName)).toEqual([stack.stackName]);
  });
});
