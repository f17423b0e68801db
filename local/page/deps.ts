import type { Classifier } from '../../core/classify/classify.ts';
import type { ReportSql } from '../../core/report/answers.ts';
import type { Period } from '../../core/report/period.ts';
import type { Warehouse } from '../../core/warehouse.ts';
import type { OpenWarehouse } from '../with-warehouse.ts';
import type { PersonaLoad } from './personas.ts';

/** What a simulation knows to be true of a period; only this page ever sees it. */
export interface PageTruth {
  readonly seed: number;
  readonly scenario: string;
  readonly zone: string;
  /** Log lines that the simulation wrote, and how many of them are in the tables. */
  readonly lines: number;
  readonly linesFound: number;
  /** Displays of all campaigns with a unit. */
  readonly displays: number;
  readonly campaigns: ReadonlyMap<string, number>;
  readonly labels: readonly LabelTruth[];
}

/** One class of the tables against the labels of the truth. */
export interface LabelTruth {
  readonly label: string;
  readonly loads: number;
  readonly right: number;
  readonly wrong: number;
  /** Cause of most of the wrong ones; null when there is none. */
  readonly mistake: string | null;
}

/** What the page needs of the process it runs in. */
export interface PageDeps {
  /** A warehouse for one answer; closed after it. */
  readonly openWarehouse: () => Promise<OpenWarehouse>;
  readonly sql: ReportSql;
  readonly smallNumber: number;
  /** Period shown where the address asks for none. */
  readonly period: () => Period;
  /** Null where the traffic was not simulated. */
  readonly truth: (warehouse: Warehouse, period: Period) => Promise<PageTruth | null>;
  /** Where the lines came from, in two words: "simulated traffic", "imported logs". */
  readonly source: string;
  readonly zone: string;
  readonly classifier: Classifier;
  /** Names of the registry. */
  readonly campaigns: () => readonly string[];
  /** Loads the pixel as another client, through the edge function that serves the page. */
  readonly loadAs: (load: PersonaLoad) => Promise<unknown>;
  readonly now: () => number;
  /** Day of the data's zone. */
  readonly today: () => string;
  /** A random value for one copy. */
  readonly nonce: () => string;
}
