/** Where the text before a cursor stands once more, and what follows it there. */
export interface Continuation {
  readonly text: string;
  /** Characters that agree before the place, white space left out. */
  readonly matched: number;
}

/** Characters before the cursor that are compared, at the most. */
const longestTail = 2_000;
/** Fewer agreeing characters are chance. */
const shortestMatch = 6;
/** Places tried; a pack of 128K tokens has fewer for all but the commonest anchors. */
const mostPlaces = 5_000;
/** Lines of a block, at the most. */
const mostLines = 8;

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

/** Counts the characters that agree backwards from two places; runs of white space agree with each other. */
function agreement(a: string, aEnd: number, b: string, bEnd: number): number {
  let i = aEnd - 1;
  let j = bEnd - 1;
  let agreed = 0;
  while (i >= 0 && j >= 0) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(j);
    if (isSpace(x) && isSpace(y)) {
      while (i >= 0 && isSpace(a.charCodeAt(i))) i--;
      while (j >= 0 && isSpace(b.charCodeAt(j))) j--;
    } else if (x === y) {
      agreed++;
      i--;
      j--;
    } else {
      break;
    }
  }
  return agreed;
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
const indentation = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

/** The end of the text before a place, cut at white space: what a place must have to be looked at. */
function anchorOf(prefix: string): string {
  const line = prefix.slice(lineStart(prefix, prefix.length)).trimStart();
  return line.slice(-Math.min(line.length, 12));
}

/** What stands at `at`: the rest of the line, and in `block` mode the lines below that belong to it. */
function follow(source: string, at: number, indent: string, mode: 'line' | 'block'): string {
  const end = source.indexOf('\n', at);
  const first = source.slice(at, end < 0 ? source.length : end);
  if (mode === 'line' || end < 0) return first;

  const base = indentation(source.slice(lineStart(source, at)));
  const taken = [first];
  for (const line of source.slice(end + 1, end + 4_000).split('\n')) {
    if (taken.length >= mostLines || line.startsWith('###PATH: ')) break;
    const own = indentation(line);
    const blank = line.trim() === '';
    if (!blank && (own.length < base.length || !own.startsWith(base))) break;
    const closes = !blank && own === base;
    if (closes && !/^[\]})]|^end\b/.test(line.trim())) break;
    taken.push(blank ? '' : indent + line.slice(base.length));
    if (closes) break;
  }
  while (taken.at(-1) === '') taken.pop();
  return taken.join('\n');
}

/**
 * Finds the longest match of the text before a cursor in `sources` and returns what follows it there, indented
 * as the cursor's line. Of equally long matches the first wins, so the same input gives the same answer.
 */
export function longestMatch(
  prefix: string,
  sources: readonly string[],
  mode: 'line' | 'block',
): Continuation | undefined {
  const tail = prefix.slice(-longestTail);
  const trimmed = tail.trimEnd();
  const space = tail.slice(trimmed.length);
  const newLine = space.includes('\n');
  const anchor = anchorOf(trimmed);
  if (anchor.length < 2) return undefined;
  const indent = indentation(tail.slice(lineStart(tail, tail.length)));

  let best: Continuation | undefined;
  for (const source of sources) {
    let places = 0;
    for (let at = source.indexOf(anchor); at >= 0 && places < mostPlaces; at = source.indexOf(anchor, at + 1)) {
      places++;
      const matched = agreement(trimmed, trimmed.length, source, at + anchor.length);
      if (matched < shortestMatch || (best && matched <= best.matched)) continue;
      let from = at + anchor.length;
      const gap = /^[ \t\r\n]*/.exec(source.slice(from, from + 200))?.[0] ?? '';
      if (space && (!gap || gap.includes('\n') !== newLine)) continue;
      if (space) from += gap.length;
      if (source.startsWith('###PATH: ', from)) continue;
      const text = follow(source, from, indent, mode);
      if (text.trim()) best = { text, matched };
    }
  }
  return best;
}
