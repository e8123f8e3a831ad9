import type { inSpells } from '../../spells.ts';

/** Awaited often, so that no work on a large file holds anything else up. */
export type Rest = ReturnType<typeof inSpells>;

/** A file as it is searched. Line numbers are 1-based. */
export interface SourceText {
  readonly lines: readonly string[];
  /** The lines, with `\n` between them. */
  readonly text: string;
  /** `text` as {@link foldName} has it. */
  readonly folded: string;
  /** The line at an offset of `text`. */
  lineAt(offset: number): number;
  /** The text without white space and with one kind of quotation mark, and the line at each of its offsets. */
  squeezed(rest: Rest): Promise<Squeezed>;
}

/** A text in which differences of white space and quotation marks are gone. */
export interface Squeezed {
  readonly text: string;
  /** Where a line begins in `text`; for the number after the last line, where the text ends. */
  startOf(line: number): number;
  lineAt(offset: number): number;
}

/** Takes white space out of a text, and makes its quotation marks alike. */
export const squeeze = (text: string): string => text.replace(/\s+/g, '').replace(/["'`“”‘’]/g, "'");

/** A text in which names that differ only in case, hyphens and underscores are alike. */
export const foldName = (text: string): string => text.toLowerCase().replace(/[_-]/g, '');

/** The number of starts that are not after an offset. */
function countUpTo(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startsOf(lines: readonly string[]): number[] {
  let at = 0;
  return lines.map((line) => {
    const start = at;
    at += line.length + 1;
    return start;
  });
}

/** Prepares a text with line breaks of any kind; a final one does not begin another line. */
export function createSourceText(content: string): SourceText {
  const lines = content.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  const text = lines.join('\n');
  let folded: string | undefined;
  let starts: number[] | undefined;
  let squeezed: Promise<Squeezed> | undefined;

  async function squeezeAll(rest: Rest): Promise<Squeezed> {
    const parts: string[] = [];
    const begins: number[] = [];
    let length = 0;
    for (const [index, line] of lines.entries()) {
      if (index % 64 === 0) await rest();
      const part = squeeze(line);
      begins.push(length);
      parts.push(part);
      length += part.length;
    }
    await rest();
    return {
      text: parts.join(''),
      startOf: (line) => (line > begins.length ? length : (begins[Math.max(0, line - 1)] ?? 0)),
      // An empty line begins where the next one does; the last of them is meant.
      lineAt: (offset) => countUpTo(begins, offset),
    };
  }

  return {
    lines,
    text,
    get folded() {
      folded ??= foldName(text);
      return folded;
    },
    lineAt(offset) {
      starts ??= startsOf(lines);
      return countUpTo(starts, offset);
    },
    squeezed(rest) {
      squeezed ??= squeezeAll(rest);
      return squeezed;
    },
  };
}

/** Bytes that begin UTF-16, in either order. */
const utf16 = { le: [0xff, 0xfe], be: [0xfe, 0xff] } as const;

/** The text of a file, without its byte order mark; undefined for what is no text. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const begins = (mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte);
  if (begins(utf16.le)) return new TextDecoder('utf-16le').decode(bytes);
  if (begins(utf16.be)) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.includes(0) ? undefined : new TextDecoder().decode(bytes);
}
