import type { IndexedFile } from '../repository/indexedFile.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import type { CursorView } from './cursorView.ts';
import { isTest } from './prior.ts';

/** What files like the one at the cursor do: it is likely to do the same. All shares are between 0 and 1. */
export interface Likeness {
  /** Likeness by slot, 1 for the most similar file. */
  readonly of: ReadonlyMap<number, number>;
  /** The most similar files, best first. */
  readonly nearest: readonly IndexedFile[];
  /** Share of them that import anything from a file, by its slot. */
  readonly filesUsed: ReadonlyMap<number, number>;
  /** Share of them that import a name from a file, by `slot name`. */
  readonly namesUsed: ReadonlyMap<string, number>;
  /** Share of them that mention a term, by its number. */
  readonly termsUsed: ReadonlyMap<number, number>;
}

/** Terms of more files than this tell little, and cost much to follow: so a pack costs the same in a large repository. */
const commonTerm = 400;

/** Files that are asked what they use. */
const voters = 40;

/** Finds the files that share the most telling terms with the file at the cursor, and asks them what they use. */
export function findLikeness(index: RepositoryIndex, view: CursorView, self: number): Likeness {
  const sums = new Map<number, number>();
  const own = index.count(view.text);
  const telling = [...own.ids].filter((id) => index.frequency(id) >= 2 && index.frequency(id) <= commonTerm);
  const holders = index.holders(new Set(telling));
  for (const id of telling) {
    const files = holders.get(id) ?? [];
    const rarity = Math.log(index.fileCount / files.length);
    const weight = rarity * (1 + 2 * Math.min(1, view.near.get(index.vocabulary.term(id)) ?? 0));
    for (const slot of files) sums.set(slot, (sums.get(slot) ?? 0) + weight);
  }
  sums.delete(self);
  const scored: { file: IndexedFile; score: number }[] = [];
  for (const [slot, sum] of sums) {
    const file = index.files[slot];
    if (file) scored.push({ file, score: sum / Math.sqrt(file.facts.terms.ids.length + 30) });
  }
  scored.sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : 1));
  const best = scored[0]?.score || 1;
  const asked = scored.filter(({ file }) => !isTest(file.path) || isTest(view.path)).slice(0, voters);

  const all = asked.reduce((sum, { score }) => sum + (score / best) ** 2, 0) || 1;
  const filesUsed = new Map<number, number>();
  const namesUsed = new Map<string, number>();
  const termsUsed = new Map<number, number>();
  const vote = <Key>(map: Map<Key, number>, key: Key, share: number) => map.set(key, (map.get(key) ?? 0) + share);
  for (const { file, score } of asked) {
    const share = (score / best) ** 2 / all;
    const { names, wholes } = index.graph.of(file);
    const used = new Set<number>();
    for (const { slot } of wholes) used.add(slot);
    for (const { name, slot } of names) {
      if (slot === self) continue;
      used.add(slot);
      vote(namesUsed, `${slot} ${name}`, share);
    }
    used.delete(self);
    for (const slot of used) vote(filesUsed, slot, share);
    for (const id of file.facts.terms.ids) vote(termsUsed, id, share);
  }
  return {
    of: new Map(scored.map(({ file, score }) => [file.slot, score / best])),
    nearest: asked.map(({ file }) => file),
    filesUsed,
    namesUsed,
    termsUsed,
  };
}
