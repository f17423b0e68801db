import { readFileSync } from 'node:fs';
import { edgeCode } from '../edge-code.ts';
import { homeAt } from '../home.ts';
import { checkScenario, parseScenario, type Scenario } from '../simulate/scenario.ts';
import { type Simulated, simulate } from '../simulate/simulate.ts';
import { blameInput, EXIT, type Terminal } from '../terminal.ts';

const DEFAULT_SCENARIO = new URL('../simulate/default-scenario.json', import.meta.url);

export interface SimulateOptions {
  readonly home: string;
  readonly scenario?: string;
  readonly seed: number;
  readonly scale: number;
  readonly until?: string;
}

/** Writes registry, log files and truth.json of a simulation into the home folder. */
export async function simulateCommand(options: SimulateOptions, terminal: Terminal): Promise<number> {
  const home = homeAt(options.home);
  const scenario = readScenario(options);
  const { lines, files, truth } = await runSimulation(options.home, scenario, options.seed, terminal);
  const summary = { lines, files, from: truth.from, until: truth.until, logs: home.logs, truth: home.truth };
  if (terminal.json) terminal.print(JSON.stringify(summary));
  else
    terminal.print(
      `${lines} log lines of ${truth.from} to ${truth.until} in ${files} files below ${home.logs}`,
    );
  return EXIT.done;
}

/** The scenario file, or the default one, with what the command line says instead. */
export function readScenario(options: Pick<SimulateOptions, 'scenario' | 'scale' | 'until'>): Scenario {
  const file = options.scenario ?? DEFAULT_SCENARIO;
  return blameInput(() => {
    const scenario = parseScenario(readFileSync(file, 'utf8'), options.scenario ?? 'default-scenario.json');
    const { until = scenario.until } = options;
    return checkScenario({ ...scenario, until, scale: scenario.scale * options.scale }, 'the scenario');
  });
}

/** The simulation itself, for `simulate` and `start`, telling its progress. */
export function runSimulation(
  home: string,
  scenario: Scenario,
  seed: number,
  terminal: Terminal,
): Promise<Simulated> {
  const onProgress = (lines: number, of: number): void =>
    terminal.progress(`simulating: ${lines} of ${of} requests`);
  return simulate({ home: homeAt(home), scenario, seed, now: Date.now(), edgeCode: edgeCode(), onProgress });
}
