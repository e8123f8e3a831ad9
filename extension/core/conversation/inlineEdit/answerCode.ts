import { parseEditBlocks } from '../editBlocks.ts';
import { editText } from '../edits/editText.ts';
import { type CodeBlock, codeBlocks } from './codeBlocks.ts';
import { firstMark, lastMark } from './prompt.ts';
import { unfencedCode } from './prose.ts';
import type { EditTarget } from './target.ts';

const aside = new Set(['sh', 'bash', 'shell', 'console', 'terminal', 'output', 'text', 'txt', 'log']);
const isDiff = ({ language }: CodeBlock): boolean => language === 'diff' || language === 'patch';

const same = (a: readonly string[], b: readonly string[]): boolean => {
  const words = (lines: readonly string[]) =>
    lines
      .map((line) => line.trim())
      .filter(Boolean)
      .join('\n');
  return words(a) === words(b);
};

/** The block that holds the new lines: not the one that quotes the old ones, nor one for the terminal. */
function chosenBlock(blocks: readonly CodeBlock[], { selected, languageId }: EditTarget): CodeBlock | undefined {
  if (blocks.length < 2) return blocks[0];
  const others = blocks.filter(({ lines }) => !same(lines, selected.split('\n')));
  const code = others.filter(({ language }) => !aside.has(language) || languageId === 'shellscript');
  return code[0] ?? others[0] ?? blocks[0];
}

/** The old lines after replacements that are given as SEARCH/REPLACE blocks or hunks; undefined where one does not fit. */
function replaced(edits: readonly { search: string; replace: string }[], { selected, path }: EditTarget) {
  let text = selected;
  for (const { search, replace } of edits) {
    if (search.trim() === '') return undefined;
    const edited = editText(text, { kind: 'replace', path, search, replace });
    if ('problem' in edited) return undefined;
    text = edited.text;
  }
  return edits.length > 0 ? text.split('\n') : undefined;
}

/** Reads the hunks of a unified diff, whose line numbers models get wrong. */
function hunksOf(lines: readonly string[]): { search: string; replace: string }[] {
  const parts: { old: string[]; now: string[] }[] = [];
  let part: { old: string[]; now: string[] } | undefined;
  for (const line of lines) {
    if (/^(?:diff |index |--- |\+\+\+ )/.test(line)) continue;
    if (line.startsWith('@@') || !part) {
      part = { old: [], now: [] };
      parts.push(part);
      if (line.startsWith('@@')) continue;
    }
    if (line.startsWith('\\')) continue;
    if (!line.startsWith('+')) part.old.push(line.slice(1));
    if (!line.startsWith('-')) part.now.push(line.slice(1));
  }
  const filled = parts.filter(({ old, now }) => old.length + now.length > 0);
  return filled.map(({ old, now }) => ({ search: old.join('\n'), replace: now.join('\n') }));
}

/** Numbers before every line, one more each time, as listings have them. */
function withoutNumbers(lines: readonly string[]): readonly string[] {
  const found = lines.map((line) => /^\s*(\d+)\s?[|:│]\s?(.*)$/.exec(line));
  const first = Number(found[0]?.[1]);
  const isListing = lines.length > 1 && found.every((each, at) => Number(each?.[1]) === first + at);
  return isListing ? found.map((each) => each?.[2] ?? '') : lines;
}

const trimmed = (line: string | undefined): string => (line ?? '').trim();

/** How many lines at the end of `above` an answer begins with, where that cannot be by chance. */
function overlap(lines: readonly string[], above: readonly string[], old: readonly string[]): number {
  for (let count = Math.min(lines.length, above.length); count > 0; count--) {
    const shared = lines.slice(0, count);
    if (!shared.every((line, at) => trimmed(line) === trimmed(above[above.length - count + at]))) continue;
    const filled = shared.map(trimmed).filter((line) => /[\p{L}\p{N}]/u.test(line));
    const telling = filled.filter((line) => !old.some((each) => trimmed(each) === line));
    if (filled.length > 1 || telling.some((line) => line.length >= 8)) return telling.length > 0 ? count : 0;
  }
  return 0;
}

/** Brackets that lines open and do not close; fewer than none where they close others. */
function openBrackets(lines: readonly string[]): number {
  const text = lines.join('\n');
  return (text.match(/[([{]/g)?.length ?? 0) - (text.match(/[)\]}]/g)?.length ?? 0);
}

/** Whether the last line closes what the old lines leave to the line below them to close. */
function closesTwice(lines: readonly string[], old: readonly string[], below: readonly string[]): boolean {
  const last = trimmed(lines.at(-1));
  const next = trimmed(below.find((line) => line.trim() !== ''));
  return /^[)\]}]+[;,]?$/.test(last) && last === next && openBrackets(lines.slice(0, -1)) === openBrackets(old);
}

/** Takes away what an answer repeats of the lines around those that it replaces. */
function withoutContext(lines: readonly string[], { before, selected, after }: EditTarget): readonly string[] {
  const old = selected.split('\n');
  const above = before.split('\n').slice(0, -1);
  const below = after.split('\n').slice(1);
  const from = overlap(lines, above, old);
  const left = lines.slice(from);
  const to = overlap(left.toReversed(), below.toReversed(), old);
  const own = left.slice(0, left.length - to);
  return closesTwice(own, old, below) ? own.slice(0, -1) : own;
}

/** A comment in the first line that names the file, which models like to add. */
function withoutName(lines: readonly string[], { path, selected }: EditTarget): readonly string[] {
  const [first = ''] = lines;
  const name = first
    .trim()
    .replace(/^(?:\/\/|#|--|<!--|\/\*|;|%)\s*/, '')
    .replace(/\s*(?:\*\/|-->)$/, '');
  const isName = name !== first.trim() && (name === path || name === path.split('/').at(-1));
  return isName && !selected.includes(first.trim()) ? lines.slice(1) : lines;
}

/**
 * The lines that a model answers with in place of those of the target, as it indented them; undefined where there are
 * none to be found. While the answer still grows only lines that have ended are taken, and only out of a block.
 */
export function answerCode(answer: string, target: EditTarget, isWhole: boolean): readonly string[] | undefined {
  const text = answer.replaceAll('\r\n', '\n');
  const whole = isWhole ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  const blocks = codeBlocks(whole);
  const block = chosenBlock(blocks, target);
  const found = block?.lines ?? (isWhole ? unfencedCode(whole, target.languageId) : undefined);
  if (!found) return undefined;
  if (/^<{5,9} SEARCH\s*$/m.test(found.join('\n')) && !target.selected.includes('<<<<')) {
    const bare = whole.split('\n').filter((line) => !/^\s*(?:`{3,}|~{3,})/.test(line));
    const { edits } = parseEditBlocks([target.path, ...bare].join('\n'));
    return isWhole
      ? replaced(
          edits.filter((edit) => edit.kind === 'replace'),
          target,
        )
      : undefined;
  }
  if (block && isDiff(block) && target.languageId !== 'diff')
    return isWhole ? replaced(hunksOf(block.lines), target) : undefined;
  const marks = [firstMark, lastMark];
  const own = found.filter((line) => !marks.includes(line.trim()));
  // A line break before the half-read last line is no line of its own.
  const lines = !isWhole && block && !block.isClosed && own.at(-1) === '' ? own.slice(0, -1) : own;
  return withoutContext(withoutName(withoutNumbers(lines), target), target);
}
