/** What is left of a predicted text after some of it was typed. */
export interface Rest {
  readonly text: string;
  /** The editor has indented more than the prediction does: shown, it takes back white space before the cursor. */
  readonly isHeldBack: boolean;
}

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

/**
 * Follows a predicted text through what was typed, and returns what is left of it, or undefined where they part. White
 * space that editors put on a new line by themselves is no disagreement: on a blank line it is passed over, and before a
 * line that is indented less the prediction waits for its next character.
 */
export function follow(predicted: string, typed: string): Rest | undefined {
  if (predicted.startsWith(typed)) return { text: predicted.slice(typed.length), isHeldBack: false };
  let at = 0;
  let read = 0;
  while (read < typed.length) {
    if (typed[read] === predicted[at] && at < predicted.length) {
      at++;
      read++;
      continue;
    }
    // Only the white space at the beginning of a typed line may differ.
    const lineStart = typed.lastIndexOf('\n', read - 1) + 1;
    if (lineStart === 0 || !isBlank(typed[read]) || typed.slice(lineStart, read).trim() !== '') return undefined;
    let end = read;
    while (isBlank(typed[end])) end++;
    if (end === typed.length) {
      if (at >= predicted.length || isBlank(predicted[at])) return undefined;
      // A blank line is predicted: what follows it can be shown from here. Else the line is indented less.
      return { text: predicted.slice(at), isHeldBack: predicted[at] !== '\n' };
    }
    if (typed[end] !== '\n' || predicted[at] !== '\n') return undefined;
    read = end;
  }
  return { text: predicted.slice(at), isHeldBack: false };
}
