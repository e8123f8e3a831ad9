import { createCover, type Hidden } from './hidden.ts';
import type { ImportStatement } from './imports.ts';

/** An import statement and where it stands: from `at` to `end`, or where the match stands. */
export type Located = Omit<ImportStatement, 'line' | 'lastLine'> & { readonly at?: number; readonly end?: number };

/** How a language's import statements look. */
export interface Grammar {
  /** Finds where they begin; global and multiline. */
  readonly pattern: RegExp;
  readonly hidden: Hidden;
  /** Reads the statements of a match. */
  read(match: RegExpExecArray, text: string): readonly Located[];
}

/** Tells the lines, counted from 1, that offsets stand on. They must not fall from call to call. */
function createLines(text: string): (offset: number) => number {
  let line = 1;
  let newline = text.indexOf('\n');
  return (offset) => {
    for (; newline >= 0 && newline < offset; newline = text.indexOf('\n', newline + 1)) line++;
    return line;
  };
}

/** Characters of a statement, at the most. */
const longest = 4_000;

/** What stands from an offset to the next semicolon, and where that is; nothing where it is too far away. */
export function upToSemicolon(text: string, from: number): { readonly code: string; readonly end: number } {
  const near = text.slice(from, from + longest);
  const length = Math.max(0, near.indexOf(';'));
  return { code: near.slice(0, length), end: from + length };
}

/** Finds the import statements of a text. */
export function scan(text: string, { pattern, hidden, read }: Grammar): ImportStatement[] {
  const covered = createCover(text, hidden);
  const found: ImportStatement[] = [];
  const startLine = createLines(text);
  const endLine = createLines(text);
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index < done || covered(match.index)) continue;
    for (const { at = match.index, end = match.index + match[0].length, ...statement } of read(match, text)) {
      done = Math.max(done, end);
      const line = startLine(at);
      const lastLine = endLine(done);
      found.push({ ...statement, line, ...(lastLine > line ? { lastLine } : {}) });
    }
  }
  return found;
}
