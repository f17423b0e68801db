import type { Random } from '../../local/simulate/random.ts';

/** One after another moves a call further, and which is next is the seed's choice: so two at once can be run again. */
export class Turns {
  private readonly random: Random;
  private readonly waiting = new Set<() => void>();
  private parked: () => void = () => {};

  constructor(random: Random) {
    this.random = random;
  }

  /** Waits until it is the caller's turn. */
  take(): Promise<void> {
    return new Promise((go) => {
      this.waiting.add(go);
      this.parked();
    });
  }

  /** Runs all to their ends, whatever these are. */
  async run(bodies: readonly (() => Promise<unknown>)[]): Promise<void> {
    let running = 0;
    for (const body of bodies) {
      const wait = this.nextPark();
      running += 1;
      const end = (): void => {
        running -= 1;
        this.parked();
      };
      void this.take().then(body).then(end, end);
      await wait;
    }
    while (running > 0) {
      const go = this.random.item([...this.waiting]);
      this.waiting.delete(go);
      const wait = this.nextPark();
      go();
      await wait;
    }
  }

  private nextPark(): Promise<void> {
    return new Promise((resolve) => {
      this.parked = resolve;
    });
  }
}
