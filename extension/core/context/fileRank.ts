import * as l10n from '@vscode/l10n';
import type { Imports } from '../repository/importGraph.ts';
import { dirname } from '../repository/imports/paths.ts';
import type { IndexedFile } from '../repository/indexedFile.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import { words } from '../repository/words.ts';
import { basesOf } from './bases.ts';
import type { CursorView } from './cursorView.ts';
import { pathDistance } from './pathOrder.ts';
import { isTest } from './prior.ts';
import type { Likeness } from './similarFiles.ts';

/** A file and the log-odds that what is written at the cursor refers to it. */
export interface ScoredFile {
  readonly file: IndexedFile;
  readonly score: number;
  readonly why: Tie;
}

/** What connects a file with the cursor more than all else. */
type Tie =
  | 'imported'
  | 'usedByLike'
  | 'second'
  | 'base'
  | 'declares'
  | 'like'
  | 'words'
  | 'changed'
  | 'recent'
  | 'near';

/** A tie in words that can be shown. */
export function reasonOf(tie: Tie = 'near'): string {
  switch (tie) {
    case 'imported':
      return l10n.t('imported by the file at the cursor');
    case 'usedByLike':
      return l10n.t('imported by files like the one at the cursor');
    case 'second':
      return l10n.t('imported by a file that the one at the cursor imports');
    case 'base':
      return l10n.t('declares what is extended at the cursor');
    case 'declares':
      return l10n.t('declares names that stand near the cursor');
    case 'like':
      return l10n.t('resembles the file at the cursor');
    case 'words':
      return l10n.t('its name has words that stand near the cursor');
    case 'changed':
      return l10n.t('was changed together with the file at the cursor');
    case 'recent':
      return l10n.t('was open or changed a short while ago');
    case 'near':
      return l10n.t('near the file at the cursor');
  }
}

/**
 * Weights of a logistic regression over statements hidden in four TypeScript repositories (theia, viem, langium,
 * jupyterlab; fitted on three, it ranks the fourth equally well).
 */
const weight = {
  constant: -7.84,
  imported: 2.38,
  importedNear: 0.91,
  usedByLike: 2.77,
  importedByImported: 0.39,
  base: 0.8,
  declaresNear: 0.94,
  like: 2.12,
  sameFolder: -0.32,
  distance: -0.131,
  test: -2.66,
  pathWords: 0.87,
  /** Not fitted: published sources come without history and without a user. About what a word of the path is worth. */
  changedWith: 1,
  recent: 1,
};

/** A name that more files than this declare says nothing of which one is meant. */
const ambiguous = 3;

/** What the file at the cursor brings in: weight by slot, nearer mentions weigh more. */
function importedFiles(view: CursorView, imports: Imports): Map<number, number> {
  const weights = new Map<number, number>();
  const add = (slot: number, by: number) => weights.set(slot, (weights.get(slot) ?? 0) + by);
  for (const { local, slot } of imports.names) add(slot, view.near.get(local) ?? 0);
  for (const { local, slot } of imports.wholes) add(slot, (local && view.near.get(local)) || 0.02);
  return weights;
}

/** Files that declare names seen near the cursor, though nothing imports them: the language may see them anyway. */
function declarers(index: RepositoryIndex, view: CursorView, imports: Imports): Map<number, number> {
  const known = new Set(imports.names.map(({ local }) => local));
  const siblings = new Set(index.graph.siblings(view.path));
  const weights = new Map<number, number>();
  for (const [name, near] of view.near) {
    if (known.has(name)) continue;
    const all = index.definers(name);
    const own = all.filter((slot) => siblings.has(slot));
    const slots = own.length > 0 ? own : all;
    if (slots.length > ambiguous) continue;
    for (const slot of slots) weights.set(slot, (weights.get(slot) ?? 0) + near / slots.length);
  }
  return weights;
}

/** How lately the user was at files, by slot: 1 for the last one, half of it for the fourth. */
function recency(index: RepositoryIndex, recent: readonly string[]): Map<number, number> {
  const slots = recent.flatMap((path) => index.find(path)?.slot ?? []);
  return new Map(slots.map((slot, at) => [slot, 1 / Math.sqrt(1 + at)]));
}

/** Scores the files that anything connects with the cursor, best first; the file at the cursor is not among them. */
export async function rankFilesFor(
  index: RepositoryIndex,
  view: CursorView,
  imports: Imports,
  likeness: Likeness,
  self: number,
  recent: readonly string[] = [],
): Promise<ScoredFile[]> {
  const imported = importedFiles(view, imports);
  const declaring = declarers(index, view, imports);
  const bases = await basesOf(index, view.text, imports);
  const second = new Set<number>();
  for (const slot of imported.keys()) {
    const file = index.files[slot];
    if (!file) continue;
    const { names, wholes } = index.graph.of(file);
    for (const each of [...names, ...wholes]) second.add(each.slot);
  }

  const changedWith = index.changedWith(view.path);
  const recently = recency(index, recent);
  const candidates = new Set([...imported.keys(), ...declaring.keys(), ...bases, ...second]);
  const others = [likeness.filesUsed, likeness.of, changedWith, recently];
  for (const slot of others.flatMap((each) => [...each.keys()])) candidates.add(slot);
  for (const slot of index.within(dirname(view.path))) candidates.add(slot);
  candidates.delete(self);
  const inTest = isTest(view.path);
  const scored: ScoredFile[] = [];
  for (const slot of candidates) {
    const file = index.files[slot];
    if (!file) continue;
    const { path } = file;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const pathWords = [...new Set(words(name))].reduce((sum, word) => sum + (view.localWords.get(word) ?? 0), 0);
    const distance = pathDistance(view.path, path);
    const near = imported.get(slot);
    const ties: Record<Exclude<Tie, 'near'>, number> = {
      imported: near === undefined ? 0 : weight.imported + weight.importedNear * Math.log1p(near),
      usedByLike: weight.usedByLike * Math.sqrt(likeness.filesUsed.get(slot) ?? 0),
      second: second.has(slot) ? weight.importedByImported : 0,
      base: bases.has(slot) ? weight.base : 0,
      declares: weight.declaresNear * Math.log1p(declaring.get(slot) ?? 0),
      like: weight.like * (likeness.of.get(slot) ?? 0),
      words: weight.pathWords * Math.log1p(pathWords),
      changed: weight.changedWith * Math.sqrt(changedWith.get(slot) ?? 0),
      recent: weight.recent * (recently.get(slot) ?? 0),
    };
    const score =
      weight.constant +
      ties.imported +
      ties.usedByLike +
      ties.second +
      ties.base +
      ties.declares +
      ties.like +
      (distance === 0 ? weight.sameFolder : 0) +
      weight.distance * distance +
      (isTest(path) && !inTest ? weight.test : 0) +
      ties.words +
      ties.changed +
      ties.recent;
    scored.push({ file, score, why: strongest(ties) });
  }
  return scored.sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : 1));
}

function strongest(ties: Readonly<Record<Exclude<Tie, 'near'>, number>>): Tie {
  let best: Tie = 'near';
  let most = 0;
  for (const [tie, worth] of Object.entries(ties)) {
    if (worth <= most) continue;
    most = worth;
    best = tie as Tie;
  }
  return best;
}
