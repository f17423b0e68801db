/** A growing list of 64-bit numbers, two words each. */
export class WordList {
  lanes = new Int32Array(1024);
  #size = 0;

  /** Makes room for one more number and gives the place of its lower word. */
  next(): number {
    const at = this.#size * 2;
    this.#size++;
    if (at === this.lanes.length) {
      const longer = new Int32Array(at * 2);
      longer.set(this.lanes);
      this.lanes = longer;
    }
    return at;
  }

  toBigints(): BigInt64Array {
    return new BigInt64Array(this.lanes.buffer, 0, this.#size);
  }
}
