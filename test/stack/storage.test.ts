import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { FULL, resourceOf, resourcesOf, templateOf } from './synth.ts';

const template = templateOf();
const buckets = resourcesOf(template, 'AWS::S3::Bucket');

describe('every bucket', () => {
  it.each(buckets)(
    '%s is private, encrypted, without access lists and without versions',
    (_id, properties) => {
      expect(properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
      expect(properties).not.toHaveProperty('VersioningConfiguration');
    },
  );

  it.each(buckets)('%s refuses requests without TLS 1.2', (id) => {
    for (const Condition of [
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    ]) {
      template.hasResourceProperties('AWS::S3::BucketPolicy', {
        Bucket: { Ref: id },
        PolicyDocument: {
          Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition })]),
        },
      });
    }
  });

  it('stays with its data unless the config says otherwise', () => {
    const policies = (config: object) =>
      Object.entries(templateOf({ ...FULL, ...config }).findResources('AWS::S3::Bucket')).map(
        ([id, { DeletionPolicy }]) => `${id.replace(/[0-9A-F]{8}$/, '')} ${DeletionPolicy}`,
      );
    expect(policies({}).sort()).toEqual([
      'PixelCollectorImagesBucket Delete',
      'PixelData Retain',
      'PixelLogs Retain',
    ]);
    expect(policies({ destroyData: true }).filter((line) => !line.endsWith('Delete'))).toEqual([]);
  });
});

describe('lifecycles', () => {
  const daysOf = (bucket: string, config = FULL): unknown => {
    const { LifecycleConfiguration } = resourceOf(templateOf(config), 'AWS::S3::Bucket', bucket);
    const { Rules } = LifecycleConfiguration as { Rules: { Prefix?: string; ExpirationInDays?: number }[] };
    return Rules.filter(({ ExpirationInDays }) => ExpirationInDays).map(({ Prefix, ExpirationInDays }) => [
      Prefix ?? '',
      ExpirationInDays,
    ]);
  };

  it('end raw logs after the days of the config', () => {
    expect(daysOf('PixelLogs')).toEqual([['', 8]]);
    expect(daysOf('PixelLogs', { ...FULL, retention: { logDays: 12 } })).toEqual([['', 12]]);
  });

  it('end quarantine and results of queries, and nothing else of the data', () => {
    expect(daysOf('PixelData')).toEqual([
      ['quarantine/', 35],
      ['results/', 1],
    ]);
  });

  it('let raw logs outlive both queues', () => {
    const seconds = resourcesOf(template, 'AWS::SQS::Queue').map(([, it]) =>
      Number(it['MessageRetentionPeriod']),
    );
    expect(seconds).toHaveLength(2);
    expect(Math.max(...seconds)).toBeLessThan(8 * 86_400);
  });
});
