/**
 * One answer about {@link repository} and the verdicts on its places, in order: `✓ place`, `→ place → where it is`, or
 * `✗ place (why)`; lines as `first-last`.
 */
export type CitationCase = readonly [name: string, answer: string, ...verdicts: string[]];

/** A line of text as a list, for answers of several lines. */
export const lines = (...all: readonly string[]): string => all.join('\n');
