import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import type { Config } from '../core/config.ts';
import { PREFIXES, TABLE_PREFIXES } from '../core/layout.ts';
import { FILE_TABLES, TABLES, type Table } from '../core/schema.ts';
import { VIEWS } from '../core/views.ts';
import { glueColumns } from './columns.ts';
import { DeployStep } from './deploy-step.ts';
import { GlueView } from './glue-view.ts';
import type { Grantee } from './grantee.ts';
import { Handler } from './handler.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { SavedQueries } from './saved-queries.ts';
import { acknowledgeArnStar } from './star.ts';
import { viewText } from './view-text.ts';
import { Workgroup } from './workgroup.ts';

const PARQUET = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
} as const;

export interface TablesProps {
  readonly config: Config;
  readonly data: PrivateBucket;
}

/** Database, tables and views, and who may query what. */
export class Tables extends Construct {
  readonly database: string;
  readonly merges: Workgroup;
  readonly reports: Workgroup;
  readonly operators: Workgroup;
  readonly analysts: Workgroup;
  private readonly data: PrivateBucket;
  private readonly glueDatabase: CfnDatabase;

  constructor(scope: Construct, id: string, props: TablesProps) {
    super(scope, id);
    this.data = props.data;
    this.database = databaseName(this);
    this.glueDatabase = this.makeDatabase(props.config.destroyData);
    this.merges = this.workgroup('Merges', 'clearpixel: statements that write the tables');
    this.reports = this.workgroup('Reports', 'clearpixel: reads of the counts for reports', 10);
    // Of their own: what a query answered lies beside the others of its workgroup.
    this.operators = this.workgroup('Operators', "clearpixel: operators' own queries of single loads", 10);
    this.analysts = this.workgroup('Analysts', "clearpixel: people's own queries", 10);
    new SavedQueries(this, 'SavedQueries', { database: this.database, workgroup: this.analysts });
    for (const table of FILE_TABLES) this.fileTable(table);
    const iceberg = this.icebergTables();
    for (const view of VIEWS) {
      const sql = viewText(view.name, props.config);
      // Engines read a view's tables when it is used; the order is for people who watch a deployment.
      new GlueView(this, `View-${view.name}`, { database: this.database, view, sql }).node.addDependency(
        iceberg,
      );
    }
  }

  get workgroups(): readonly Workgroup[] {
    return [this.merges, this.reports, this.operators, this.analysts];
  }

  /** Lets a function, or people, read tables and views; a view needs what it reads named as well. */
  allowRead(grantee: Grantee, names: readonly string[]): void {
    this.allowReading(grantee, names, filesOf(names.filter(isStored)));
  }

  /** The same for every table and view, by stars: an IAM policy of people holds 6,144 characters. */
  allowReadAll(grantee: Grantee): void {
    this.allowReading(grantee, ['*'], [`${TABLE_PREFIXES.tables}*`, `${PREFIXES.fresh}*`]);
    acknowledgeArnStar(
      grantee.holder,
      { service: 'glue', resource: `table/${this.database}/*` },
      'Every table and view of the one database.',
    );
  }

  private allowReading(grantee: Grantee, names: readonly string[], files: readonly string[]): void {
    grantee.allow(
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartitions'],
      this.catalogArns(names),
    );
    this.data.allowRead(grantee, ...files);
    this.data.allowList(grantee, ...files);
    grantee.addEnvironment?.('DATABASE', this.database);
  }

  /** Lets a function commit to Iceberg tables: new files, and a new pointer to them. */
  allowWrite(handler: Handler, names: readonly string[]): void {
    handler.allow(['glue:UpdateTable'], this.catalogArns(names));
    this.data.allowWriteInParts(handler, ...filesOf(names));
  }

  /** Lets a function take away files that no snapshot names. */
  allowDelete(handler: Handler, names: readonly string[]): void {
    this.data.allowDelete(handler, ...filesOf(names));
  }

  private catalogArns(names: readonly string[]): readonly string[] {
    const arn = (resource: string): string => Stack.of(this).formatArn({ service: 'glue', resource });
    const tables = names.map((name) => arn(`table/${this.database}/${name}`));
    return [arn('catalog'), arn(`database/${this.database}`), ...tables];
  }

  private makeDatabase(destroyData: boolean): CfnDatabase {
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: {
        name: this.database,
        description: 'clearpixel: loads, their counts, and views over both',
        locationUri: this.data.s3UrlForObject(TABLE_PREFIXES.tables),
      },
    });
    database.applyRemovalPolicy(destroyData ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);
    return database;
  }

  private fileTable({ name, columns, meaning }: Table): void {
    const table = new CfnTable(this, `Table-${name}`, {
      catalogId: Stack.of(this).account,
      databaseName: this.database,
      tableInput: {
        name,
        description: meaning,
        tableType: 'EXTERNAL_TABLE',
        parameters: { EXTERNAL: 'TRUE', classification: 'parquet' },
        storageDescriptor: {
          ...PARQUET,
          columns: glueColumns(columns),
          location: this.data.s3UrlForObject(folderOf(name)),
        },
      },
    });
    table.addResourceDependency(this.glueDatabase);
  }

  /** CloudFormation cannot make Iceberg tables that Athena extends, so a function does, from the columns of the core. */
  private icebergTables(): DeployStep {
    const handler = new Handler(this, 'Function', {
      entry: 'tables',
      description: 'clearpixel: makes the Iceberg tables and adds new columns to them',
      memorySize: 256,
      timeout: Duration.minutes(10),
      environment: { TABLES_URI: this.data.s3UrlForObject(TABLE_PREFIXES.tables) },
    });
    const names = TABLES.map(({ name }) => name);
    this.merges.allowQueries(handler);
    this.allowRead(handler, names);
    this.allowWrite(handler, names);
    handler.allow(['glue:CreateTable'], this.catalogArns(names));
    const step = new DeployStep(this, 'Tables', { handler, properties: { tables: TABLES.map(describe) } });
    step.node.addDependency(this.glueDatabase, this.merges);
    return step;
  }

  private workgroup(id: string, description: string, maxGigabytes?: number): Workgroup {
    const name = `${this.database}_${id.toLowerCase()}`;
    return new Workgroup(this, id, { name, description, data: this.data, maxGigabytes });
  }
}

/**
 * Athena takes lower case, digits and underscores; people type it, so it is the stack's name and nothing more. Of two
 * stacks of a region whose names differ in capitals alone, the second one's deployment says that the name is taken.
 */
const databaseName = (scope: Construct): string =>
  Stack.of(scope)
    .stackName.toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '_');

const isStored = (name: string): boolean => [...TABLES, ...FILE_TABLES].some((table) => table.name === name);

const folderOf = (name: string): string =>
  name === 'fresh' ? PREFIXES.fresh : `${TABLE_PREFIXES.tables}${name}/`;

const filesOf = (names: readonly string[]): readonly string[] => names.map((name) => `${folderOf(name)}*`);

/** Readable in `cdk diff`, and another text whenever a column is added. */
const describe = ({ name, columns }: Table): Record<string, string> => ({
  name,
  columns: glueColumns(columns)
    .map((column) => `${column.name} ${column.type}`)
    .join(', '),
});
