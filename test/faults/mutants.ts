import { PREFIXES, REGISTRY_FILES } from '../../core/layout.ts';
import type { BucketObjects, Condition } from '../../lambda/bucket.ts';
import type { MergeHost, MergeWarehouse } from '../../lambda/merge-tables.ts';
import type { Mutant } from './schedule.ts';

type Sql = MergeHost['sql'];

/** Bugs that the schedules have to find, each put into what the product really runs. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  'delete before check': { host: (host) => withWarehouse(host, (inner) => deleteOnInsert(host, inner)) },
  'delete unlisted files': {
    host: (host) =>
      withData(host, { remove: async (keys) => host.data.remove([...keys, ...(await freshOf(host))]) }),
  },
  'a source that is not cut to the days': altered(
    'insert',
    'where dt in (:days) and "$path" in (:files)',
    'where "$path" in (:files)',
  ),
  'rows that are there already come again': altered('insert', 't.load_id = s.load_id and ', 'false and '),
  'a null key in a count table': altered('count', "coalesce(source, '') as source", 'source'),
  'cells that vanished stay': altered('count', 'full outer join', 'left join'),
  'copies of the counted days only': altered(
    'copies',
    'dt between :first_day and :last_day',
    'dt = :last_day',
  ),
  'forgotten tokens come again': altered('tokens', 'recipient is not null', 'recipient is null'),
  'a file name without the hash of its content': {
    fresh: (data) =>
      alter(data, {
        writeIf: (only, key, body) => data.writeIf(only, key.replace(/-\w+\.parquet$/, '.parquet'), body),
      }),
  },
  'sealing that ranks nulls': altered(
    'seal',
    'case when e.message is not null then min(e.load_id) over (partition by e.dt, e.campaign, e.message) end',
    'min(e.load_id) over (partition by e.dt, e.campaign, e.message)',
  ),
  'no lease': {
    host: (host) =>
      withData(host, {
        writeIf: (only, key, body) => host.data.writeIf(only, ownLease(host, key), body),
        read: (key) => host.data.read(ownLease(host, key)),
      }),
  },
  'nobody waits for what a lost call began': {
    host: (host) => withWarehouse(host, (inner) => ({ ...inner, settle: async () => {} })),
  },
};

function altered(name: keyof Sql, from: string, to: string): Mutant {
  return {
    sql: (sql) => {
      if (!sql[name].includes(from))
        throw new Error(`${name}.sql no longer says ${from}: plant this mutant anew`);
      return { ...sql, [name]: sql[name].replace(from, to) };
    },
  };
}

type Calls = Partial<{
  remove(keys: readonly string[]): Promise<void>;
  read: BucketObjects['read'];
  writeIf(condition: Condition, key: string, body: Uint8Array | string): Promise<string | null>;
}>;

/** The same bucket, some calls of which do something else. */
const alter = (data: BucketObjects, calls: Calls): BucketObjects => Object.assign(Object.create(data), calls);

const withData = (host: MergeHost, calls: Calls): MergeHost => ({ ...host, data: alter(host.data, calls) });

const withWarehouse = (host: MergeHost, change: (inner: MergeWarehouse) => MergeWarehouse): MergeHost => ({
  ...host,
  openWarehouse: (onStart) => change(host.openWarehouse(onStart)),
});

/** Each call has a lease of its own. */
const ownLease = ({ holder }: MergeHost, key: string): string =>
  key === REGISTRY_FILES.lease ? `${key}-${holder}` : key;

const freshOf = ({ data }: MergeHost): Promise<readonly string[]> => data.list(PREFIXES.fresh);

const deleteOnInsert = ({ data }: MergeHost, inner: MergeWarehouse): MergeWarehouse => ({
  ...inner,
  run: async (sql) => {
    await inner.run(sql);
    if (!sql.includes('merge into events')) return;
    const files = sql.match(/fresh\/[\w-]+\.parquet/g) ?? [];
    await data.remove([...new Set(files)]);
  },
});
