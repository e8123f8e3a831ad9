/** Lines, 1-based and inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Lines by which a place may be off and still hold what it is cited for. */
const tolerance = 2;
/** Lines of comment and decoration between a cited comment and what it is about, and above a cited line to its scopes. */
const farthestBelow = 20;
const farthestAbove = 2_000;

const comment = /^\s*(?:\/\/|\/\*|\*|#(?!include|define|if)|--|"""|'''|<!--|@\w|#\[|\[\w)|^\s*$/;
const closer = /^\s*[)\]}{]/;

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].replaceAll('\t', '    ').length ?? 0;

/** The range, a little wider; within the file. */
export const around = ({ first, last }: LineRange, count: number): LineRange => ({
  first: Math.max(1, first - tolerance),
  last: Math.min(count, last + tolerance),
});

/** The line that a cited comment, decorator or blank line stands above, else the last line itself. */
function below(lines: readonly string[], last: number): number {
  let line = last;
  while (line - last < farthestBelow && line < lines.length && comment.test(lines[line - 1] ?? '')) line++;
  return line;
}

/** The heads of the scopes that hold a line: lines above that are indented less than all that follows. */
export function scopesOf(lines: readonly string[], first: number): number[] {
  const heads: number[] = [];
  let at = first;
  while (at < lines.length && (lines[at - 1] ?? '').trim() === '') at++;
  let indent = indentOf(lines[at - 1] ?? '');
  // A closing bracket, or an opening one on a line of its own: the head it belongs to is indented as much.
  let isOpen = closer.test(lines[at - 1] ?? '');
  const lowest = Math.max(1, first - farthestAbove);
  for (let line = at - 1; line >= lowest && (indent > 0 || isOpen); line--) {
    const text = lines[line - 1] ?? '';
    if (text.trim() === '') continue;
    const own = indentOf(text);
    if (own > indent || (own === indent && !isOpen)) continue;
    heads.push(line);
    // Parameters on lines of their own belong to the head.
    if (isOpen && own === indent && !closer.test(text)) isOpen = false;
    else if (own < indent) isOpen = closer.test(text);
    indent = own;
  }
  return heads;
}

/** The lines at which a name may stand that a place is cited for: the place, what it documents, and the heads around it. */
export function namedLines(lines: readonly string[], range: LineRange): readonly LineRange[] {
  const near = around({ first: range.first, last: below(lines, range.last) }, lines.length);
  return [near, ...scopesOf(lines, range.first).map((line) => ({ first: line, last: line }))];
}

/** Whether a line is in one of the ranges. */
export const isWithin = (ranges: readonly LineRange[], line: number): boolean =>
  ranges.some(({ first, last }) => line >= first && line <= last);
