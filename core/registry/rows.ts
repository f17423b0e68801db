import { CsvError, parse } from 'csv-parse/sync';
import { REGISTRY_COLUMNS } from '../campaign.ts';
import { cut } from '../report/text-layout.ts';

/** One campaign as written: values by column, before any check of them. */
export interface RegistryRow {
  readonly row: number;
  readonly values: ReadonlyMap<string, unknown>;
}

/** Splits CSV into rows; a spreadsheet's row numbers, so the header is row 1. */
export function readCsvRows(text: string, problems: string[]): readonly RegistryRow[] {
  const [header, ...records] = readCells(text, problems);
  if (header === undefined) {
    if (problems.length === 0) problems.push(`row 1: write a header, such as ${REGISTRY_COLUMNS.join(',')}`);
    return [];
  }
  const columns = header.map((column) => column.trim());
  checkColumns(columns, 'row 1', problems);
  return records.flatMap((cells, index) => {
    const row = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return [];
    if (cells.length !== columns.length)
      problems.push(
        `row ${row}: the header names ${columns.length} columns, got ${cells.length} cells: quote cells that hold a comma`,
      );
    return [{ row, values: new Map(columns.map((column, at) => [column, cells[at] ?? ''])) }];
  });
}

/** Reads a JSON list of objects; the first object is row 1. */
export function readJsonRows(text: string, problems: string[]): readonly RegistryRow[] {
  const list = parseJson(text, problems);
  if (!Array.isArray(list)) {
    if (problems.length === 0) problems.push('write a list of campaigns: [{"id": "spring-sale"}]');
    return [];
  }
  return list.flatMap((entry: unknown, index) => {
    const row = index + 1;
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      problems.push(`row ${row}: a campaign is an object with an id, got ${shown(entry)}`);
      return [];
    }
    checkColumns(Object.keys(entry), `row ${row}`, problems, 'id' in entry);
    return [{ row, values: new Map(Object.entries(entry)) }];
  });
}

function readCells(text: string, problems: string[]): string[][] {
  problems.push(...undecoded(text));
  try {
    return parse(text, { bom: true, relax_column_count: true, max_record_size: 100_000 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    problems.push(`line ${error['lines'] ?? 1}: ${decapitalize(error.message)}: check its quotes`);
    return [];
  }
}

function parseJson(text: string, problems: string[]): unknown {
  problems.push(...undecoded(text));
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    problems.push(`not JSON: ${cut(error instanceof Error ? error.message : String(error), 160)}`);
    return undefined;
  }
}

function checkColumns(
  columns: readonly string[],
  where: string,
  problems: string[],
  hasId = columns.includes('id'),
): void {
  if (!hasId) problems.push(`${where}: the column id is missing`);
  for (const [at, column] of columns.entries()) {
    if (!(REGISTRY_COLUMNS as readonly string[]).includes(column))
      problems.push(
        `${where}: unknown column ${shown(column)}: the columns are ${REGISTRY_COLUMNS.join(', ')}`,
      );
    else if (columns.indexOf(column) < at)
      problems.push(`${where}: column ${column} is there twice: keep one`);
  }
}

/** U+FFFD is what a decoder writes for bytes that are no UTF-8. */
function undecoded(text: string): readonly string[] {
  const at = text.indexOf('\uFFFD');
  if (at < 0) return [];
  const line = text.slice(0, at).split('\n').length;
  return [`line ${line}: some characters are not UTF-8: save the file with that encoding`];
}

/** A value in an error: one line, short, and nothing in it that steers a terminal. */
export const shown = (value: unknown): string => cut((JSON.stringify(value) ?? 'nothing').slice(0, 400), 80);

const decapitalize = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
