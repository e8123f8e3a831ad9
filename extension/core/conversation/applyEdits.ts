import type { EditBlock } from './editBlocks.ts';

/** Why a block was refused; the file is then left as it is. */
export type Refusal = 'not found' | 'found more than once' | 'file exists already' | 'no such file';

/** The outcome of applying one file's blocks: the new text, or the first block that was refused. */
export type Applied = { readonly text: string } | { readonly refused: Refusal; readonly block: EditBlock };

/** A way for two lines to be the same, from the strictest on. */
type Same = (fileLine: string, searchLine: string) => boolean;

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
const exact: Same = (a, b) => withoutReturn(a) === b;
const butTrailingSpace: Same = (a, b) => a.trimEnd() === b.trimEnd();

/** Line numbers (0-based) at which all of `search` stands in `lines`. */
function places(lines: readonly string[], search: readonly string[], same: Same): number[] {
  const found: number[] = [];
  for (let at = 0; at + search.length <= lines.length; at++) {
    if (search.every((line, i) => same(lines[at + i] ?? '', line))) found.push(at);
  }
  return found;
}

const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

/** The indentation that every line of text in `lines` shares. */
function commonIndent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map(indentOf);
  let common = indents[0] ?? '';
  for (const indent of indents) while (!indent.startsWith(common)) common = common.slice(0, -1);
  return common;
}

const reindent = (lines: readonly string[], from: string, to: string): string[] =>
  lines.map((line) => (line.trim() === '' ? line : to + line.slice(from.length)));

/** Replaces one block's lines, or says why not. The ladder: exact, trailing white space, uniform indentation. */
function replaceOnce(
  lines: readonly string[],
  search: readonly string[],
  replace: readonly string[],
): string[] | Refusal {
  const splice = (at: number, by: readonly string[]): string[] => [
    ...lines.slice(0, at),
    ...by,
    ...lines.slice(at + search.length),
  ];

  for (const same of [exact, butTrailingSpace]) {
    const found = places(lines, search, same);
    if (found.length > 1) return 'found more than once';
    if (found[0] !== undefined) return splice(found[0], replace);
  }

  const searchIndent = commonIndent(search);
  const bare = reindent(search, searchIndent, '');
  const candidates = lines.flatMap((_, at) => {
    const window = lines.slice(at, at + search.length);
    if (window.length < search.length) return [];
    const indent = commonIndent(window);
    const agrees = reindent(window, indent, '').every((line, i) => butTrailingSpace(line, bare[i] ?? ''));
    return agrees ? [{ at, indent }] : [];
  });
  if (candidates.length > 1) return 'found more than once';
  const [candidate] = candidates;
  if (!candidate) return 'not found';
  // Lines of the replacement that are indented less than the search lose no text: they go to the margin they ask for.
  const common = commonIndent([...search, ...replace]);
  const extra = candidate.indent.slice(0, Math.max(0, candidate.indent.length - searchIndent.length + common.length));
  return splice(candidate.at, reindent(replace, common, extra));
}

/**
 * Applies a file's blocks in order. All or nothing: a block that is not found, or found more than once, refuses the
 * whole file. Lines that no block touches keep every byte, their line ends included; new lines get the line end that
 * the file begins with. `text` is undefined for a file that does not exist.
 */
export function applyEdits(text: string | undefined, blocks: readonly EditBlock[]): Applied {
  const firstBreak = text?.indexOf('\n') ?? -1;
  const carriageReturn = firstBreak > 0 && text?.[firstBreak - 1] === '\r' ? '\r' : '';
  let lines = text?.split('\n');
  for (const block of blocks) {
    const replace = block.replace === '' ? [] : block.replace.split('\n').map((line) => line + carriageReturn);
    if (block.search.trim() === '') {
      if (lines?.some((line) => line.trim() !== '')) return { refused: 'file exists already', block };
      lines = [...replace, ''];
      continue;
    }
    if (!lines) return { refused: 'no such file', block };
    const replaced = replaceOnce(lines, block.search.split('\n'), replace);
    if (typeof replaced === 'string') return { refused: replaced, block };
    lines = replaced;
    // Only the last line has no line break, and so no carriage return before one.
    lines.push(withoutReturn(lines.pop() ?? ''));
  }
  return { text: (lines ?? []).join('\n') };
}
