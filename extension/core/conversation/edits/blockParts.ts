import { divider } from '../../../protocol/answerGrammar.ts';
import type { MalformedReason } from './edit.ts';

/** The two parts of a block's lines, or why there are not two. */
export type BlockParts = { readonly search: string; readonly replace: string } | MalformedReason;

const conflictStart = /^<{7}(?: |$)/;
const conflictEnd = /^>{7}(?: |$)/;

/** White space at the beginning of a line. */
export const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

/** Whether a mark may belong to a block that begins with `indent`: models indent a block, or a mark by a little. */
export const marksSame = (line: string, indent: string): boolean => {
  const own = indentOf(line);
  return own === indent || /^ {0,3}$/.test(own);
};

/** Positions of lines that may divide a block: those within a complete conflict of a merge divide that one. */
function dividers(lines: readonly string[], indent: string): number[] {
  const found: number[] = [];
  let conflict: number | undefined;
  for (const [at, line] of lines.entries()) {
    if (conflictStart.test(line)) {
      conflict = found.length;
    } else if (conflict !== undefined && conflictEnd.test(line)) {
      found.length = conflict;
      conflict = undefined;
    } else if (divider.test(line) && marksSame(line, indent)) {
      found.push(at);
    }
  }
  return found;
}

/**
 * Divides the lines of a SEARCH/REPLACE block. Where several lines could divide it (underlined headings look the same)
 * it is the one with as many signs as the mark that began the block, and none if that is not one either.
 */
export function blockParts(lines: readonly string[], indent: string, signs: number): BlockParts {
  const all = dividers(lines, indent);
  const alike = all.filter((at) => lines[at]?.trim().length === signs);
  const [at, ...more] = all.length > 1 ? alike : all;
  if (all.length === 0) return 'no divider';
  if (at === undefined || more.length > 0) return 'more than one divider';
  return { search: lines.slice(0, at).join('\n'), replace: lines.slice(at + 1).join('\n') };
}

/** Takes a block's own indentation from the lines of a new file, where all of them have it, as inside of a list. */
export function withoutIndent(text: string, indent: string): string {
  const lines = text.split('\n');
  const all = lines.every((line) => line.trim() === '' || line.startsWith(indent));
  return all ? lines.map((line) => line.slice(indent.length)).join('\n') : text;
}
