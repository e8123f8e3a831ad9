import { closes, firstStrayCloser, openersOf } from './brackets.ts';
import type { Suggestion } from './inlineRequest.ts';

/** Whether the characters of `part` stand in `whole` in their order. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const character of part) {
    at = whole.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/**
 * Fits a completion to the closers behind the cursor: it replaces them where it has them itself. Where it has not, its
 * first line goes in front of them, without an end that says them again.
 */
export function fitToClosers(text: string, closers: string, languageId?: string): Suggestion | undefined {
  const wanted = closers.trim();
  if (wanted === '') return { text, replaces: 0 };
  if (isWithin(wanted, text) && closes(text, openersOf(wanted), languageId)) return { text, replaces: closers.length };
  const [line = ''] = text.split('\n');
  const own = line.slice(0, firstStrayCloser(line, [], languageId));
  return own.trim() === '' ? undefined : { text: own, replaces: 0 };
}
