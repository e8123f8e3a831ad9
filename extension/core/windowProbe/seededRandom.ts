/** Numbers that look random and follow from a seed. */
export interface SeededRandom {
  /** A whole number from `from` up to, and without, `to`. */
  between(from: number, to: number): number;
  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[];
}

/** A seed that nobody can guess, 32 bits. */
export const freshSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

/** Creates a generator (Mulberry32, public domain): the same seed gives the same numbers on every machine. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;

  /** The next number from 0 up to, and without, 1. */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from));
  return {
    between,
    shuffled(list) {
      const order = [...list];
      for (let last = order.length - 1; last > 0; last--) {
        const other = between(0, last + 1);
        [order[last], order[other]] = [order[other] as (typeof order)[0], order[last] as (typeof order)[0]];
      }
      return order;
    },
  };
}
