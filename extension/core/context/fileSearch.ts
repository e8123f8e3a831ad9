import type { IndexedFile } from '../repository/indexedFile.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import { words } from '../repository/words.ts';
import { inSpells } from '../spells.ts';
import { prior } from './prior.ts';

/** A file and how well it matches. */
export interface FoundFile {
  readonly file: IndexedFile;
  readonly score: number;
  /** The words of the query that count most in it, at most three. */
  words(): string[];
}

/** Searches files by words, with BM25 over three fields: the text, the path, and the names that the file declares. */
export interface FileSearch {
  /** The matching files, best first. */
  search(query: readonly string[], signal: AbortSignal): Promise<FoundFile[]>;
  /** How rare a word is among the files (BM25's inverse document frequency), as the last search counted it. */
  rarity(word: string): number;
}

// BM25's usual saturation; lengths count less than usual, since the best passages and not the file will be sent.
const k1 = 1.2;
const b = 0.4;

/** What a word in the path, and in a declared name, is worth in occurrences in the text. */
const pathWeight = 4;
const nameWeight = 2;

const nothing: ReadonlySet<string> = new Set();

/** Declared names that count, at the most: a file of constants would match everything. */
const mostNames = 3;

/** Creates a search on an index. */
export function createFileSearch(index: RepositoryIndex): FileSearch {
  const termsOf = new Map<string, number[]>();
  let split = 0;
  let rarities = new Map<string, number>();

  /** The terms that each word is part of; new terms are split when they are first needed. */
  async function termsWith(word: string, spell: ReturnType<typeof inSpells>): Promise<readonly number[]> {
    const { vocabulary } = index;
    for (; split < vocabulary.size; split++) {
      if (split % 512 === 0) await spell();
      for (const part of new Set(words(vocabulary.term(split)))) {
        const terms = termsOf.get(part);
        if (terms) terms.push(split);
        else termsOf.set(part, [split]);
      }
    }
    return termsOf.get(word) ?? [];
  }

  return {
    async search(query, signal) {
      const spell = inSpells(signal);
      /** For each term, the words of the query that it has, by their position. */
      const wanted = new Map<number, number[]>();
      for (const [at, word] of query.entries())
        for (const term of await termsWith(word, spell)) wanted.set(term, [...(wanted.get(term) ?? []), at]);

      const files = index.files.filter((file) => file !== undefined);
      const meanLength = files.reduce((sum, { facts }) => sum + facts.terms.length, 0) / (files.length || 1);
      const counted: { file: IndexedFile; counts: Float64Array; norm: number }[] = [];
      const filesWith = new Float64Array(query.length);
      for (const file of files) {
        await spell();
        const counts = new Float64Array(query.length);
        const { terms, defines } = file.facts;
        let any = false;
        for (let i = 0; i < terms.ids.length; i++) {
          const hits = wanted.get(terms.ids[i] ?? -1);
          if (!hits) continue;
          any = true;
          for (const at of hits) counts[at] = (counts[at] ?? 0) + (terms.counts[i] ?? 0);
        }
        const named = new Float64Array(query.length);
        for (const name of any ? defines : [])
          for (const at of wanted.get(name) ?? []) named[at] = (named[at] ?? 0) + 1;
        // Most paths have none of the words, not even as letters.
        const letters = file.path.toLowerCase();
        const inPath = query.some((word) => letters.includes(word)) ? new Set(words(file.path)) : nothing;
        query.forEach((word, at) => {
          const extra = nameWeight * Math.min(mostNames, named[at] ?? 0) + (inPath.has(word) ? pathWeight : 0);
          counts[at] = (counts[at] ?? 0) + extra;
          if ((counts[at] ?? 0) > 0) {
            filesWith[at] = (filesWith[at] ?? 0) + 1;
            any = true;
          }
        });
        if (any) counted.push({ file, counts, norm: k1 * (1 - b + (b * terms.length) / (meanLength || 1)) });
      }
      rarities = new Map(
        query.map((word, at) => {
          const n = filesWith[at] ?? 0;
          return [word, Math.log(1 + (files.length - n + 0.5) / (n + 0.5))];
        }),
      );
      const weights = query.map((word) => rarities.get(word) ?? 0);
      return counted
        .map(({ file, counts, norm }) => {
          const worth = weights.map((weight, at) => {
            const count = counts[at] ?? 0;
            return (weight * count * (k1 + 1)) / (count + norm);
          });
          const score = worth.reduce((sum, each) => sum + each, 0);
          return { file, score: score * prior(file.path), words: () => mostOf(query, worth) };
        })
        .sort((x, y) => y.score - x.score || (x.file.path < y.file.path ? -1 : 1));
    },
    rarity: (word) => rarities.get(word) ?? 0,
  };
}

/** The words that are worth most, the best first. */
function mostOf(query: readonly string[], worth: readonly number[]): string[] {
  return query
    .map((word, at) => ({ word, worth: worth[at] ?? 0 }))
    .filter((each) => each.worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .slice(0, 3)
    .map(({ word }) => word);
}
