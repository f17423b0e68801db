import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdk from '../../cdk.json' with { type: 'json' };
import { ClearPixel, type ConfigInput } from '../../lib/clear-pixel.ts';

export const FULL: ConfigInput = {
  timeZone: 'Europe/Berlin',
  domain: {
    name: 'px.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000',
  },
  report: { from: 'clearpixel@example.com', to: ['marketing@example.com'], timeZone: 'Europe/Berlin' },
};

export interface Built {
  readonly app: App;
  readonly stack: Stack;
}

/** The app as bin/app.ts makes it, without bundling: the handlers have tests of their own. */
export function build(config: ConfigInput = FULL, region?: string, outdir?: string): Built {
  const app = new App({ outdir, context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } });
  const env = region === undefined ? undefined : { account: '123456789012', region };
  const stack = new Stack(app, 'ClearPixel', { env });
  new ClearPixel(stack, 'Pixel', config);
  return { app, stack };
}

export const templateOf = (config: ConfigInput = FULL, region = 'us-east-1'): Template =>
  Template.fromStack(build(config, region).stack);

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

/** Everything that cdk-nag and the template validation say, as "rule path" lines; none for a clean app. */
export function findings(
  config: ConfigInput,
  region?: string,
  change: (stack: Stack) => void = () => {},
): readonly string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'clearpixel-synth-'));
  const exitCode = process.exitCode;
  try {
    const { app, stack } = build(config, region, outdir);
    change(stack);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    try {
      app.synth();
    } catch {
      // The report says more than the error.
    }
    const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    return report.pluginReports.flatMap(({ violations }: { violations: readonly Violation[] }) =>
      violations.flatMap(linesOf),
    );
  } finally {
    process.exitCode = exitCode;
    rmSync(outdir, { recursive: true });
  }
}

const linesOf = ({ ruleName, violatingConstructs }: Violation): string[] =>
  violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`);

type Properties = Readonly<Record<string, unknown>>;

/** Properties of every resource of a type, by logical id. */
export const resourcesOf = (template: Template, type: string): readonly (readonly [string, Properties])[] =>
  Object.entries(template.findResources(type)).map(([id, resource]) => [
    id,
    resource['Properties'] as Properties,
  ]);

/** Properties of the one resource of a type whose logical id holds a part. */
export function resourceOf(template: Template, type: string, part = ''): Properties {
  const found = resourcesOf(template, type).find(([id]) => id.includes(part));
  if (found === undefined) throw new Error(`the template has no ${type} named ${part}`);
  return found[1];
}
