import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { build, FULL, findings } from './synth.ts';

describe('cdk-nag and the template validation', () => {
  it.each([
    { name: 'the defaults, region open', config: {}, region: undefined },
    { name: 'every part, in us-east-1', config: FULL, region: 'us-east-1' },
    { name: 'every part, elsewhere', config: FULL, region: 'eu-central-1' },
    { name: 'data that goes with the stack', config: { ...FULL, destroyData: true }, region: 'us-east-1' },
  ])('have nothing left to say about $name', ({ config, region }) => {
    expect(findings(config, region)).toEqual([]);
  });

  it('would be heard', () => {
    const careless = findings(FULL, 'us-east-1', (stack) => new Bucket(stack, 'Careless'));
    expect(careless).toContain('AwsSolutions-S10 ClearPixel/Careless/Resource');
  });
});

describe('the stack beside it', () => {
  const others = (region?: string): readonly string[] => {
    const { app } = build(FULL, region);
    return app
      .synth()
      .stacksRecursively.map(({ stackName, environment }) => `${stackName} ${environment.region}`);
  };

  it('is not there in us-east-1', () => {
    expect(others('us-east-1')).toEqual(['ClearPixel us-east-1']);
  });

  it('is not there while the region is open', () => {
    expect(others()).toEqual(['ClearPixel unknown-region']);
  });

  it('holds log delivery and alarms on CloudFront, and nothing else, when the main one is elsewhere', () => {
    const { app } = build(FULL, 'eu-central-1');
    const edge = app.synth().getStackByName('ClearPixel-edge-eu-central-1');
    expect(edge.environment.region).toBe('us-east-1');
    const types = Object.values(Template.fromJSON(edge.template).toJSON()['Resources']).map(
      (it) => (it as { Type: string }).Type,
    );
    expect([...new Set(types)].filter((type) => type !== 'AWS::CDK::Metadata').sort()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::KMS::Key',
      'AWS::Logs::Delivery',
      'AWS::Logs::DeliveryDestination',
      'AWS::Logs::DeliverySource',
      'AWS::SNS::Topic',
      'AWS::SNS::TopicPolicy',
    ]);
    Template.fromJSON(app.synth().getStackByName('ClearPixel').template).resourceCountIs(
      'AWS::Logs::DeliverySource',
      0,
    );
  });
});

describe('bin/app.ts', () => {
  const root = resolve(import.meta.dirname, '../..');

  /** A copy of the app with another config file. */
  const runWith = (config: string, name = 'clearpixel.config.ts') => {
    const folder = mkdtempSync(join(tmpdir(), 'clearpixel-app-'));
    try {
      for (const part of ['bin', 'lib', 'core'])
        cpSync(join(root, part), join(folder, part), { recursive: true });
      copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
      writeFileSync(join(folder, name), `export default ${config};\n`);
      // What `cdk -c config=...` hands on.
      const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ config: name }) };
      return spawnSync(process.execPath, ['bin/app.ts'], { cwd: folder, encoding: 'utf8', env });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it.each([
    {
      name: 'a number below its floor',
      config: '{ retention: { logDays: 3 } }',
      said:
        'clearpixel.config.ts breaks a rule:\n' +
        '  retention.logDays: raw logs must outlive the queues, which keep a message for 7 days: write 8 or more, got 3\n',
    },
    {
      name: 'a sender without receivers',
      config: "{ report: { from: 'clearpixel@example.com' } }",
      said: 'report.to names nobody, but report.from is clearpixel@example.com: name who gets the report, or no sender\n',
    },
    {
      name: 'a folder that is not there',
      config: "{ assets: 'nowhere' }",
      said: 'assets names a folder that is not there, got "nowhere"\n',
    },
    {
      name: 'a file as folder',
      config: "{ assets: 'package.json' }",
      said: 'assets names a folder that is not there, got "package.json"\n',
    },
    {
      name: 'receivers without a sender',
      config: "{ report: { to: ['a@example.com'] } }",
      said: 'report.from names no sender, but report.to has a@example.com: name a verified SES identity, or nobody\n',
    },
    {
      name: 'two thresholds of one day',
      config: "{ thresholds: [{ from: '2026-03-01' }, { from: '2026-03-01' }] }",
      said: 'thresholds name each day once, got 2026-03-01 twice: join the two entries\n',
    },
  ])('stops at $name with one message and no stack trace', ({ config, said }) => {
    const { status, stderr } = runWith(config);
    expect(stderr).toBe(said);
    expect(status).toBe(1);
  });

  it('reads the file that the context names, and names it', () => {
    const { stderr } = runWith('{ retention: { logDays: 3 } }', 'staging.config.ts');
    expect(stderr).toMatch(/^staging\.config\.ts breaks a rule:\n {2}retention\.logDays/);
  });
});
