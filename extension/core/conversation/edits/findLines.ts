import { indentShift, type Reindent } from './indentShift.ts';

/** How strictly lines agree with those looked for: in all, but for white space at their ends, or but for their indentation. */
export type Rung = 'exact' | 'trailing' | 'indent';

/** Where the lines looked for stand, and how what replaces them is to be indented. */
export interface Found {
  /** 0-based line. */
  readonly at: number;
  readonly rung: Rung;
  readonly reindent: Reindent;
}

const unmoved: Reindent = (line) => line;

/** Lines (0-based) at which all of `search` stands in `lines`. */
function places(lines: readonly string[], search: readonly string[]): number[] {
  const found: number[] = [];
  const last = lines.length - search.length;
  for (let at = lines.indexOf(search[0] ?? ''); at >= 0 && at <= last; at = lines.indexOf(search[0] ?? '', at + 1)) {
    if (search.every((line, i) => lines[at + i] === line)) found.push(at);
  }
  return found;
}

/**
 * All places at which lines stand in a file, by the strictest comparison that finds any: exact, then without trailing
 * white space, then with the indentation moved as one. Letters, words and the order of lines always have to agree.
 */
export function findLines(lines: readonly string[], search: readonly string[]): Found[] {
  const exact = places(lines, search);
  if (exact.length > 0) return exact.map((at) => ({ at, rung: 'exact', reindent: unmoved }));

  const withoutTrail = (line: string) => line.trimEnd();
  const trimmedEnd = places(lines.map(withoutTrail), search.map(withoutTrail));
  if (trimmedEnd.length > 0) return trimmedEnd.map((at) => ({ at, rung: 'trailing', reindent: unmoved }));

  const trim = (line: string) => line.trim();
  return places(lines.map(trim), search.map(trim)).flatMap((at) => {
    const reindent = indentShift(lines.slice(at, at + search.length), search);
    return reindent ? [{ at, rung: 'indent', reindent }] : [];
  });
}
