import { diffArrays } from 'diff';
import { indentOf } from '../edits/blockParts.ts';
import { farthest } from './lineDiff.ts';
import type { EditTarget } from './target.ts';

const blank = (line: string): boolean => line.trim() === '';

/** Columns of a line's indentation. */
function width(line: string, tabSize: number): number {
  let columns = 0;
  for (const sign of indentOf(line)) columns += sign === '\t' ? tabSize - (columns % tabSize) : 1;
  return columns;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** Columns of one level in lines that are indented with spaces; undefined where none is indented. */
function levelOf(lines: readonly string[]): number | undefined {
  const level = lines.reduce((found, line) => divisor(found, width(line, 1)), 0);
  return level > 1 ? level : undefined;
}

/** The indentation that an empty place has: that of the deeper of its neighbours. */
function placeWidth({ before, selected, after, tabSize }: EditTarget): number {
  if (selected !== '') return width(`${selected}.`, tabSize);
  const above = before.split('\n').findLast((line) => !blank(line)) ?? '';
  const below = after.split('\n').find((line) => !blank(line)) ?? '';
  return Math.max(width(above, tabSize), width(below, tabSize));
}

/** Writes a number of columns as the file does. */
function indentation(columns: number, usesTabs: boolean, tabSize: number): string {
  if (!usesTabs) return ' '.repeat(columns);
  return '\t'.repeat(Math.floor(columns / tabSize)) + ' '.repeat(columns % tabSize);
}

/**
 * Indents what a model wrote as the lines that it replaces: moved as a whole where the model began at the margin or elsewhere,
 * or its first line alone where only that was moved; tabs for spaces and the other way round. Lines that were there before
 * keep every byte.
 */
export function reindented(written: readonly string[], target: EditTarget): string[] {
  const { selected, tabSize } = target;
  const old = selected.split('\n');
  const filled = written.filter((line) => !blank(line));
  const oldFilled = old.filter((line) => !blank(line));
  const oldTabs = oldFilled.some((line) => indentOf(line).includes('\t'));
  const oldSpaces = oldFilled.some((line) => indentOf(line).startsWith(' '));
  const usesTabs = oldTabs || (!oldSpaces && !target.insertSpaces);
  const tabbed = filled.some((line) => indentOf(line).includes('\t'));
  // Levels of spaces become as many tabs, however wide these are shown.
  const level = usesTabs && !tabbed ? levelOf(filled) : undefined;
  const columns = (line: string): number =>
    level === undefined ? width(line, tabSize) : (width(line, 1) / level) * tabSize;

  const [first = ''] = filled;
  const rest = filled.slice(1).map(columns);
  const oldRest = oldFilled.slice(1).map((line) => width(line, tabSize));
  const [oldFirst] = oldFilled;
  const wanted = oldFirst === undefined ? placeWidth(target) : width(oldFirst, tabSize);
  const isInPlace = oldFirst === undefined && columns(first) > 0;
  const by = isInPlace ? 0 : wanted - columns(first);
  const isFirstAlone = by > 0 && rest.length > 0 && oldRest.length > 0 && Math.min(...rest) === Math.min(...oldRest);
  const fits = by >= 0 || Math.min(...filled.map(columns)) + by >= 0;
  const shift = fits ? by : 0;

  let isFirst = true;
  const moved = written.map((line) => {
    if (blank(line)) return '';
    const own = columns(line) + (isFirst || !isFirstAlone ? shift : 0);
    isFirst = false;
    return indentation(own, usesTabs, tabSize) + line.trimStart();
  });
  return keepingBytes(old, moved, tabSize);
}

/** Takes the old line wherever a new one says the same at the same depth: its white space stays as it was. */
function keepingBytes(old: readonly string[], now: readonly string[], tabSize: number): string[] {
  const key = (line: string): string => (blank(line) ? '' : `${width(line, tabSize)} ${line.trim()}`);
  const lines: string[] = [];
  let from = 0;
  let to = 0;
  const changes = diffArrays(old.map(key), now.map(key), { maxEditLength: farthest });
  if (!changes) return [...now];
  for (const { added, removed, count } of changes) {
    if (removed) from += count;
    else if (added) {
      lines.push(...now.slice(to, to + count));
      to += count;
    } else {
      lines.push(...old.slice(from, from + count));
      from += count;
      to += count;
    }
  }
  return lines;
}
