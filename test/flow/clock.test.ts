import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { DAY_MS, utcDay, utcStart } from '../../core/day.ts';
import { logFile, logLine } from './logs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearpixel-clock-'));
  return () => rmSync(folder, { recursive: true });
});

function clearpixel(...args: readonly string[]): string {
  const command = ['bin/clearpixel.ts', '--home', folder, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}
const rowsOf = (sql: string): readonly Record<string, unknown>[] =>
  clearpixel('query', sql, '--json')
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row));

test('the days of a simulation show displays from the first on, though they are long over', () => {
  clearpixel('simulate', '--scale', '0.1', '--until', '2026-01-14');
  clearpixel('ingest', join(folder, 'logs'));
  const days = rowsOf('select dt, sum(firsts) as firsts from daily group by dt order by dt');
  expect(days.length).toBeGreaterThan(10);
  expect(days.filter(({ firsts }) => Number(firsts) === 0)).toEqual([]);
});

test('a real home takes late loads without hashes, and none of days that have expired', () => {
  const now = Date.now();
  const dayAt = (ago: number): string => utcDay(now - ago * DAY_MS);
  const ingest = (day: string, id: string): string => {
    const path = join(folder, 'in', `E2EXAMPLE.${day}-08.${id}.gz`);
    mkdirSync(join(folder, 'in'), { recursive: true });
    writeFileSync(path, logFile(logLine({ id: `${id}-load`, ms: utcStart(day) + 8 * 3_600_000 })));
    return clearpixel('ingest', path);
  };
  expect(ingest(dayAt(2), 'intime01')).not.toContain('sealed');
  ingest(dayAt(10), 'late0001');
  expect(
    rowsOf('select count(message) as copies, count(visitor) as visitors from events group by dt order by dt'),
  ).toEqual([
    { copies: 0, visitors: 0 },
    { copies: 1, visitors: 1 },
  ]);
  expect(ingest(dayAt(500), 'older001')).toContain('left out 1 rows of days that have expired');
  expect(rowsOf(`select count(*) as n from events where dt < '${dayAt(10)}'`)).toEqual([{ n: 0 }]);
});
