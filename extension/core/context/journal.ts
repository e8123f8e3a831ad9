import * as l10n from '@vscode/l10n';
import type { Pack, PackedFile } from '../pack.ts';
import { inSpells } from '../spells.ts';
import { packedSources } from './packedSources.ts';
import { rangesOf, skeletonSection, splitLines } from './section.ts';

/** A section that could be appended. */
export interface JournalEntry {
  readonly text: string;
  readonly path: string;
  readonly ranges: readonly (readonly [startLine: number, endLine: number])[];
}

/** What was appended to a pack since it was made. It never changes but at its end. */
export interface Journal {
  readonly text: string;
  readonly tokens: number;
  readonly files: readonly PackedFile[];
  /** What another pack holds and this one's base and journal do not: other files, other lines, and lines that have changed. */
  missing(found: Pack): Promise<JournalEntry[]>;
  /** Appends entries with their tokens while there is room, and returns how many. */
  append(entries: readonly JournalEntry[], tokens: readonly number[], room: number): number;
}

/** Creates the empty journal of a base pack. It reads packs in spells of a few milliseconds, since the user is typing. */
export async function createJournal(base: Pack): Promise<Journal> {
  const known = new Map<string, Set<string>>();
  const files: PackedFile[] = [];
  const texts: string[] = [];
  let all = 0;

  function learn(path: string, lines: Iterable<string>): void {
    const own = known.get(path) ?? new Set();
    for (const line of lines) own.add(line);
    known.set(path, own);
  }

  const spell = inSpells();
  for (const { path, text } of packedSources(base)) {
    await spell();
    learn(path, splitLines(text));
  }

  return {
    get text() {
      return texts.join('');
    },
    get tokens() {
      return all;
    },
    files,
    async missing(found) {
      const spell = inSpells();
      const lines = new Map<string, Map<number, string>>();
      for (const { path, text, firstLine } of packedSources(found)) {
        await spell();
        const own = lines.get(path) ?? new Map<number, string>();
        lines.set(path, own);
        // A line is known by what stands in it: lines above it may have moved it.
        for (const [i, line] of splitLines(text).entries())
          if (line.trim() !== '' && !known.get(path)?.has(line)) own.set(firstLine + i, line);
      }
      return [...lines].flatMap(([path, own]) => {
        if (own.size === 0) return [];
        const numbers = [...own.keys()].sort((a, b) => a - b);
        const sparse: string[] = [];
        for (const [number, line] of own) sparse[number - 1] = line;
        const ranges = rangesOf(numbers);
        return { path, ranges, text: skeletonSection(path, sparse, ranges) };
      });
    },
    append(entries, tokens, room) {
      let left = room;
      for (const [i, { path, ranges, text }] of entries.entries()) {
        const cost = tokens[i] ?? Number.POSITIVE_INFINITY;
        if (cost > left) return i;
        left -= cost;
        all += cost;
        texts.push(text);
        const reason = l10n.t('needed at a place that you went to since');
        files.push({ path, level: 'skeleton', tokens: cost, ranges, reason });
        learn(path, splitLines(text));
      }
      return entries.length;
    },
  };
}
