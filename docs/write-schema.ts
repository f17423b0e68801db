import { writeFileSync } from 'node:fs';
import { schemaPage } from '../core/schema/page.ts';

writeFileSync(new URL('schema.md', import.meta.url), schemaPage());
