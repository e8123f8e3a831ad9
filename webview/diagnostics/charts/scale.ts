/** Turns values of a range into places on a line. */
export interface Scale {
  /** Where a value stands, from 0 to 1. */
  at(value: number): number;
  /** Values worth a line of their own, ascending. */
  readonly ticks: readonly number[];
}

/** The next larger round number: a figure that is easily divided by four, times a power of ten. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 3, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** From nothing to a little above the largest value, in even steps. */
export function linearScale(values: readonly number[], most?: number): Scale {
  const top = most ?? niceAbove(Math.max(...values, 1e-9));
  return { at: (value) => value / top, ticks: [0, 1, 2, 3, 4].map((step) => (top * step) / 4) };
}

/** Powers of ten, from below the smallest value to above the largest: for what differs by more than a few times. */
export function logScale(values: readonly number[]): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    at: (value) => (Math.log10(value) - low) / (high - low),
    ticks: Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step)),
  };
}

/** Sizes that double from one to the next, a step each; the only one stands in the middle. */
export function doublingScale(values: readonly number[]): Scale {
  const ticks = [...new Set(values)].sort((a, b) => a - b);
  const [low, high] = [Math.log2(ticks[0] ?? 1), Math.log2(ticks.at(-1) ?? 1)];
  return { at: (value) => (high === low ? 0.5 : (Math.log2(value) - low) / (high - low)), ticks };
}
