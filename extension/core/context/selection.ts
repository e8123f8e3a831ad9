import type { Level } from '../pack.ts';
import type { IndexedFile } from '../repository/indexedFile.ts';

/** Something to let into a pack: some of a file's lines, all of them, or nothing but its name. */
export interface Item {
  readonly file: IndexedFile;
  readonly lineCount: number;
  readonly lines: readonly number[] | 'all' | 'name';
  /** How lines that are not all of them are written, where the user has decided it. */
  readonly level?: Level;
}

/** What a file contributes. */
export interface Part {
  readonly file: IndexedFile;
  /** In ascending order. */
  readonly lines: readonly number[];
  /** Undefined for lines that are written in the pack's own way. */
  readonly level: Level | undefined;
}

/** Items let in one after the other; the last ones can be taken back. */
export interface Selection {
  readonly length: number;
  add(item: Item): void;
  /** Takes back the last item, and returns it. */
  pop(): Item | undefined;
  /** The parts of the files that have any, by path. */
  parts(): readonly Part[];
}

/** What to let in first, for whatever was asked. */
export interface PackOrder {
  /** Lets in the next items for about so many tokens. False where nothing was added. */
  fill(selection: Selection, tokens: number): boolean;
  /** Whether a file was weighed at all. */
  considered(slot: number): boolean;
  /** Why a file that was weighed is worth its tokens, in words that can be shown. */
  reason(file: IndexedFile): string;
}

/** Creates an empty selection. */
export function createSelection(): Selection {
  const items: Item[] = [];
  return {
    get length() {
      return items.length;
    },
    add: (item) => items.push(item),
    pop: () => items.pop(),
    parts: () => partsOf(items),
  };
}

/** Puts items together: the parts of the files that they are of, by path. */
export function partsOf(items: readonly Item[]): Part[] {
  const byFile = new Map<string, { item: Item; lines: Set<number>; isWhole: boolean }>();
  for (const item of items) {
    const part = byFile.get(item.file.path) ?? { item, lines: new Set<number>(), isWhole: false };
    byFile.set(item.file.path, part);
    if (item.lines === 'all') part.isWhole = true;
    else if (item.lines !== 'name') for (const line of item.lines) part.lines.add(line);
  }
  return [...byFile.values()]
    .map(({ item: { file, lineCount, lines: asked, level }, lines, isWhole }): Part => {
      const isAll = isWhole || (asked !== 'name' && lines.size >= lineCount);
      return {
        file,
        lines: [...lines].sort((a, b) => a - b),
        level: isAll ? 'full' : asked === 'name' ? 'name' : level,
      };
    })
    .sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}
