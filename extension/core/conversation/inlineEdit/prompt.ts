import { fenceFor } from '../../context/section.ts';
import type { EditTarget } from './target.ts';

/** Lines that frame the lines to edit in the file; they are no code in any language. */
export const firstMark = '[[[ the lines to edit begin here ]]]';
export const lastMark = '[[[ the lines to edit end here ]]]';

/** The end of a text that is at most so many characters long, from the beginning of a line on. */
function tail(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const cut = text.slice(text.length - characters);
  return cut.slice(cut.indexOf('\n') + 1);
}

/** The beginning of a text that is at most so many characters long, up to the end of a line. */
function head(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return text.slice(0, Math.max(0, text.lastIndexOf('\n', characters)));
}

/** Share of the characters around the lines that are above them: code refers to what stands before it. */
const shareAbove = 2 / 3;

/**
 * The message that asks for an edit: the file around the lines, at most `characters` of it, with the lines marked; the
 * lines once more by themselves; and the instruction last, next to the answer.
 */
export function editPrompt(target: EditTarget, instruction: string, characters: number): string {
  const { path, languageId, selected } = target;
  const above = Math.floor(characters * shareAbove);
  const before = tail(target.before, Math.max(above, characters - target.after.length));
  const after = head(target.after, characters - Math.min(before.length, above));
  const fence = fenceFor(`${before}${selected}${after}`);
  const marked = `${before}${firstMark}\n${selected}\n${lastMark}${after}`;
  const isEmpty = selected.trim() === '';
  return [
    `${path}\n${fence}${languageId}\n${marked}\n${fence}`,
    isEmpty
      ? 'There is nothing between the two marks yet: write what is to stand there.'
      : `The lines between the two marks are:\n${fence}${languageId}\n${selected}\n${fence}`,
    `${instruction}\n\nAnswer with what replaces these lines, in a block fenced by ${fence}`,
  ].join('\n\n');
}
