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

function linesBetween(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
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
  let line = 1;
  let counted = 0;
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index < done || covered(match.index)) continue;
    for (const { at = match.index, end = match.index + match[0].length, ...statement } of read(match, text)) {
      line += linesBetween(text, counted, at);
      counted = Math.max(counted, at);
      done = Math.max(done, end);
      const more = linesBetween(text, at, end);
      found.push({ ...statement, line, ...(more > 0 ? { lastLine: line + more } : {}) });
    }
  }
  return found;
}
