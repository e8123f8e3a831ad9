import { isCommentLine, lexiconOf } from './lexicon.ts';
import { closersAfter, lineBefore, restOfLine } from './place.ts';

/** What the place of the cursor asks for. */
export type Wanted = 'nothing' | 'line' | 'block';

/** What the parser knows of a place; `text` is prose. */
export type Surroundings = 'code' | 'comment' | 'string' | 'text';

/** Line ends after which a block is expected. */
const opensBlock = /(?:[{([:,]|=>|->|=|\b(?:then|do|else|try|begin))\s*$/;

/** Languages whose files are prose. */
const prose = new Set(['markdown', 'plaintext', 'latex', 'restructuredtext', 'asciidoc', 'git-commit', 'scminput']);

/** What a place is, by its language and its line alone. */
export function surroundingsByLine(languageId: string, prefix: string): Surroundings {
  if (prose.has(languageId)) return 'text';
  return isCommentLine(lexiconOf(languageId), lineBefore(prefix)) ? 'comment' : 'code';
}

/**
 * Decides from the text around the cursor whether to complete, and how much: nothing in front of existing words or in
 * an empty file; a block on a blank line or after an opener; else the rest of the line. In comments, strings and prose it
 * is always a line: what follows there is anybody's guess.
 */
export function wanted(prefix: string, suffix: string, where: Surroundings = 'code'): Wanted {
  const rest = restOfLine(suffix);
  if ((rest.trim() !== '' && closersAfter(suffix) === '') || prefix.trim() === '') return 'nothing';
  if (where !== 'code') return 'line';
  const line = lineBefore(prefix);
  // Within brackets an answer is short, but for those that hold blocks and lists.
  if (rest.trim() !== '' && !/[{[]\s*$/.test(line)) return 'line';
  return line.trim() === '' || opensBlock.test(line) ? 'block' : 'line';
}

/** Whether what was typed last asks for an answer at once: a new line, or an opening bracket. */
export function isUrgent(prefix: string): boolean {
  return /(?:\n[ \t]*|[([{]\s?)$/.test(prefix);
}
