import { readdirSync, readFileSync } from 'node:fs';
import { CfnNamedQuery } from 'aws-cdk-lib/aws-athena';
import { Construct } from 'constructs';
import { projectFile } from './project.ts';
import type { Workgroup } from './workgroup.ts';

export interface SavedQueriesProps {
  readonly database: string;
  /** Where people find them. */
  readonly workgroup: Workgroup;
}

/** What people start from in Athena's editor: the files of sql/saved, which ask for the first and the last day. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { database, workgroup }: SavedQueriesProps) {
    super(scope, id);
    for (const { name, sql } of savedTexts()) {
      const query = new CfnNamedQuery(this, name, {
        name,
        description: headOf(sql),
        database,
        queryString: sql,
        workGroup: workgroup.name,
      });
      query.node.addDependency(workgroup);
    }
  }
}

function savedTexts(): readonly { readonly name: string; readonly sql: string }[] {
  const files = readdirSync(projectFile('sql', 'saved')).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file) => ({
    name: file.slice(0, -'.sql'.length),
    sql: readFileSync(projectFile('sql', 'saved', file), 'utf8'),
  }));
}

/** The first comment says the grain and the question. */
const headOf = (sql: string): string => (sql.split('\n')[0] ?? '').replace(/^-- /, '');
