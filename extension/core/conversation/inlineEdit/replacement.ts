import { rebase } from '../edits/rebase.ts';
import type { Span, TextChange } from './target.ts';

/** The line breaks of a file. */
export type LineBreak = '\n' | '\r\n';

const broken = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const plain = (text: string): string => text.replaceAll('\r\n', '\n');

/** Whether a position stands between two halves: of a line break, or of a character that takes two. */
function isBetween(text: string, at: number): boolean {
  return /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(at - 1, at + 1));
}

/** The change of a text that puts another in the place of a span of it, as small as can be. */
function difference(file: string, { start, end }: Span, text: string): TextChange {
  const now = file.slice(start, end);
  let head = 0;
  while (head < now.length && head < text.length && now[head] === text[head]) head++;
  if (isBetween(now, head) || isBetween(text, head)) head--;
  let tail = 0;
  const most = Math.min(now.length, text.length) - head;
  while (tail < most && now.at(-1 - tail) === text.at(-1 - tail)) tail++;
  if (isBetween(now, now.length - tail) || isBetween(text, text.length - tail)) tail--;
  return { offset: start + head, length: now.length - tail - head, text: text.slice(head, text.length - tail) };
}

/** The change that takes whole lines out of a text, with the line break below them, or above where they are the last. */
function removal(file: string, { start, end }: Span): TextChange {
  const below = /^\r?\n/.exec(file.slice(end, end + 2))?.[0].length ?? 0;
  const above = below === 0 ? (/\r?\n$/.exec(file.slice(Math.max(0, start - 2), start))?.[0].length ?? 0) : 0;
  return { offset: start - above, length: end - start + above + below, text: '' };
}

/** New lines for those that a span has now, where the user may have changed them since they were `original`. */
export interface Placed {
  /** The lines as they will be. */
  readonly lines: readonly string[];
  readonly change: TextChange;
}

/**
 * Puts lines that were made of `original` in the place of a span of a file, keeping what the user changed there meanwhile.
 * Undefined where both changed the same lines.
 */
export function placed(
  file: string,
  span: Span,
  original: string,
  lines: readonly string[],
  lineBreak: LineBreak,
): Placed | undefined {
  const now = plain(file.slice(span.start, span.end));
  // Mostly the user writes elsewhere, and there is nothing to merge.
  const rebased = now === original ? { text: broken(lines) } : rebase(`${original}\n`, broken(lines), `${now}\n`);
  if ('conflicts' in rebased) return undefined;
  if (rebased.text === '') return { lines: [], change: removal(file, span) };
  const text = rebased.text.slice(0, -1);
  return {
    lines: text.split('\n'),
    change: difference(file, span, text.replaceAll('\n', lineBreak)),
  };
}
