/** What Athena takes and Trino words differently; everything else goes through as it is. */
export interface Plan {
  /** Iceberg's own catalog where a statement makes or maintains a table. */
  readonly catalog: 'awsdatacatalog' | 'iceberg';
  /** Run one after the other; none where Trino keeps nothing of it. */
  readonly statements: readonly string[];
  /** Table whose first VACUUM of a session asks for another run. */
  readonly vacuumed?: string;
}

/** Athena's answer to a request that it does not take. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const TABLE_PROPERTIES = new Set([
  'table_type',
  'format',
  'write_compression',
  'compression_level',
  'optimize_rewrite_data_file_threshold',
  'optimize_rewrite_delete_file_threshold',
  'optimize_rewrite_max_data_file_size_bytes',
  'optimize_rewrite_min_data_file_size_bytes',
  'vacuum_max_metadata_files_to_keep',
  'vacuum_max_snapshot_age_seconds',
  'vacuum_min_snapshots_to_keep',
]);

/** Athena's DDL speaks Hive's names. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'varchar',
  int: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
};

type Rule = readonly [form: RegExp, plan: (parts: readonly string[]) => Plan];

const RULES: readonly Rule[] = [
  [
    /^create\s+table\s+(if\s+not\s+exists\s+)?([\w.]+)\s*\((.*?)\)\s*(?:partitioned\s+by\s*\(([\w\s,]+)\)\s*)?location\s+'([^']+)'\s*tblproperties\s*\((.*)\)$/is,
    ([ifNot = '', table = '', columns = '', partition = '', location = '', properties = '']) => {
      if (checkedProperties(properties).get('table_type') !== 'ICEBERG')
        throw new Refused("a table is made with 'table_type' = 'ICEBERG'");
      const names = partition.split(',').map((name) => `'${name.trim()}'`);
      const partitioning = partition === '' ? '' : `, partitioning = array[${names.join(', ')}]`;
      const options = `format = 'PARQUET', location = '${location}'${partitioning}`;
      const list = readColumns(columns).map(([name, type]) => `${name} ${type}`);
      return iceberg(`create table ${ifNot}${table} (${list.join(', ')}) with (${options})`);
    },
  ],
  [
    /^alter\s+table\s+([\w.]+)\s+add\s+columns\s*\((.*)\)$/is,
    ([table = '', columns = '']) =>
      iceberg(
        ...readColumns(columns).map(([name, type]) => `alter table ${table} add column ${name} ${type}`),
      ),
  ],
  [
    /^alter\s+table\s+([\w.]+)\s+set\s+tblproperties\s*\((.*)\)$/is,
    ([table = '', properties = '']) => {
      checkedProperties(properties);
      return iceberg(`show create table ${table}`);
    },
  ],
  [
    /^optimize\s+([\w.]+)\s+rewrite\s+data\s+using\s+bin_pack(\s+where\s.*)?$/is,
    // Trino itself refuses a condition on anything but partition columns.
    ([table = '', where = '']) => iceberg(`alter table ${table} execute optimize${where}`),
  ],
  [
    /^vacuum\s+([\w.]+)$/i,
    ([table = '']) => ({
      ...iceberg(
        `alter table ${table} execute expire_snapshots(retention_threshold => '1d')`,
        `alter table ${table} execute remove_orphan_files(retention_threshold => '1d')`,
      ),
      vacuumed: table,
    }),
  ],
];

/** First words of statements that both understand alike. */
const SAME = /^(select|with|merge|insert|update|delete|show|describe|explain)\b/i;

/** How Trino is told what Athena was asked; throws Refused for what Athena would not take, or nobody here knows. */
export function planStatement(text: string, parameters: readonly string[] = []): Plan {
  const sql = withoutComments(text);
  if (parameters.length > 0) return { catalog: 'awsdatacatalog', statements: [bind(sql, parameters)] };
  for (const [form, plan] of RULES) {
    const found = form.exec(sql);
    if (found !== null) return plan(found.slice(1));
  }
  if (!SAME.test(sql)) throw new Refused(`no rule for this statement: ${sql.slice(0, 200)}`);
  return { catalog: 'awsdatacatalog', statements: [text] };
}

const iceberg = (...statements: readonly string[]): Plan => ({ catalog: 'iceberg', statements });

/** Comments before a statement hide its first word. */
const withoutComments = (text: string): string => text.replace(/^(\s*--[^\n]*\n|\s+)*/, '').trim();

/** Athena takes parameters in the `where` of a select, and nowhere else that matters to us. */
function bind(sql: string, parameters: readonly string[]): string {
  if (!/^(select|with)\b/i.test(sql)) throw new Refused('parameters stand in a select only');
  const first = sql.indexOf('?');
  if (first < 0 || !/\bwhere\b/i.test(sql.slice(0, first)))
    throw new Refused('parameters stand after where only');
  return `execute immediate '${sql.replaceAll("'", "''")}' using ${parameters.join(', ')}`;
}

function readColumns(list: string): readonly (readonly [name: string, type: string])[] {
  return list.split(',').map((column) => {
    const [name = '', type = '', ...rest] = column.trim().split(/\s+/);
    const known = TYPES[type.toLowerCase()];
    if (known === undefined || rest.length > 0) throw new Refused(`no such column: ${column.trim()}`);
    return [name, known];
  });
}

function checkedProperties(list: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const pair of list.split(',')) {
    const [, name = '', value = ''] = /^\s*'([^']*)'\s*=\s*'([^']*)'\s*$/.exec(pair) ?? [];
    if (!TABLE_PROPERTIES.has(name))
      throw new Refused(`Unsupported table property key: ${name || pair.trim()}`);
    properties.set(name, value);
  }
  return properties;
}
