import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../cloud/cache.ts';
import { MissingPrerequisite } from '../cloud/prerequisite.ts';
import { python } from '../cloud/python.ts';

const run = promisify(execFile);

/** Close to Athena's engine version 3, and the first without a need for anything but Java. */
const VERSION = '476';
const SERVER = 'trino-server-core';
/** Connectors that the core does not bring, by the name of their folder. */
const PLUGINS = { hive: 'trino-hive', iceberg: 'trino-iceberg' };

/** Folder of an unpacked Trino with the connectors of the tables; made once, from Maven's repository. */
export function installTrino(java: string): Promise<string> {
  return cached(`trino-${VERSION}`, async (making) => {
    // Maven checks each download against its hash.
    const repository = join(making, 'repository');
    const fetchPart = (artifact: string, kind: string): Promise<string> =>
      download(artifact, kind, repository, java);
    const server = await fetchPart(SERVER, 'tar.gz');
    await run('tar', ['-xzf', server, '-C', making, '--strip-components=1']);
    for (const [plugin, artifact] of Object.entries(PLUGINS)) {
      const unpacked = join(making, 'unpacked');
      mkdirSync(unpacked);
      await python(
        ['-m', 'zipfile', '-e', await fetchPart(artifact, 'zip'), unpacked],
        'could not unpack Trino',
      );
      renameSync(join(unpacked, `${artifact}-${VERSION}`), join(making, 'plugin', plugin));
      rmSync(unpacked, { recursive: true });
    }
    rmSync(repository, { recursive: true });
  });
}

async function download(artifact: string, kind: string, repository: string, java: string): Promise<string> {
  const options = [`-Dartifact=io.trino:${artifact}:${VERSION}:${kind}`, '-Dtransitive=false'];
  try {
    await run('mvn', ['-q', 'dependency:get', `-Dmaven.repo.local=${repository}`, ...options], {
      env: { JAVA_HOME: java, ...process.env },
    });
  } catch (error) {
    const { code, stdout = '' } = error as { code?: string | number; stdout?: string };
    const why = code === 'ENOENT' ? 'mvn is not there: install Maven' : stdout.trim().split('\n')[0];
    throw new MissingPrerequisite(`Trino ${VERSION} could not be fetched: ${why}`, { cause: error });
  }
  return join(repository, 'io/trino', artifact, VERSION, `${artifact}-${VERSION}.${kind}`);
}
