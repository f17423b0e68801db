import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePort, type Service, startService } from '../cloud/service.ts';
import { installTrino } from './install-trino.ts';
import { findJava } from './java.ts';

export interface Trino extends Service {
  readonly url: string;
}

export interface TrinoOptions {
  /** Address of the cloud whose Glue and S3 hold the tables. */
  readonly endpoint: string;
  readonly region: string;
  /** Folder for its settings, its log and what it spills. */
  readonly folder: string;
}

type Settings = Readonly<Record<string, string>>;

/** Starts a Trino of one node; a Java of 1 GB is enough for the tests' rows. */
export async function startTrino(options: TrinoOptions): Promise<Trino> {
  const java = await findJava();
  const home = await installTrino(java);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const etc = writeSettings(options, port);
  const service = await startService({
    name: 'Trino',
    command: join(home, 'bin', 'launcher'),
    args: ['run', `--etc-dir=${etc}`],
    env: { JAVA_HOME: java, PATH: [join(java, 'bin'), process.env['PATH']].join(delimiter) },
    log: join(options.folder, 'trino.log'),
    isReady: async () => {
      const info = (await (await fetch(`${url}/v1/info`)).json()) as { readonly starting: boolean };
      return !info.starting;
    },
    readyMs: 180_000,
  });
  return { ...service, url };
}

function writeSettings({ endpoint, region, folder }: TrinoOptions, port: number): string {
  const etc = join(folder, 'trino');
  const temporary = join(etc, 'temporary');
  mkdirSync(join(etc, 'catalog'), { recursive: true });
  mkdirSync(temporary);
  const write = (name: string, settings: Settings): void =>
    writeFileSync(
      join(etc, name),
      Object.entries(settings)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    );
  write('config.properties', serverSettings(port));
  write('node.properties', {
    'node.environment': 'test',
    'node.id': 'one',
    'node.data-dir': join(etc, 'data'),
  });
  writeFileSync(join(etc, 'jvm.config'), [...JVM, `-Djava.io.tmpdir=${temporary}`, ''].join('\n'));
  // The name matters: the stored definitions of views say it.
  write('catalog/awsdatacatalog.properties', { ...HIVE, ...cloudSettings(endpoint, region) });
  write('catalog/iceberg.properties', { ...ICEBERG, ...cloudSettings(endpoint, region) });
  return etc;
}

const JVM = [
  '-server',
  '-Xmx1G',
  '-XX:+UseSerialGC',
  '-XX:-OmitStackTraceInFastThrow',
  '-XX:+ExitOnOutOfMemoryError',
  '-Djdk.attach.allowAttachSelf=true',
  '--enable-native-access=ALL-UNNAMED',
];

const serverSettings = (port: number): Settings => ({
  coordinator: 'true',
  'node-scheduler.include-coordinator': 'true',
  'http-server.http.port': String(port),
  'discovery.uri': `http://localhost:${port}`,
  'query.max-memory': '512MB',
  'query.max-memory-per-node': '400MB',
  'memory.heap-headroom-per-node': '200MB',
});

/** Plain tables and views; Iceberg tables are read through the other catalog, so that one name serves all, as in Athena. */
const HIVE: Settings = {
  'connector.name': 'hive',
  'hive.metastore': 'glue',
  'hive.non-managed-table-writes-enabled': 'true',
  'hive.collect-column-statistics-on-write': 'false',
  'hive.compression-codec': 'ZSTD',
  'hive.recursive-directories': 'true',
  'hive.iceberg-catalog-name': 'iceberg',
};

const ICEBERG: Settings = {
  'connector.name': 'iceberg',
  'iceberg.catalog.type': 'glue',
  'iceberg.compression-codec': 'ZSTD',
  'iceberg.expire-snapshots.min-retention': '0s',
  'iceberg.remove-orphan-files.min-retention': '0s',
};

const cloudSettings = (endpoint: string, region: string): Settings => ({
  'hive.metastore.glue.region': region,
  'hive.metastore.glue.endpoint-url': endpoint,
  'hive.metastore.glue.aws-access-key': 'test',
  'hive.metastore.glue.aws-secret-key': 'test',
  'fs.native-s3.enabled': 'true',
  's3.endpoint': endpoint,
  's3.region': region,
  's3.path-style-access': 'true',
  's3.aws-access-key': 'test',
  's3.aws-secret-key': 'test',
});
