import { type Campaign, REGISTRY_COLUMNS } from '../campaign.ts';
import { csvCell } from '../csv.ts';
import { readCampaign, textOf } from './fields.ts';
import { type RegistryRow, readCsvRows, readJsonRows, shown } from './rows.ts';

/** Reads a campaigns file; throws one Error that lists every problem with its row (a CSV's header is row 1). */
export function parseRegistry(text: string, format: 'csv' | 'json', name: string): readonly Campaign[] {
  const problems: string[] = [];
  const rows = format === 'csv' ? readCsvRows(text, problems) : readJsonRows(text, problems);
  const campaigns = rows.map((row) => readCampaign(row, problems));
  problems.push(...duplicateIds(rows));
  if (problems.length === 0) return campaigns;
  const rules = problems.length === 1 ? 'a rule' : `${problems.length} rules`;
  throw new Error([`${name} breaks ${rules}:`, ...problems.map((problem) => `  ${problem}`)].join('\n'));
}

/** The same campaigns as CSV, in the columns' order. */
export function formatRegistry(campaigns: readonly Campaign[]): string {
  const lines = campaigns.map((campaign) =>
    REGISTRY_COLUMNS.map((column) => cell(campaign[column])).join(','),
  );
  return `${[REGISTRY_COLUMNS.join(','), ...lines].join('\n')}\n`;
}

function cell(value: Campaign[keyof Campaign]): string {
  const text = value === null ? '' : Array.isArray(value) ? value.join(' ') : String(value);
  return csvCell(text);
}

function duplicateIds(rows: readonly RegistryRow[]): string[] {
  const firstRows = new Map<string, number>();
  return rows.flatMap(({ row, values }) => {
    const id = textOf(values.get('id'));
    const first = firstRows.get(id);
    if (first === undefined) firstRows.set(id, row);
    if (id === '' || first === undefined) return [];
    return [`row ${row}, id: an id names one campaign, got ${shown(id)} again after row ${first}`];
  });
}
