/**
 * Writes one part of a pack, in the form that GLM's code models know (glm-protocol.md 3.1).
 *
 * Every section begins with `#` at a line's start and ends with a line break. The splitting pattern of cl100k_base
 * (glm-protocol.md 2.2) never joins across such a place, so the tokens of sections put together are exactly
 * the sum of their tokens.
 */
export function section(heading: string, text: string): string {
  const body = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `###PATH: ${heading}\n${body}`;
}

/** Stands for left-out lines within a section; one token. */
export const gap = '…';

/** Runs of lines that follow each other; the lines are 1-based and ascending. */
export function rangesOf(lines: readonly number[]): [startLine: number, endLine: number][] {
  const ranges: [number, number][] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges;
}

/** Writes some lines of a file as one section, with a {@link gap} between the ranges. */
export function skeletonSection(
  path: string,
  lines: readonly string[],
  ranges: readonly (readonly [startLine: number, endLine: number])[],
): string {
  const parts = ranges.map(([start, end]) => lines.slice(start - 1, end).join('\n'));
  return section(path, parts.join(`\n${gap}\n`));
}

/** The inclusive 1-based line range of a text, without its line ends. */
export function linesOf(text: string, startLine: number, endLine: number): string {
  return text
    .split('\n')
    .slice(startLine - 1, endLine)
    .join('\n');
}

/** The lines of a text; a final line break does not begin another line. */
export function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Number of lines in a text; a final line break does not begin another line. */
export const lineCount = (text: string): number => splitLines(text).length;

/** A code fence longer than any run of backticks in the text, so that the text cannot close it. */
export function fenceFor(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}
