/** Whole lines of a file that an instruction is about, and what stands around them. Line breaks are `\n`. */
export interface EditTarget {
  /** Relative to the folder. */
  readonly path: string;
  /** VS Code's language id. */
  readonly languageId: string;
  /** The text above the lines, with its last line break. */
  readonly before: string;
  /** The lines, without the last one's line break. */
  readonly selected: string;
  /** The text below the lines, with the line break that ends them; empty at the end of the file. */
  readonly after: string;
  /** Whether the file is indented with spaces. */
  readonly insertSpaces: boolean;
  /** Columns that a tab is wide. */
  readonly tabSize: number;
}

/** Positions of lines in a text: from the beginning of the first to the end of the last, without its line break. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A change of a text, as editors report it: positions are those before it. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** Where lines stand after a change, and whether it was made in them. */
export function moved(span: Span, { offset, length, text }: TextChange): Span & { readonly isInside: boolean } {
  const by = text.length - length;
  const end = offset + length;
  // What ends above the lines, or at their beginning with a line break, pushes them on.
  if (end < span.start || (end === span.start && (text === '' || text.endsWith('\n'))))
    return { start: span.start + by, end: span.end + by, isInside: false };
  if (offset > span.end || (offset === span.end && length === 0 && /^\r?\n/.test(text)))
    return { ...span, isInside: false };
  const start = Math.min(span.start, offset);
  return { start, end: Math.max(start, Math.max(span.end, end) + by), isInside: true };
}
