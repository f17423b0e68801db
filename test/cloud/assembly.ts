import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface StackFiles {
  readonly stackName: string;
  readonly region: string;
  readonly template: Template;
}

/** What the emulator's CloudFormation refuses; the tests make these through their own API. */
const LACKING = [
  'AWS::Athena::NamedQuery',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::Logs::Delivery',
  'AWS::Logs::DeliveryDestination',
  'AWS::Logs::DeliverySource',
];

/** The emulator comes back to a failed message after the queue's visibility timeout: seconds here, half an hour there. */
const RETRY_SECONDS = 5;

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties: {
    readonly templateFile: string;
    readonly stackName?: string;
    readonly stackTemplateAssetObjectUrl: string;
  };
}

/** Copies what `cdk synth` wrote into an app for the emulator; answers the templates as they were. */
export function copyAssembly(from: string, to: string, now: string): readonly StackFiles[] {
  cpSync(from, to, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8'));
  const stacks = Object.entries<Artifact>(manifest.artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  return stacks.map(([id, artifact]) => {
    const { templateFile, stackName = id } = artifact.properties;
    const template: Template = JSON.parse(readFileSync(join(from, templateFile), 'utf8'));
    replaceTemplate(to, id, artifact, JSON.stringify(forEmulator(template, now), null, 1));
    return { stackName, region: artifact.environment?.split('/').at(-1) ?? '', template };
  });
}

/** The template is an asset named by its hash: under the old name an older deployment's text would be taken. */
function replaceTemplate(folder: string, id: string, { properties }: Artifact, text: string): void {
  const [, oldHash = ''] = /([0-9a-f]{64})\.json$/.exec(properties.stackTemplateAssetObjectUrl) ?? [];
  const newHash = createHash('sha256').update(text).digest('hex');
  writeFileSync(join(folder, properties.templateFile), text);
  for (const name of ['manifest.json', `${id}.assets.json`]) {
    const file = join(folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(oldHash, newHash));
  }
}

/** The template without what the emulator lacks, with short waits. */
export function forEmulator(template: Template, now: string): Template {
  const lacking = new Set(Object.keys(lackingResources(template)));
  const kept = Object.entries(template.Resources).filter(([id]) => !lacking.has(id));
  const Resources = Object.fromEntries(kept.map(([id, resource]) => [id, adapt(resource, lacking)]));
  const text = JSON.stringify(withoutReferences({ ...template, Resources }, lacking));
  // Its scheduler does not fill this in.
  return JSON.parse(text.replaceAll('<aws.scheduler.scheduled-time>', now));
}

/** The resources that were left out, by logical id. */
export const lackingResources = ({ Resources }: Template): Readonly<Record<string, Resource>> =>
  Object.fromEntries(Object.entries(Resources).filter(([, resource]) => isLacking(resource)));

/** Of alarms it knows those on one metric. */
const isLacking = ({ Type, Properties }: Resource): boolean =>
  LACKING.includes(Type) || (Type === 'AWS::CloudWatch::Alarm' && Properties?.['Metrics'] !== undefined);

function adapt(resource: Resource, lacking: ReadonlySet<string>): Resource {
  const { DependsOn, ...rest } = resource;
  const depends = [DependsOn ?? []].flat().filter((id) => !lacking.has(id));
  const isRetried =
    resource.Type === 'AWS::SQS::Queue' && resource.Properties?.['RedrivePolicy'] !== undefined;
  return {
    ...rest,
    ...(depends.length > 0 && { DependsOn: depends }),
    ...(isRetried && { Properties: { ...resource.Properties, VisibilityTimeout: RETRY_SECONDS } }),
  };
}

function withoutReferences(value: unknown, lacking: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, lacking));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  const target = Ref ?? attribute?.[0];
  if (target !== undefined && lacking.has(target)) return `left-out-${target}`;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutReferences(item, lacking)]),
  );
}
