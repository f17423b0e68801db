interface NumberArray {
  readonly length: number;
  [place: number]: number;
  set(other: ArrayLike<number>): void;
  subarray(from: number, until: number): NumberArray;
}

/** Numbers of one sort that grow at the end. */
export function column<A extends NumberArray>(kind: new (length: number) => A) {
  let values = new kind(1024);
  let size = 0;
  return {
    size: () => size,
    get: (place: number) => values[place] ?? 0,
    values: () => values.subarray(0, size) as A,
    push(value: number) {
      if (size === values.length) {
        const longer = new kind(size * 2);
        longer.set(values);
        values = longer;
      }
      values[size++] = value;
    },
  };
}

/** A column of few different values; each is kept once. */
export function dictionary<T>() {
  const places = new Map<T, number>();
  const values: T[] = [];
  const codes = column(Uint32Array);
  return {
    get: (place: number) => values[codes.get(place)] as T,
    push(value: T) {
      let code = places.get(value);
      if (code === undefined) {
        code = values.push(value) - 1;
        places.set(value, code);
      }
      codes.push(code);
    },
  };
}
