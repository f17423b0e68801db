import type { Random } from '../../local/simulate/random.ts';
import type { Turns } from './turns.ts';

/** `before`, `after`: it dies there. `refused`: the service says no. `again`: its answer got lost, the client repeats. */
export type Fault = 'before' | 'after' | 'refused' | 'again';

export class Crash extends Error {
  override readonly name = 'Crash';
}

/** One call of a function: whatever it does outside of itself is a step, and at one of them something may go wrong. */
export class Call {
  readonly name: string;
  isDead = false;
  private steps = 0;
  private readonly turns: Turns;
  private readonly faults: ReadonlyMap<number, Fault>;

  constructor(name: string, turns: Turns, faults: ReadonlyMap<number, Fault> = new Map()) {
    this.name = name;
    this.turns = turns;
    this.faults = faults;
  }

  async step<Result>(act: () => Promise<Result>, refusal: () => Error): Promise<Result> {
    await this.turns.take();
    this.steps += 1;
    const fault = this.faults.get(this.steps);
    if (this.isDead || fault === 'before') this.die();
    if (fault === 'refused') throw refusal();
    const result = await act();
    if (fault === 'after') this.die();
    return fault === 'again' ? act() : result;
  }

  private die(): never {
    this.isDead = true;
    throw new Crash(`${this.name} died at step ${this.steps}`);
  }
}

/** Some calls go well; of the others most die once, at any of about so many steps. */
export function randomFaults(random: Random, steps: number): ReadonlyMap<number, Fault> {
  const faults = new Map<number, Fault>();
  while (random.chance(0.6)) faults.set(1 + random.below(steps), random.item(FAULTS));
  return faults;
}

const FAULTS: readonly Fault[] = ['before', 'after', 'after', 'refused', 'again'];
