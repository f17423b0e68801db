import { scenarioSchema } from '../local/simulate/scenario.ts';

/** The parts of JSON Schema that a scenario's schema uses. */
interface Schema {
  readonly type?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly propertyNames?: Schema;
}

const [BEGIN, END] = ['<!-- fields: begin -->', '<!-- fields: end -->'];

/** The tables of docs/simulate.md: every field with its meaning and default. */
export function formatFields(): string {
  const schema: Schema = scenarioSchema();
  const [email = {}, page = {}] = schema.properties?.['campaigns']?.items?.oneOf ?? [];
  const shared = namesOf(email).filter((name) => namesOf(page).includes(name));
  const own = (campaign: Schema) => namesOf(campaign).filter((name) => !shared.includes(name));
  return [
    formatTable('The scenario', schema, namesOf(schema)),
    formatTable('A campaign', email, shared),
    formatTable('A campaign with `medium: email`', email, own(email)),
    formatTable('A campaign with `medium: page` or `document`', page, own(page)),
  ].join('\n\n');
}

const namesOf = (schema: Schema) => Object.keys(schema.properties ?? {});

function formatTable(title: string, schema: Schema, names: readonly string[]): string {
  const rows = names.flatMap((name) =>
    rowsOf(name, schema.properties?.[name] ?? {}, schema.required?.includes(name) === true),
  );
  return [`### ${title}`, '', '| field | meaning | default |', '|---|---|---|', ...rows].join('\n');
}

/** docs/simulate.md with its tables replaced by those of the schema. */
export function replaceFields(text: string): string {
  const [before = '', rest = ''] = text.split(BEGIN);
  return `${before}${BEGIN}\n\n${formatFields()}\n\n${END}${rest.split(END)[1] ?? ''}`;
}

function rowsOf(path: string, field: Schema, required: boolean): string[] {
  const nested = field.type === 'array' ? field.items?.properties : field.properties;
  const needed = field.type === 'array' ? field.items?.required : field.required;
  const inner = Object.entries(nested ?? {}).flatMap(([name, each]) =>
    rowsOf(`${path}${field.type === 'array' ? '[]' : ''}.${name}`, each, needed?.includes(name) === true),
  );
  return [`| \`${path}\` | ${meaningOf(field)} | ${defaultOf(field, required)} |`, ...inner];
}

function meaningOf(field: Schema): string {
  const words = field.enum ?? field.propertyNames?.enum;
  const choice = words === undefined ? '' : ` One of ${words.map((word) => `\`${word}\``).join(', ')}.`;
  return `${(field.description ?? '').replace(/ Default: .*$/, '')}${field.enum === undefined ? '' : choice}${
    field.propertyNames === undefined ? '' : choice.replace('One of', 'Names:')
  }`;
}

function defaultOf(field: Schema, required: boolean): string {
  const said = / Default: (.*?)\.?$/.exec(field.description ?? '')?.[1];
  if (said !== undefined) return said;
  if (required) return 'needed';
  if (field.properties !== undefined || field.default === undefined) return '';
  return `\`${JSON.stringify(field.default)
    .replaceAll(/([:,])/g, '$1 ')
    .replaceAll('"', '')}\``;
}
