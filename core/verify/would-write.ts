/**
 * What a count that runs again would write: the MERGE as a select. A table agrees with the rows that it counts when that
 * is nothing, and there is no second text of how counts are made.
 */
const MERGE =
  /merge into (\w+) t\nusing \(\n([\s\S]*)\n\) s\non ([\s\S]*?)\nwhen matched and ([\s\S]*?) then\s+update set ([^\n]*)/;

/** Rows enough to see what is wrong: where a table is gone, each of its rows is. */
const MOST_ROWS = 1_000;

/** One row per cell that differs: its keys and figures as they should be, and each figure as `<name>_now`, null for no cell. */
export function wouldWrite(merge: string): string {
  const found = MERGE.exec(merge);
  const [, table, source, on = '', changed, set = ''] = found ?? [];
  const key = /\bt\.(\w+)/.exec(on)?.[1];
  if (found === null || key === undefined)
    throw new Error(`only a MERGE that updates figures where they changed can be read, got ${merge}`);
  const figures = [...set.matchAll(/(\w+) = s\.\1/g)].map(([, name]) => `  t.${name} as ${name}_now`);
  return `select
  s.*,
${figures.join(',\n')}
from (
${source}
) s
left join ${table} t on ${on}
where t.${key} is null or ${changed}
limit ${MOST_ROWS}
`;
}
