import { fillLists } from '../../core/merge/sql-lists.ts';
import { EVENT_COLUMNS } from '../../core/schema.ts';
import type { Warehouse } from '../../core/warehouse.ts';
import { mergeSql } from '../../local/sql-texts.ts';

export const RANDOM_DAYS = ['2026-11-22', '2026-11-23', '2026-11-24'] as const;

/** A select of the columns of `events` with every sort of row, the same for the same seed. */
export function randomLoads(rows: number, seed = 1): string {
  const die = (name: string, sides: number): string => `(hash(n, ${seed}, '${name}') % ${sides})::int`;
  const values: Readonly<Record<string, string>> = {
    load_id: `cast(hash(n, ${seed}) >> 1 as bigint)`,
    loaded_ms: `1795420800000 + ${die('time', 200_000)}`,
    lines: `case when ${die('class', 20)} = 0 then 3 else 1 end`,
    campaign: `case when ${die('mode', 9)} = 0 then 'made-up' || n else ['a', 'b', 'c'][1 + ${die('campaign', 3)}] end`,
    medium: `['email', 'page', 'document', null][1 + ${die('medium', 4)}]`,
    source: `['s', 't', null][1 + ${die('source', 3)}]`,
    mode: `case when ${die('mode', 9)} = 0 then null else 'aggregate' end`,
    registered: `${die('mode', 9)} <> 0`,
    message: `case when ${die('medium', 4)} = 0 and ${die('nonce', 8)} > 0 then ${die('message', 80)} end`,
    visitor: `${die('visitor', 90)}`,
    network: `${die('network', 3)}`,
    class: `case when ${die('class', 20)} = 0 then 'dropped' else
      ['likely_human', 'proxied', 'prefetch', 'automated', 'unknown', 'invalid'][1 + ${die('class', 20)} % 6] end`,
    kind: `['browser', 'at_display', 'regardless', 'mailbox', null][1 + ${die('kind', 5)}]`,
    agent: `['Chrome', 'curl', null][1 + ${die('agent', 3)}]`,
    reasons: `case when ${die('class', 20)} = 0 then 'bad_line' end`,
    flags: `['relay', 'head', null][1 + ${die('flags', 3)}]`,
    country: `['DE', null][1 + ${die('country', 2)}]`,
    ruleset: `'2026-11-23-aa'`,
    parser: '1',
    log_object: `'logs/' || n % 5 || '.gz'`,
    dt: `['${RANDOM_DAYS.join("', '")}'][1 + ${die('dt', 3)}]`,
  };
  const columns = EVENT_COLUMNS.map(
    ({ name, type }) => `cast(${values[name] ?? 'null'} as ${DUCKDB[type]}) as ${name}`,
  );
  return `select ${columns.join(',\n')} from (select unnest(range(${rows})) as n)`;
}

const DUCKDB = { text: 'varchar', bigint: 'bigint', int: 'integer', boolean: 'boolean' } as const;

/** Fills `events` with random rows and counts them. */
export async function fillWithLoads(warehouse: Warehouse): Promise<void> {
  await warehouse.run(`insert into events ${randomLoads(2000)}`);
  await warehouse.run(fillLists(mergeSql().count, { days: RANDOM_DAYS }));
}
