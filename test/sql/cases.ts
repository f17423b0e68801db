import { readdirSync, readFileSync } from 'node:fs';
import type { Threshold } from '../../core/schema/settings.ts';
import type { Value } from '../../core/warehouse.ts';

/** A row of a case: only the columns that matter. */
export type CaseRow = Readonly<Record<string, Value>>;

export interface Given {
  readonly events?: readonly CaseRow[];
  readonly fresh?: readonly CaseRow[];
  readonly daily?: readonly CaseRow[];
  readonly hourly?: readonly CaseRow[];
  readonly copies?: readonly CaseRow[];
  readonly requests?: readonly CaseRow[];
  readonly verdicts?: readonly CaseRow[];
  readonly changes?: readonly CaseRow[];
  readonly campaigns?: readonly CaseRow[];
  readonly thresholds?: readonly Threshold[];
}

export interface SqlCase {
  readonly name: string;
  readonly given: Given;
  /** For the slots and parameters of the statement. */
  readonly days?: readonly string[];
  readonly files?: readonly string[];
  readonly hours?: readonly string[];
  readonly campaigns?: readonly string[];
  readonly tokens?: readonly string[];
  readonly ids?: readonly string[];
  readonly lives?: readonly string[];
  readonly modes?: readonly string[];
  readonly sealed_day?: string;
  readonly aged_day?: string;
  readonly life_day?: string;
  readonly ruleset?: readonly string[];
  readonly moment?: readonly string[];
  readonly inputs?: readonly string[];
  readonly verdicts?: readonly string[];
  readonly parameters?: readonly string[];
  /** Rows of a select; for a MERGE, rows of the tables it wrote. */
  readonly expect: readonly CaseRow[] | Readonly<Record<string, readonly CaseRow[]>>;
}

export interface SqlFile {
  readonly folder: 'merge' | 'verify' | 'views' | 'reports' | 'saved';
  readonly name: string;
  readonly sql: string;
  readonly cases: readonly SqlCase[];
}

const root = new URL('../../sql/', import.meta.url);

/** Every statement of sql/ with the cases beside it; none for a file that has no cases yet. */
export function sqlFiles(): readonly SqlFile[] {
  return (['merge', 'verify', 'views', 'reports', 'saved'] as const).flatMap((folder) => {
    const names = readdirSync(new URL(`${folder}/`, root));
    return names
      .filter((name) => name.endsWith('.sql'))
      .map((file) => {
        const name = file.slice(0, -'.sql'.length);
        const sql = readFileSync(new URL(`${folder}/${file}`, root), 'utf8');
        return {
          folder,
          name,
          sql,
          cases: names.includes(`${name}.cases.json`) ? casesOf(folder, name) : [],
        };
      });
  });
}

function casesOf(folder: string, name: string): readonly SqlCase[] {
  const text = readFileSync(new URL(`${folder}/${name}.cases.json`, root), 'utf8');
  return (JSON.parse(text) as { cases: readonly SqlCase[] }).cases;
}
