/** What the place of the cursor asks for. */
export type Wanted = 'nothing' | 'line' | 'block';

/** What may stand after the cursor on its line: closers and separators that a completion goes before. */
const closersOnly = /^[\s)\]}>'"`;,:]*$/;

/** Line ends after which a block is expected. */
const opensBlock = /(?:[{([:,]|=>|->|=|\b(?:then|do|else|try|begin))\s*$/;

/**
 * Decides from the text around the cursor whether to complete, and how much: nothing in front of existing words or in
 * an empty file; a block on a blank line or after an opener; else the rest of the line.
 */
export function wanted(prefix: string, suffix: string): Wanted {
  const restOfLine = suffix.slice(0, suffix.search(/\n|$/));
  if (!closersOnly.test(restOfLine) || prefix.trim() === '') return 'nothing';
  const line = prefix.slice(prefix.lastIndexOf('\n') + 1);
  if (restOfLine.trim() !== '') return 'line';
  return line.trim() === '' || opensBlock.test(line) ? 'block' : 'line';
}
