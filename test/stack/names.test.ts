import { App, Stack } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import { ClearPixel } from '../../lib/clear-pixel.ts';
import { FULL } from './synth.ts';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** Services whose names are the account's, whatever region they are made in. */
const GLOBAL = ['AWS::CloudFront::', 'AWS::IAM::', 'AWS::CloudWatch::Dashboard'];
/** Unique within the database, the workgroup or the role that holds them. */
const INSIDE = ['AWS::IAM::Policy', 'AWS::Glue::Table', 'AWS::Athena::NamedQuery'];

/** Explicit names of everything that a stack makes, as "place type name" lines. */
function namesOf([stackName, region]: readonly [string, string]): readonly string[] {
  const app = new App({ context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(app, stackName, { env: { account: '123456789012', region } });
  new ClearPixel(stack, 'Pixel', FULL);
  return app
    .synth()
    .stacksRecursively.flatMap(({ template, stackName: name, environment }) => [
      `${environment.region} stack ${name}`,
      ...Object.values(template.Resources as Record<string, Resource>).flatMap((resource) =>
        namesIn(resource).map((line) => `${placeOf(resource, environment.region)} ${resource.Type} ${line}`),
      ),
    ]);
}

const placeOf = ({ Type }: Resource, region: string): string =>
  GLOBAL.some((service) => Type.startsWith(service)) ? 'anywhere' : region;

/** A name is a property, or one of a property's own, that is called so and is known at synth. */
function namesIn({ Type, Properties = {} }: Resource): readonly string[] {
  if (INSIDE.includes(Type)) return [];
  const inner = Object.values(Properties).filter((value) => typeof value === 'object' && value !== null);
  return [Properties, ...inner].flatMap((level) =>
    Object.entries(level as Record<string, unknown>)
      .filter(
        ([key, value]) =>
          /^(Name|(Alarm|Dashboard|Bucket|Queue|Role|Function|Policy|ManagedPolicy|Topic|LogGroup)Name)$/.test(
            key,
          ) && typeof value === 'string',
      )
      .map(([, value]) => String(value)),
  );
}

it.each([
  { what: 'two stacks of an account', one: ['ClearPixel', 'us-east-1'], other: ['Staging', 'us-east-1'] },
  { what: 'two stacks elsewhere', one: ['ClearPixel', 'eu-central-1'], other: ['Staging', 'eu-central-1'] },
  {
    what: 'names that a hyphen tells apart',
    one: ['Clear-Pixel', 'us-east-1'],
    other: ['Clear--Pixel', 'us-east-1'],
  },
  {
    what: 'one stack in two regions',
    one: ['ClearPixel', 'eu-central-1'],
    other: ['ClearPixel', 'eu-west-1'],
  },
  {
    what: 'one stack in us-east-1 and elsewhere',
    one: ['ClearPixel', 'us-east-1'],
    other: ['ClearPixel', 'eu-west-1'],
  },
] as const)('$what share no name', ({ one, other }) => {
  const taken = new Set(namesOf(one));
  expect([...taken].some((line) => line.includes('AWS::Glue::Database'))).toBe(true);
  expect(namesOf(other).filter((line) => taken.has(line))).toEqual([]);
});
