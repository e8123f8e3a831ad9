import { LRUCache } from 'lru-cache';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import type { CursorView } from './cursorView.ts';
import { splitLines } from './section.ts';
import type { Likeness } from './similarFiles.ts';

/** Finds what stands in passages like the one around the cursor. */
export interface PassageReader {
  /** Share of the most similar passages that mention a term, by its number. */
  termsNear(view: CursorView, likeness: Likeness): Promise<ReadonlyMap<number, number>>;
}

/** Lines a passage, and from one's start to the next's. */
const passageLines = 40;
const stride = 30;

/** Passages that are asked, at the most. */
const asked = 20;

const remembered = 3_000;

/** Creates a reader on an index. It remembers the terms of passages, not their texts. */
export function createPassageReader(index: RepositoryIndex): PassageReader {
  const known = new LRUCache<string, readonly Uint32Array[]>({ max: remembered });

  function passages(hash: string, text: string): readonly Uint32Array[] {
    let found = known.get(hash);
    if (!found) {
      const lines = splitLines(text);
      const starts = Array.from({ length: Math.ceil(lines.length / stride) }, (_, i) => i * stride);
      found = starts.map((start) => index.count(lines.slice(start, start + passageLines).join('\n')).ids);
      known.set(hash, found);
    }
    return found;
  }

  return {
    async termsNear(view, likeness) {
      const weights = new Map<number, number>();
      for (const [name, near] of view.local) {
        const id = index.vocabulary.find(name);
        const files = id === undefined ? 0 : index.frequency(id);
        if (id !== undefined && files > 0) weights.set(id, near * Math.log(index.fileCount / files));
      }
      const scored: { ids: Uint32Array; score: number }[] = [];
      for (const file of likeness.nearest) {
        const text = await index.text(file);
        for (const ids of text === undefined ? [] : passages(file.hash, text)) {
          let score = 0;
          for (const id of ids) score += weights.get(id) ?? 0;
          if (score > 0) scored.push({ ids, score: score / Math.sqrt(ids.length + 10) });
        }
      }
      const best = scored.sort((a, b) => b.score - a.score).slice(0, asked);
      const top = best[0]?.score || 1;
      const all = best.reduce((sum, { score }) => sum + (score / top) ** 2, 0) || 1;
      const shares = new Map<number, number>();
      for (const { ids, score } of best)
        for (const id of ids) shares.set(id, (shares.get(id) ?? 0) + (score / top) ** 2 / all);
      return shares;
    },
  };
}
