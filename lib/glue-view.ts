import { Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import type { View } from '../core/views.ts';
import { glueColumns, trinoColumns } from './columns.ts';

export interface GlueViewProps {
  readonly database: string;
  readonly view: View;
  /** One select. */
  readonly sql: string;
}

/** Athena keeps views as Glue tables: the statement is read from base64 there, and repeated here for people. */
export class GlueView extends Construct {
  readonly table: CfnTable;

  constructor(scope: Construct, id: string, props: GlueViewProps) {
    super(scope, id);
    const { view } = props;
    this.table = new CfnTable(this, 'View', {
      catalogId: Stack.of(this).account,
      databaseName: props.database,
      tableInput: {
        name: view.name,
        owner: 'clearpixel',
        tableType: 'VIRTUAL_VIEW',
        // Trino takes a table for a view only when its comment says this, and the description overrides the comment.
        description: 'Presto View',
        parameters: {
          presto_view: 'true',
          comment: 'Presto View',
          grain: view.grain,
          meaning: view.meaning,
          sql: props.sql,
        },
        viewExpandedText: '/* Presto View */',
        viewOriginalText: `/* Presto View: ${definition(props)} */`,
        storageDescriptor: { columns: glueColumns(view.columns), serdeInfo: {} },
        partitionKeys: [],
      },
    });
  }
}

function definition({ database, view, sql }: GlueViewProps): string {
  const stored = {
    originalSql: sql,
    catalog: 'awsdatacatalog',
    schema: database,
    columns: trinoColumns(view.columns),
  };
  return Buffer.from(JSON.stringify(stored)).toString('base64');
}
