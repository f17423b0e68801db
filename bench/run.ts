import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchSet, makeSet } from './data.ts';
import { benchSettings } from './ingest-folder.ts';
import { benchMerge } from './merge.ts';
import { timeSteps } from './step-times.ts';

/** One way to do the job, as a whole process. */
interface Contender {
  readonly name: string;
  readonly command: (set: BenchSet, to: string) => readonly string[];
  /** The answer is the number of lines. */
  readonly counts: boolean;
}

const script = (file: string): string => new URL(file, import.meta.url).pathname;
const CONTENDERS: readonly Contender[] = [
  {
    name: 'gzip -dc',
    command: ({ folder }) => ['sh', '-c', `gzip -dc ${folder}/*.gz > /dev/null`],
    counts: false,
  },
  {
    name: 'clearpixel',
    command: ({ name, folder }, to) => [process.execPath, script('ingest-folder.ts'), name, folder, to],
    counts: true,
  },
  {
    name: 'DuckDB SQL',
    command: ({ name, folder }, to) => [process.execPath, script('duckdb-folder.ts'), name, folder, to],
    counts: true,
  },
];

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
  },
});
const LINES = Number(values.lines);
const ROUNDS = Number(values.rounds);
const OUT = join(tmpdir(), 'clearpixel-bench', 'out');
/** As the command line does: only the first start compiles. */
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'clearpixel-bench', 'compiled') };
/** Processes are held to one core where the system can do that. */
const PIN = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];

for (const name of ['legacy', 'v2'] as const) {
  const set = makeSet(name, LINES);
  process.stdout.write(`\n${name}: ${LINES} lines, ${ROUNDS} rounds${PIN.length > 0 ? ', one core' : ''}\n`);
  report(race(set));
  reportSteps(await timeSteps(set.folder, OUT, benchSettings(name)));
}
rmSync(OUT, { recursive: true, force: true });
await benchMerge(LINES);

/** Seconds of each contender, taken in turn so that a noisy minute hits all of them. */
function race(set: BenchSet): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>(CONTENDERS.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const contender of CONTENDERS) times.get(contender.name)?.push(run(contender, set));
  }
  return times;
}

function run({ name, command, counts }: Contender, set: BenchSet): number {
  rmSync(OUT, { recursive: true, force: true });
  const [file = '', ...rest] = [...PIN, ...command(set, OUT)];
  const start = performance.now();
  const answer = execFileSync(file, rest, { encoding: 'utf8', env: { ...process.env, ...COMPILED } });
  const seconds = (performance.now() - start) / 1000;
  if (counts && Number(answer) !== set.lines) throw new Error(`${name} answered ${answer}, not ${set.lines}`);
  return seconds;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

function least(times: readonly number[]): number {
  return Math.min(...times);
}

function report(times: ReadonlyMap<string, readonly number[]>): void {
  const floor = times.get('gzip -dc') ?? [];
  process.stdout.write('                median s   min s   median/gzip   min/gzip\n');
  for (const [name, all] of times) {
    const figures = [median(all), least(all), median(all) / median(floor), least(all) / least(floor)];
    const [middle = '', low = '', ratio = '', lowRatio = ''] = figures.map((figure) => figure.toFixed(2));
    process.stdout.write(
      `${name.padEnd(14)} ${middle.padStart(9)} ${low.padStart(7)} ${ratio.padStart(13)} ${lowRatio.padStart(10)}\n`,
    );
  }
}

function reportSteps(times: ReadonlyMap<string, number>): void {
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  const shares = [...times].map(([step, time]) => `${step} ${((100 * time) / total).toFixed(0)} %`);
  process.stdout.write(
    `share of ${(total / 1000).toFixed(2)} s of CPU in one process: ${shares.join(', ')}\n`,
  );
}
