/** Writes the pages and the schema that are made from code; tests hold them to it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { schemaPage } from '../core/schema/page.ts';
import { scenarioSchema } from '../local/simulate/scenario.ts';
import { replaceCost } from './cost-tables.ts';
import { replaceFields } from './scenario-fields.ts';
import { replaceTools } from './tool-table.ts';

const file = (name: string): URL => new URL(name, import.meta.url);

writeFileSync(file('schema.md'), schemaPage());
writeFileSync(file('simulate.md'), replaceFields(readFileSync(file('simulate.md'), 'utf8')));
writeFileSync(file('scenario.schema.json'), `${JSON.stringify(scenarioSchema(), null, 2)}\n`);
writeFileSync(file('cost.md'), replaceCost(readFileSync(file('cost.md'), 'utf8')));
writeFileSync(file('links.md'), replaceTools(readFileSync(file('links.md'), 'utf8')));
