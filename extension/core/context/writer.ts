import type { Level, Omission, PackedFile } from '../pack.ts';
import type { Tokenizer } from '../ports.ts';
import type { Gate } from '../repository/gate.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import { gap, rangesOf, section, skeletonSection, splitLines } from './section.ts';
import type { Item, Part, Selection } from './selection.ts';

/** A file's part of a pack, written out and counted. */
export interface Piece {
  readonly file: PackedFile;
  readonly text: string;
}

/** Writes selections out, exactly counted. */
export interface Writer {
  /**
   * Writes the selection within the budget. While there is room, `next` is asked for more by the tokens that are left, and
   * stops by adding nothing; in the end, what is over is taken back.
   */
  fit(selection: Selection, budget: number, next: (tokens: number) => boolean, signal: AbortSignal): Promise<Piece[]>;
  /** Writes and counts parts, whatever they take; what may not be written is not among the pieces. */
  write(parts: readonly Part[], signal: AbortSignal): Promise<Piece[]>;
  /** Files that may not be written, with the reason. */
  readonly refused: readonly Omission[];
}

/** Rounds of filling up what is left: each leaves at most a few hundredths of what it found. */
const mostRounds = 5;

/** Creates a writer on an index, a gate and an exact counter; `parts` says how it writes files that are not whole. */
export function createWriter(
  index: RepositoryIndex,
  gate: Gate,
  tokenizer: Tokenizer,
  parts: 'skeleton' | 'excerpt',
): Writer {
  const refused = new Map<string, Omission>();
  /** What was written last of each file: most of it stays the same while the rest is filled up or taken back. */
  const last = new Map<string, { readonly shown: string; readonly piece: Piece }>();

  async function write(part: Part): Promise<{ text: string; ranges: [number, number][] } | undefined> {
    const { file, lines } = part;
    const level = part.level ?? parts;
    if (refused.has(file.path)) return undefined;
    const safe = await gate.pass(file, () => index.text(file));
    if ('refused' in safe) {
      refused.set(file.path, { path: file.path, reason: safe.refused });
      return undefined;
    }
    // A name alone would say that the file is empty.
    if (level === 'name') return { ranges: [], text: section(file.path, gap) };
    const all = splitLines(safe.text);
    const ranges: [number, number][] =
      level === 'full' ? [[1, all.length]] : rangesOf(lines.filter((line) => line <= all.length));
    if (level === 'full') return { ranges, text: section(file.path, safe.text) };
    if (level === 'skeleton') return { ranges, text: skeletonSection(file.path, all, ranges) };
    const excerpts = ranges.map(([start, end]) =>
      section(`${file.path}:${start}-${end}`, all.slice(start - 1, end).join('\n')),
    );
    return { ranges, text: excerpts.join('') };
  }

  async function pieces(all: readonly Part[], signal: AbortSignal): Promise<Piece[]> {
    const anew: { path: string; shown: string; level: Level; text: string; ranges: [number, number][] }[] = [];
    const paths: string[] = [];
    for (const part of all) {
      signal.throwIfAborted();
      const { path } = part.file;
      const level = part.level ?? parts;
      const shown = level === 'full' ? level : `${level} ${part.lines.join()}`;
      if (last.get(path)?.shown !== shown) {
        const made = await write(part);
        if (!made || (made.ranges.length === 0 && level !== 'name')) continue;
        anew.push({ path, shown, level, ...made });
      }
      paths.push(path);
    }
    const counts = await tokenizer.count(
      anew.map(({ text }) => text),
      signal,
    );
    for (const [i, { path, shown, level, text, ranges }] of anew.entries()) {
      const tokens = counts[i] ?? Number.POSITIVE_INFINITY;
      last.set(path, { shown, piece: { text, file: { path, level, tokens, ranges } } });
    }
    return paths.flatMap((path) => last.get(path)?.piece ?? []);
  }

  const total = (all: readonly Piece[]): number => all.reduce((sum, { file }) => sum + file.tokens, 0);

  return {
    get refused() {
      return [...refused.values()];
    },
    write: pieces,
    async fit(selection, budget, next, signal) {
      let made = await pieces(selection.parts(), signal);
      // What the estimates were off by at first, they will be off by again.
      const off = Math.min(2, Math.max(0.5, total(made) / Math.max(1, budget)));
      const room = (): number => budget - total(made);
      const hasRoom = (): boolean => room() >= Math.max(24, budget * 0.015);
      async function shrink(): Promise<Taken[]> {
        const taken: Taken[] = [];
        while (room() < 0 && selection.length > 0) {
          taken.push(...takeBack(selection, -room(), made));
          made = await pieces(selection.parts(), signal);
        }
        return taken;
      }
      const taken = await shrink();
      // One file may take far more than it was thought to: what had to go with it comes again, as far as it fits.
      if (hasRoom()) {
        let left = room();
        for (const { item, tokens } of taken.reverse()) {
          if (tokens > left) continue;
          selection.add(item);
          left -= tokens;
        }
        made = await pieces(selection.parts(), signal);
      }
      for (let round = 0; round < mostRounds; round++) {
        if (!hasRoom() || !next((room() * 0.97) / off)) break;
        made = await pieces(selection.parts(), signal);
      }
      await shrink();
      return made;
    },
  };
}

interface Taken {
  readonly item: Item;
  readonly tokens: number;
}

/** Takes back items until about so many tokens are gone, but one at least. */
function takeBack(selection: Selection, tokens: number, made: readonly Piece[]): Taken[] {
  const pieces = new Map(made.map((piece) => [piece.file.path, piece.file]));
  const taken: Taken[] = [];
  let gone = 0;
  while (gone < tokens && selection.length > 0) {
    const item = selection.pop();
    if (!item) break;
    const file = pieces.get(item.file.path);
    const own = file ? shareOf(item, file) : 0;
    taken.push({ item, tokens: own });
    gone += Math.max(1, own);
  }
  return taken;
}

/** The tokens that an item takes of its file's piece. */
function shareOf({ lines }: Item, { tokens, ranges }: PackedFile): number {
  const shown = ranges.reduce((sum, [start, end]) => sum + end - start + 1, 0);
  const own = lines === 'all' ? shown : lines === 'name' ? 1 : Math.min(shown, lines.length);
  return Math.ceil((tokens * own) / Math.max(1, shown));
}
