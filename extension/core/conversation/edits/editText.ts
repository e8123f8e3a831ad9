import { diffArrays } from 'diff';
import type { EditBlock, TextEdit, TextFailure, WholeFile } from './edit.ts';
import { elidedLines, leavesOut } from './elision.ts';
import { type Found, findLines, type Rung } from './findLines.ts';
import { nearestPassage } from './nearest.ts';
import { firstBreak, joinLines, type TextLine, textLines, writtenLines } from './textLines.ts';

/** The text after an edit, or why it is not applied. */
export type EditedText = { readonly text: string; readonly rung: Rung } | TextFailure;

/** Longest file, in lines, that may be replaced as a whole: of a longer one models leave parts out. */
export const longestWholeFile = 400;

const byteOrderMark = '\uFEFF';

/** Ends a text as it ended before: with a line break or without one. */
function endAs(lines: TextLine[], old: readonly TextLine[]): TextLine[] {
  const last = lines.at(-1);
  if (!last) return [];
  const broken = old.length === 0 || (old.length > 1 && old.at(-1)?.body === '');
  const end = old.at(-2)?.end || firstBreak(old);
  if (!broken || last.body === '') return [...lines.slice(0, -1), { ...last, end: '' }];
  return [...lines.slice(0, -1), { ...last, end: last.end || end }, { body: '', end: '' }];
}

/** Puts new lines in the place of old ones. Lines that both have keep every byte of the old. */
function putLines(
  old: readonly TextLine[],
  oldBodies: readonly string[],
  bodies: readonly string[],
  reindent: Found['reindent'],
  end: '\n' | '\r\n',
): TextLine[] | undefined {
  const lines: TextLine[] = [];
  let at = 0;
  for (const { value, added, removed, count } of diffArrays([...oldBodies], [...bodies])) {
    if (!added) {
      if (!removed) lines.push(...old.slice(at, at + count).map((line) => ({ ...line, end: line.end || end })));
      at += count;
      continue;
    }
    for (const written of value) {
      const body = reindent(written);
      if (body === undefined) return undefined;
      lines.push({ body, end });
    }
  }
  return lines;
}

function replaceFound(lines: readonly TextLine[], block: EditBlock, { at, reindent }: Found): TextLine[] | undefined {
  const search = block.search.split('\n');
  const region = lines.slice(at, at + search.length);
  const end = region[0]?.end || firstBreak(lines);
  const put = putLines(region, search, writtenLines(block.replace), reindent, end);
  if (!put) return undefined;
  const after = lines.slice(at + search.length);
  const all = [...lines.slice(0, at), ...put, ...after];
  return after.length > 0 ? all : endAs(all, lines);
}

/** The lines after an edit, and how strictly those that it replaced were found. */
interface Edited {
  readonly lines: TextLine[];
  readonly rung: Rung;
}

const whole = (lines: TextLine[] | TextFailure): Edited | TextFailure =>
  'problem' in lines ? lines : { lines, rung: 'exact' };

function replaceBlock(lines: readonly TextLine[], block: EditBlock): Edited | TextFailure {
  const bodies = lines.map(({ body }) => body);
  const search = block.search.split('\n');
  const found = findLines(bodies, search);
  if (found.length > 1) return { problem: 'found more than once', lines: found.map(({ at }) => at + 1) };
  const [first] = found;
  const replaced = first && replaceFound(lines, block, first);
  if (replaced) {
    const isLeftOut = leavesOut(block.replace.split('\n'), search, block.path);
    return isLeftOut ? { problem: 'lines left out' } : { lines: replaced, rung: first.rung };
  }
  if (elidedLines(search, block.path).length > 0) return { problem: 'lines left out' };
  const nearest = nearestPassage(bodies.at(-1) === '' ? bodies.slice(0, -1) : bodies, search);
  return nearest ? { problem: 'not found', nearest } : { problem: 'not found' };
}

/** Writes a whole file. Lines that stood in it before keep every byte. */
function writeWhole(old: readonly TextLine[], text: string, path: string): TextLine[] | TextFailure {
  const bodies = old.map(({ body }) => body);
  const written = writtenLines(text);
  if (leavesOut(written, bodies, path)) return { problem: 'lines left out' };
  const end = firstBreak(old);
  const put = putLines(old, bodies, written, (line) => line, end) ?? [];
  return endAs(put, old.length > 1 || old[0]?.body ? old : []);
}

function editLines(lines: readonly TextLine[] | undefined, edit: EditBlock | WholeFile): Edited | TextFailure {
  if (edit.kind === 'whole') {
    if (lines && lines.length > longestWholeFile) return { problem: 'file too long to replace' };
    return whole(writeWhole(lines ?? [], edit.text, edit.path));
  }
  if (edit.search.trim() === '') {
    if (lines?.some(({ body }) => body.trim() !== '')) return { problem: 'file exists already' };
    return whole(writeWhole(lines?.slice(0, 0) ?? [], edit.replace, edit.path));
  }
  return lines ? replaceBlock(lines, edit) : { problem: 'no such file' };
}

/**
 * Applies one edit to a file's text (undefined where there is no file). Lines that it does not touch keep every byte,
 * their line breaks included; new lines get those of the lines in whose place they stand; a byte order mark and a
 * missing last line break stay.
 */
export function editText(text: string | undefined, edit: TextEdit): EditedText {
  const mark = text?.startsWith(byteOrderMark) ? byteOrderMark : '';
  const edited = editLines(text === undefined ? undefined : textLines(text.slice(mark.length)), edit);
  return 'problem' in edited ? edited : { text: mark + joinLines(edited.lines), rung: edited.rung };
}
