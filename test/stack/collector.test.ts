import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { FULL, resourceOf, resourcesOf, templateOf } from './synth.ts';

const template = templateOf();
const one = (type: string) => resourceOf(template, type);
const distribution = one('AWS::CloudFront::Distribution')['DistributionConfig'] as Record<string, unknown>;

describe('the distribution', () => {
  it('speaks HTTP/2 and 3, over TLS 1.2 at least', () => {
    expect(distribution).toMatchObject({
      HttpVersion: 'http2and3',
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', AllowedMethods: ['GET', 'HEAD'] },
    });
  });

  it('answers every error of the origin with the pixel', () => {
    const answers = distribution['CustomErrorResponses'] as { ErrorCode: number }[];
    expect(answers.map(({ ErrorCode }) => ErrorCode)).toEqual([
      400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504,
    ]);
    for (const answer of answers)
      expect(answer).toMatchObject({ ResponseCode: 200, ResponsePagePath: '/p.gif' });
  });

  it('has no web application firewall and no legacy log, which hold client addresses', () => {
    expect(distribution).not.toHaveProperty('WebACLId');
    expect(distribution).not.toHaveProperty('Logging');
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  it('keeps parameters, headers and cookies from cache and origin', () => {
    expect(one('AWS::CloudFront::CachePolicy')['CachePolicyConfig']).toMatchObject({
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: { QueryStringBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        CookiesConfig: { CookieBehavior: 'none' },
      },
    });
    template.resourceCountIs('AWS::CloudFront::OriginRequestPolicy', 0);
  });

  it.each([
    { policy: 'CachePolicyId', type: 'AWS::CloudFront::CachePolicy' },
    { policy: 'ResponseHeadersPolicyId', type: 'AWS::CloudFront::ResponseHeadersPolicy' },
  ])('answers every path with its own $policy', ({ policy, type }) => {
    const [own] = Object.keys(template.findResources(type));
    expect(distribution['DefaultCacheBehavior']).toHaveProperty(policy, { Ref: own });
    expect(distribution).not.toHaveProperty('CacheBehaviors');
  });

  it('tells viewers to store nothing', () => {
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        CustomHeadersConfig: {
          Items: Match.arrayWith([{ Header: 'Cache-Control', Value: 'no-store', Override: true }]),
        },
      },
    });
  });

  it('reads its bucket by origin access control, and nobody else reads it', () => {
    const [origin] = distribution['Origins'] as Record<string, unknown>[];
    expect(origin).toHaveProperty('OriginAccessControlId');
    const allowed = resourcesOf(template, 'AWS::S3::BucketPolicy')
      .filter(([id]) => id.startsWith('PixelCollectorImages'))
      .flatMap(([, it]) => (it['PolicyDocument'] as { Statement: { Effect: string }[] }).Statement)
      .filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toEqual([
      expect.objectContaining({
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      }),
    ]);
  });

  it('waits until the store holds keys and the bucket holds the pixel', () => {
    const { DependsOn } = Object.values(template.findResources('AWS::CloudFront::Distribution'))[0] as {
      DependsOn: string[];
    };
    expect(DependsOn.map((id) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(
      expect.arrayContaining(['PixelCollectorEdgeEdgeKeys', 'PixelCollectorImages']),
    );
  });

  it("takes CloudFront's own name without a domain", () => {
    const { domain: _, ...config } = FULL;
    const properties = resourceOf(templateOf(config), 'AWS::CloudFront::Distribution');
    expect(properties['DistributionConfig']).not.toHaveProperty('Aliases');
  });
});

describe('the edge function', () => {
  it('is the built file, on runtime 2.0, with the store', () => {
    const code = readFileSync(resolve(import.meta.dirname, '../../edge/built/viewer-request.js'), 'utf8');
    template.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionCode: code,
      AutoPublish: true,
      FunctionConfig: {
        Runtime: 'cloudfront-js-2.0',
        KeyValueStoreAssociations: [{ KeyValueStoreARN: Match.anyValue() }],
      },
    });
    expect(distribution).toMatchObject({
      DefaultCacheBehavior: { FunctionAssociations: [{ EventType: 'viewer-request' }] },
    });
  });
});

describe('assets', () => {
  const withAssets = (files: readonly string[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'clearpixel-assets-'));
    try {
      mkdirSync(join(folder, 'spring'));
      for (const file of files) writeFileSync(join(folder, file), file);
      const properties = resourceOf(templateOf({ ...FULL, assets: folder }), 'Custom::ClearPixelImages');
      return (properties['images'] as { key: string; contentType: string }[]).map(
        ({ key, contentType }) => `${key} ${contentType}`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('are the images of the folder, under /a/, beside the pixel', () => {
    expect(withAssets(['logo.png', 'spring/banner.JPG', '.DS_Store'])).toEqual([
      'p.gif image/gif',
      'a/logo.png image/png',
      'a/spring/banner.JPG image/jpeg',
    ]);
  });

  it.each([
    {
      name: 'another sort of file',
      run: () => withAssets(['notes.txt']),
      rule: /assets holds images only .* got notes.txt/,
    },
    {
      name: 'no folder',
      run: () => templateOf({ ...FULL, assets: '/nowhere' }),
      rule: /assets names a folder that is not there, got "\/nowhere"/,
    },
  ])('refuse $name', ({ run, rule }) => {
    expect(run).toThrow(rule);
  });

  it('hold a pixel of 43 bytes', () => {
    expect(readFileSync(resolve(import.meta.dirname, '../../edge/pixel.gif'))).toHaveLength(43);
  });
});
