/** A place in a file as a completion sees it: the text around the cursor, its lines ended by `\n`. */
export interface Place {
  readonly path: string;
  readonly prefix: string;
  readonly suffix: string;
  /** VS Code's language id. */
  readonly languageId?: string;
}

/** Closers and separators: what editors put behind the cursor while one types. */
const closers = /^[ \t]*[)\]}>'"`;,]+[ \t]*$/;

/** What may have been put behind the cursor over several lines: `{` and Enter leave a `}` two lines further down. */
const closersAndSpace = /^[\s)\]}>'"`;,]*$/;

/** Characters that an editor adds behind the cursor, at the most. */
const mostAdded = 160;

/** Characters by which the text after the cursor is known again. */
const headLength = 400;

/** The text between the cursor and the end of its line. */
export const restOfLine = (suffix: string): string => suffix.slice(0, suffix.search(/\n|$/));

/** The text of the cursor's line before it. */
export const lineBefore = (prefix: string): string => prefix.slice(prefix.lastIndexOf('\n') + 1);

/** White space at the beginning of a line. */
export const indentation = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

/**
 * The closers between the cursor and the end of its line, where nothing else stands there. A completion replaces them and
 * writes them itself, so that the rest of the file stays the same in every prompt while brackets are typed.
 */
export function closersAfter(suffix: string): string {
  const rest = restOfLine(suffix);
  return closers.test(rest) ? rest : '';
}

/**
 * What an editor has put between the cursor and the text that stood there earlier: closers and white space. Undefined where
 * anything else has changed there.
 */
export function addedBehind(earlier: string, now: string): string | undefined {
  const head = earlier.slice(0, headLength);
  const isWhole = head.length === earlier.length;
  // What ends the file may begin like what was added: it is looked for at its end.
  const atEnd = now.endsWith(head) ? now.length - head.length : -1;
  const at = isWhole ? atEnd : now.slice(0, mostAdded + headLength).indexOf(head);
  if (at < 0 || at > mostAdded || !closersAndSpace.test(now.slice(0, at))) return undefined;
  return now.slice(0, at);
}
