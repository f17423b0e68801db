import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVENT_COLUMNS, FILE_TABLES, TABLES } from '../../core/schema.ts';
import { VIEWS } from '../../core/views.ts';
import { resourceOf, resourcesOf, templateOf } from './synth.ts';

const template = templateOf();

interface TableInput {
  readonly Name: string;
  readonly TableType: string;
  readonly Description: string;
  readonly Owner?: string;
  readonly Parameters: Readonly<Record<string, string>>;
  readonly ViewExpandedText?: string;
  readonly ViewOriginalText?: string;
  readonly StorageDescriptor: {
    readonly Columns: readonly { Name: string; Type: string; Comment: string }[];
    readonly Location?: unknown;
  };
}

const tables = resourcesOf(template, 'AWS::Glue::Table').map(([, it]) => it['TableInput'] as TableInput);
const tableNamed = (name: string): TableInput | undefined => tables.find(({ Name }) => Name === name);

describe('plain tables', () => {
  it('are those over files', () => {
    const plain = tables.filter(({ TableType }) => TableType === 'EXTERNAL_TABLE').map(({ Name }) => Name);
    expect(plain.sort()).toEqual(FILE_TABLES.map(({ name }) => name).sort());
  });

  it('have the columns of the schema, each with its meaning', () => {
    const columns = tableNamed('fresh')?.StorageDescriptor.Columns ?? [];
    expect(columns.map(({ Name }) => Name)).toEqual(EVENT_COLUMNS.map(({ name }) => name));
    expect(columns.filter(({ Comment }) => Comment === '')).toEqual([]);
    expect(new Set(columns.map(({ Type }) => Type))).toEqual(new Set(['string', 'bigint', 'int', 'boolean']));
  });
});

describe('Iceberg tables', () => {
  it('are made at deploy, and again whenever a column is added', () => {
    const told = resourceOf(template, 'Custom::ClearPixelTables')['tables'] as {
      name: string;
      columns: string;
    }[];
    expect(told.map(({ name }) => name)).toEqual(TABLES.map(({ name }) => name));
    for (const { name, columns } of told) {
      const schema = TABLES.find((table) => table.name === name)?.columns ?? [];
      expect(columns.split(', ').map((column) => column.split(' ')[0])).toEqual(
        schema.map((column) => column.name),
      );
    }
  });
});

describe('views', () => {
  it.each(VIEWS)('$name has the shape that Athena and Trino read', ({ name, grain, columns }) => {
    const view = tableNamed(name);
    expect(view).toMatchObject({
      TableType: 'VIRTUAL_VIEW',
      Owner: 'clearpixel',
      Description: 'Presto View',
      ViewExpandedText: '/* Presto View */',
      Parameters: { presto_view: 'true', comment: 'Presto View', grain },
    });
    const [, stored = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(view?.ViewOriginalText ?? '') ?? [];
    const definition = JSON.parse(Buffer.from(stored, 'base64').toString('utf8'));
    expect(definition).toMatchObject({
      catalog: 'awsdatacatalog',
      schema: 'clearpixel',
      originalSql: view?.Parameters['sql'],
    });
    expect(definition.columns.map((column: { name: string }) => column.name)).toEqual(
      columns.map((column) => column.name),
    );
    expect(view?.StorageDescriptor.Columns.map((column) => column.Name)).toEqual(
      columns.map((column) => column.name),
    );
  });

  it('repeat their file as text, so that a diff shows what changed', () => {
    const text = readFileSync(resolve(import.meta.dirname, '../../sql/views/loads.sql'), 'utf8');
    expect(tableNamed('loads')?.Parameters['sql']).toBe(text);
  });

  it('stay below what Glue takes', () => {
    // 409,600 characters of view text.
    expect(tables.filter(({ ViewOriginalText = '' }) => ViewOriginalText.length > 400_000)).toEqual([]);
    const long = tables
      .flatMap(({ StorageDescriptor }) => StorageDescriptor.Columns)
      .filter(({ Comment }) => Comment.length > 255);
    expect(long).toEqual([]);
  });
});

describe('workgroups', () => {
  const groups = resourcesOf(template, 'AWS::Athena::WorkGroup').map(([, it]) => it);

  it.each(groups.map((group) => [group['Name'], group] as const))(
    '%s enforces encrypted results of its own',
    (name, group) => {
      expect(group['WorkGroupConfiguration']).toMatchObject({
        EnforceWorkGroupConfiguration: true,
        ResultConfiguration: {
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
          ExpectedBucketOwner: '123456789012',
          OutputLocation: {
            'Fn::Join': [
              '',
              expect.arrayContaining([`/results/${String(name).replace('clearpixel_', '')}/`]),
            ],
          },
        },
      });
    },
  );

  it('limit what people and reports read, not what a merge must', () => {
    const limits = groups.map((group) => {
      const { BytesScannedCutoffPerQuery = null } = group['WorkGroupConfiguration'] as {
        BytesScannedCutoffPerQuery?: number;
      };
      return [group['Name'], BytesScannedCutoffPerQuery];
    });
    expect(limits.sort()).toEqual([
      ['clearpixel_analysts', 10_000_000_000],
      ['clearpixel_merges', null],
      ['clearpixel_operators', 10_000_000_000],
      ['clearpixel_reports', 10_000_000_000],
    ]);
  });
});

describe('secrets', () => {
  it('are not in the template', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}/);
  });
});
