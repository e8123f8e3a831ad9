import type { Token } from 'markdown-it';
import { parse } from './parser.ts';
import { type Node, toTree } from './tree.ts';

/** One top-level block of an answer. */
export interface Block {
  /** Where it begins in the text; no other block begins there, now or later. */
  readonly start: number;
  readonly nodes: readonly Node[];
}

/** A growing text, cut into blocks. */
export interface Blocks {
  readonly text: string;
  /** Blocks that no further text can change. */
  readonly finished: readonly Block[];
  /** The last blocks, which may still change. */
  readonly open: readonly Block[];
  /** Where `open` begins. */
  readonly openStart: number;
}

/**
 * How many line breaks must follow the beginning of a block before the block above it is finished. A table is recognised
 * by its second line, and an edit block by the line below its path; no block needs a third line to be recognised.
 */
const settledLines = 2;

/**
 * Cuts a text into its blocks. Given the blocks of a text that this one continues, it parses only what is still open,
 * and finished blocks keep their identity.
 */
export function toBlocks(source: string, previous?: Blocks): Blocks {
  const text = source.replace(/\r\n?/g, '\n');
  if (previous?.text === text) return previous;
  const continues = previous !== undefined && text.startsWith(previous.text.slice(0, previous.openStart));
  const finished = continues ? previous.finished : [];
  const from = continues ? previous.openStart : 0;
  const parsed = parseFrom(text, from);

  const settled = beginningOfLastLines(text, settledLines);
  let openAt = parsed.length - 1;
  while (openAt > 0 && (parsed[openAt]?.start ?? 0) > settled) openAt--;
  const open = parsed.slice(Math.max(openAt, 0));
  return {
    text,
    finished: openAt > 0 ? [...finished, ...parsed.slice(0, openAt)] : finished,
    open,
    openStart: open[0]?.start ?? from,
  };
}

/** Above so many tokens a block is shown as it was written: it would take the page too long to draw. */
const longestBlock = 50_000;

const isLong = (tokens: readonly Token[]): boolean =>
  tokens.reduce((count, { children }) => count + 1 + (children?.length ?? 0), 0) > longestBlock;

const asWritten = (text: string): Node[] => [{ kind: 'code', language: '', text }];

function parseFrom(text: string, offset: number): Block[] {
  const part = text.slice(offset);
  const lineStarts = [0];
  for (let at = part.indexOf('\n'); at >= 0; at = part.indexOf('\n', at + 1)) lineStarts.push(at + 1);

  const tokens = parse(part);
  const blocks: Block[] = [];
  let first = 0;
  tokens.forEach((token, index) => {
    if (token.level > 0 || token.nesting > 0) return;
    const own = tokens.slice(first, index + 1);
    const [line, end] = own[0]?.map ?? [0, 0];
    const start = lineStarts[line] ?? 0;
    const nodes = isLong(own) ? asWritten(part.slice(start, lineStarts[end])) : toTree(own);
    blocks.push({ start: offset + start, nodes });
    first = index + 1;
  });
  return blocks;
}

/** The last position with at least so many line breaks after it; -1 if there is none. */
function beginningOfLastLines(text: string, count: number): number {
  let at = text.length;
  for (let left = count; left > 0 && at >= 0; left--) at = at === 0 ? -1 : text.lastIndexOf('\n', at - 1);
  return at;
}
