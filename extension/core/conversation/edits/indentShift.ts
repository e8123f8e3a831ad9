import { indentOf } from './blockParts.ts';

/** How the indentation of what a model wrote becomes that of the file; undefined for a line that it does not fit. */
export type Reindent = (line: string) => string | undefined;

/** A line of the file and the line of the search that is the same but for its indentation. */
type Pair = readonly [file: string, search: string];

const blank = (line: string): boolean => line.trim() === '';

/** All lines moved by one same text to the right or to the left. */
function shift([file, search]: Pair): Reindent | undefined {
  const own = indentOf(file);
  const written = indentOf(search);
  if (own.endsWith(written)) {
    const more = own.slice(0, own.length - written.length);
    return (line) => more + line;
  }
  if (!written.endsWith(own)) return undefined;
  const less = written.slice(0, written.length - own.length);
  return (line) => (line.startsWith(less) ? line.slice(less.length) : undefined);
}

/** Levels of an indentation in units, and what is left over; undefined where it mixes tabs and spaces otherwise. */
function levels(indent: string, unit: string): number | undefined {
  let count = 0;
  while (indent.startsWith(unit, count * unit.length)) count++;
  return count * unit.length === indent.length ? count : undefined;
}

/** Units of `from` written for units of `to`, some levels further right or left. */
function conversion([file, search]: Pair, from: string, to: string): Reindent | undefined {
  const own = levels(indentOf(file), to);
  const written = levels(indentOf(search), from);
  if (own === undefined || written === undefined) return undefined;
  return (line) => {
    const level = levels(indentOf(line), from);
    if (level === undefined || level + own < written) return undefined;
    return to.repeat(level + own - written) + line.slice(indentOf(line).length);
  };
}

/** Widths of a level in spaces, from the most common on. */
const widths = [4, 2, 8, 3];

/**
 * The one way in which the search's indentation became the file's, the same for all lines: moved, or tabs for spaces or
 * the other way round. Undefined where the lines have none in common.
 */
export function indentShift(file: readonly string[], search: readonly string[]): Reindent | undefined {
  const pairs = search.map((line, at): Pair => [file[at] ?? '', line]).filter(([, line]) => !blank(line));
  const [first] = pairs;
  if (!first) return undefined;
  const spaces = widths.map((width) => ' '.repeat(width));
  const ways = [
    shift(first),
    ...spaces.map((unit) => conversion(first, unit, '\t')),
    ...spaces.map((unit) => conversion(first, '\t', unit)),
  ];
  const fits = (way: Reindent) => pairs.every(([own, line]) => way(line.trimEnd()) === own.trimEnd());
  const found = ways.find((way) => way !== undefined && fits(way));
  return found && ((line) => (blank(line) ? line : found(line)));
}
