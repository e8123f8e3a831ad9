import type { Imports } from '../repository/importGraph.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import { words } from '../repository/words.ts';
import type { CursorView } from './cursorView.ts';
import type { ScoredFile } from './fileRank.ts';
import type { Likeness } from './similarFiles.ts';
import type { FileUnits, Unit } from './units.ts';

/** A unit and the log-odds that what is written at the cursor refers to it. */
export interface ScoredUnit {
  readonly unit: Unit;
  readonly score: number;
}

/** A file with its units, scored, in the order of its outline. */
export interface RankedUnits extends ScoredFile {
  readonly units: readonly ScoredUnit[];
  readonly lineCount: number;
}

/** Weights of the same kind of fit as those of files (see fileRank.ts). */
const weight = {
  constant: -6.18,
  file: 0.37,
  topLevel: 1.54,
  rootImported: 0.96,
  nameUsedByLike: 2.46,
  rootUsedByLike: 0.95,
  termOfLike: 0.29,
  type: -2.22,
  property: -0.62,
  isPrivate: -3.28,
  manyUnits: -0.46,
  words: 1.46,
  rootWords: 1.08,
  rootReached: 0.59,
  inLikePassages: 2.97,
  /** Not fitted, since the fit's imports are without leaks: whoever imports a name and has not used it yet is about to. */
  importedUnused: 3,
};

const typeKinds: ReadonlySet<string> = new Set(['type', 'interface', 'enum']);
const propertyKinds: ReadonlySet<string> = new Set(['property', 'enumMember']);

/** How rare each word is among the files, between 0 and 1. */
function wordRarity(index: RepositoryIndex): (word: string) => number {
  const all = Math.log(Math.max(2, index.fileCount));
  return (word) => {
    // A word that stands alone as a term is as good a measure as any that is quick to take.
    const id = index.vocabulary.find(word);
    const files = id === undefined ? 1 : Math.max(1, index.frequency(id));
    return Math.max(0.05, 1 - Math.log(files) / all);
  };
}

/**
 * The types that the signatures of what is seen near the cursor lead to: a method's result, a field's type. Weight by
 * name; what has members seen near the cursor leads furthest.
 */
function reachedTypes(files: readonly { units: FileUnits }[], near: ReadonlyMap<string, number>): Map<string, number> {
  const reached = new Map<string, number>();
  for (const { units } of files) {
    for (const { declaration, root, types } of units.units) {
      const own = near.get(declaration.name) ?? 0;
      const ofRoot = root ? (near.get(root.name) ?? 0) : 0;
      const seed = root ? Math.min(1.5, own) * (0.3 + ofRoot) + 0.3 * ofRoot : own * 0.7;
      if (seed <= 0.02) continue;
      for (const type of types)
        if (type !== declaration.name && type !== root?.name) reached.set(type, Math.max(reached.get(type) ?? 0, seed));
    }
  }
  return reached;
}

/** Scores the declarations of files for a cursor. */
export function rankUnits(
  index: RepositoryIndex,
  view: CursorView,
  imports: Imports,
  likeness: Likeness,
  likePassages: ReadonlyMap<number, number>,
  files: readonly (ScoredFile & { readonly units: FileUnits })[],
): RankedUnits[] {
  const rarity = wordRarity(index);
  const reached = reachedTypes(files, view.near);
  const imported = new Map(imports.names.map(({ name, local, slot }) => [`${slot} ${name}`, local]));

  /** How much of a name's words stand near the cursor, rare words counting more. */
  function wordsNear(name: string): number {
    let near = 0;
    let all = 0;
    for (const word of new Set(words(name))) {
      const rare = rarity(word);
      all += rare;
      near += rare * Math.min(1, Math.max(view.localWords.get(word) ?? 0, view.wanted.get(word) ?? 0));
    }
    return all === 0 ? 0 : near / Math.sqrt(all);
  }

  const share = (map: ReadonlyMap<number, number>, name: string): number => {
    const id = index.vocabulary.find(name);
    return Math.sqrt((id === undefined ? undefined : map.get(id)) ?? 0);
  };

  return files.map(({ file, score: fileScore, why, units: { units, lineCount } }) => {
    const ofFile = weight.constant + weight.file * fileScore + weight.manyUnits * Math.log1p(units.length);
    const rootScores = new Map<string, number>();
    const scoreOfRoot = (name: string): number => {
      let score = rootScores.get(name);
      if (score === undefined) {
        score =
          (imported.has(`${file.slot} ${name}`) ? weight.rootImported : 0) +
          weight.rootUsedByLike * Math.sqrt(likeness.namesUsed.get(`${file.slot} ${name}`) ?? 0) +
          weight.rootWords * wordsNear(name) +
          weight.rootReached * Math.log1p(reached.get(name) ?? 0);
        rootScores.set(name, score);
      }
      return score;
    };
    const scored = units.map((unit): ScoredUnit => {
      const { name, kind } = unit.declaration;
      const local = unit.root ? undefined : imported.get(`${file.slot} ${name}`);
      const score =
        ofFile +
        (unit.root ? scoreOfRoot(unit.root.name) : weight.topLevel) +
        weight.nameUsedByLike * Math.sqrt(likeness.namesUsed.get(`${file.slot} ${name}`) ?? 0) +
        weight.termOfLike * share(likeness.termsUsed, name) +
        (typeKinds.has(kind) ? weight.type : propertyKinds.has(kind) ? weight.property : 0) +
        (unit.isPrivate ? weight.isPrivate : 0) +
        weight.words * wordsNear(name) +
        weight.inLikePassages * share(likePassages, name) +
        (local !== undefined && !view.seen.has(local) ? weight.importedUnused : 0);
      return { unit, score };
    });
    return { file, score: fileScore, why, units: scored, lineCount };
  });
}
