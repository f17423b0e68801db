import { FILE_TABLES, TABLES } from '../core/schema.ts';
import { VIEWS } from '../core/views.ts';

/** Have rows of single loads, or of what single clients sent. */
const ROW_LEVEL = ['events', 'fresh', 'loads', 'document_access', 'verdicts'];

const EVERYTHING: readonly string[] = [...TABLES, ...FILE_TABLES, ...VIEWS].map(({ name }) => name);

/** Counts and names, never a row of a single load: what reports and analysts read. */
export const COUNTED: readonly string[] = EVERYTHING.filter((name) => !ROW_LEVEL.includes(name));
