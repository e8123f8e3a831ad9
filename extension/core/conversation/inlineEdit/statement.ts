const blank = (line: string | undefined): boolean => (line ?? '').trim() === '';

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** A line that ends the block above it, at the block's own level: brackets, `end`, `fi` and the like. */
const closes = /^\s*(?:[)\]}]|<\/|(?:end|fi|done|esac)\b)/;

/** A line that goes on with the block above it, at the block's own level. */
const goesOn = /^\s*(?:else|elif|except|finally|catch|rescue|ensure|when)\b/;

/** Most lines that a block is followed for. */
const mostLines = 400;

/**
 * The lines, 0-based and inclusive, of what begins at a line: the block that is indented below it with the line that closes
 * it, or else the line alone. It goes by indentation, which every language has.
 */
export function statementAt(lines: readonly string[], line: number): readonly [first: number, last: number] {
  const own = lines[line];
  if (own === undefined || blank(own)) return [line, line];
  const level = indentOf(own);
  let last = line;
  for (let at = line + 1; at < Math.min(lines.length, line + mostLines); at++) {
    const next = lines[at] ?? '';
    if (blank(next)) continue;
    if (indentOf(next) > level || (indentOf(next) === level && last > line && goesOn.test(next))) last = at;
    else {
      if (indentOf(next) === level && closes.test(next) && (last > line || at === line + 1)) last = at;
      // A line that closes may open again: `} else {`.
      if (last !== at || !/[{([:]\s*$/.test(next)) break;
    }
  }
  return [line, last];
}
