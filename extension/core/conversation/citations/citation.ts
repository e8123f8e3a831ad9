import type { CitationView } from '../../../protocol/citation.ts';

/** A place that an answer refers to, and what became of the check. Lines are 1-based and inclusive. */
export type Citation = CitationView;

/** A place as it is written: a path and lines, none of them checked. */
export interface Place {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** The same for two places that are written alike. */
export const keyOf = ({ path, startLine, endLine }: Place): string => `${path}:${startLine}-${endLine}`;

/** Verdicts with later ones taken in: a place that was judged again keeps its position. */
export function withVerdicts(known: readonly Citation[], later: readonly Citation[]): Citation[] {
  const all = new Map(known.map((citation) => [keyOf(citation), citation]));
  for (const citation of later) all.set(keyOf(citation), citation);
  return [...all.values()];
}
