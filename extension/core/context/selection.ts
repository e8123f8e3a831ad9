import type { IndexedFile } from '../repository/indexedFile.ts';

/** Something to let into a pack: some of a file's lines, or all of them. */
export interface Item {
  readonly file: IndexedFile;
  readonly lineCount: number;
  readonly lines: readonly number[] | 'all';
}

/** What a file contributes: its lines in ascending order, or all of them. */
export interface Part {
  readonly file: IndexedFile;
  readonly lines: readonly number[];
  readonly isWhole: boolean;
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
    parts() {
      const byFile = new Map<string, { file: IndexedFile; lineCount: number; lines: Set<number>; isWhole: boolean }>();
      for (const { file, lineCount, lines } of items) {
        const part = byFile.get(file.path) ?? { file, lineCount, lines: new Set<number>(), isWhole: false };
        byFile.set(file.path, part);
        if (lines === 'all') part.isWhole = true;
        else for (const line of lines) part.lines.add(line);
      }
      return [...byFile.values()]
        .map(({ file, lineCount, lines, isWhole }) => ({
          file,
          lines: [...lines].sort((a, b) => a - b),
          isWhole: isWhole || lines.size >= lineCount,
        }))
        .sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
    },
  };
}
