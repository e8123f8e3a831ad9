/** A declaration that a hidden statement refers to; `line` is the 1-based line of its name. */
export interface Gold {
  readonly path: string;
  readonly line: number;
  readonly name: string;
}

/** A hidden statement, and the declarations elsewhere that writing it needs. */
export interface Case {
  /** Path of the file, relative to the root. */
  readonly path: string;
  /** The file with the statement, and the imports that only it used, taken out; the cursor stands where the statement was. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** What was hidden. */
  readonly statement: string;
  readonly gold: readonly Gold[];
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Up to `count` of the items, each at most once, in random order. */
export function sample<T>(items: readonly T[], count: number, random: () => number): T[] {
  const rest = [...items];
  const chosen: T[] = [];
  while (chosen.length < count && rest.length > 0) {
    const at = Math.floor(random() * rest.length);
    const [item] = rest.splice(at, 1);
    if (item !== undefined) chosen.push(item);
  }
  return chosen;
}

/** A part of a text; offsets. */
export interface Cut {
  readonly start: number;
  readonly end: number;
}

/** A text with parts of it taken out, which do not overlap. */
export function without(text: string, cuts: readonly Cut[]): string {
  let rest = text;
  for (const { start, end } of [...cuts].sort((a, b) => b.start - a.start))
    rest = rest.slice(0, start) + rest.slice(end);
  return rest;
}
