/** A line of a text and what ends it: `\n`, `\r\n`, or nothing at the end of the text. */
export interface TextLine {
  readonly body: string;
  readonly end: '\n' | '\r\n' | '';
}

/** Splits a text at its line breaks. After a final one there is a last, empty line. */
export function textLines(text: string): TextLine[] {
  const bodies = text.split('\n');
  return bodies.map((body, at) => {
    if (at === bodies.length - 1) return { body, end: '' };
    return body.endsWith('\r') ? { body: body.slice(0, -1), end: '\r\n' } : { body, end: '\n' };
  });
}

/** Undoes {@link textLines}. */
export const joinLines = (lines: readonly TextLine[]): string => lines.map(({ body, end }) => body + end).join('');

/** The lines of a text that models write, which has no final line break: none where it is empty. */
export const writtenLines = (text: string): string[] => (text === '' ? [] : text.split('\n'));

/** The line breaks that a text begins with. */
export const firstBreak = (lines: readonly TextLine[]): '\n' | '\r\n' => lines[0]?.end || '\n';
