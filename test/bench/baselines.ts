import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathDistance } from '../../extension/core/context/pathOrder.ts';
import { linesOf, splitLines } from '../../extension/core/context/section.ts';
import type { Tokenizer } from '../../extension/core/ports.ts';
import { importsOf } from '../../extension/core/repository/imports/dispatch.ts';
import { languageOf } from '../../extension/core/repository/languages.ts';
import type { RepositoryIndex } from '../../extension/core/repository/repositoryIndex.ts';
import { queryWords, words } from '../../extension/core/repository/words.ts';
import type { Case } from './cases.ts';

/** Orders a repository's files for a case: what other packers do. */
export type Baseline = (each: Case) => readonly string[];

/** Lines around the cursor that BM25 searches with. */
const queryLines = 30;

/** Texts ordered by BM25 (k1 1.2, b 0.75) for the words of a query, best first; those without any of them are left out. */
export function bm25<T>(documents: readonly { readonly of: T; readonly text: string }[]): (query: string) => T[] {
  const counted = documents.map(({ of, text }) => {
    const counts = new Map<string, number>();
    const found = words(text);
    for (const word of found) counts.set(word, (counts.get(word) ?? 0) + 1);
    return { of, counts, length: found.length };
  });
  const mean = counted.reduce((sum, { length }) => sum + length, 0) / counted.length;
  const holders = new Map<string, number>();
  for (const { counts } of counted) for (const word of counts.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
  return (text) => {
    const query = queryWords(text);
    const scored = counted.map(({ of, counts, length }) => {
      let score = 0;
      for (const word of query) {
        const count = counts.get(word) ?? 0;
        const n = holders.get(word) ?? 0;
        const rarity = Math.log(1 + (counted.length - n + 0.5) / (n + 0.5));
        score += (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / mean));
      }
      return { of, score };
    });
    return scored
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ of }) => of);
  };
}

/** BM25 over whole files, by the words around the cursor. */
export function bm25Files(root: string, paths: readonly string[]): Baseline {
  const search = bm25(paths.map((path) => ({ of: path, text: readFileSync(join(root, path), 'utf8') })));
  return ({ path, text, line }) =>
    search(linesOf(text, Math.max(1, line - queryLines), line + queryLines)).filter((other) => other !== path);
}

/** Whole files along the import graph, a hop after the other. */
export function importGraphFiles(index: RepositoryIndex): Baseline {
  return ({ path, text }) => {
    const language = languageOf(path);
    const own = index.graph.ofStatements(path, language ? importsOf(language, text) : []);
    const order: number[] = [];
    let hop = [...own.names, ...own.wholes].map(({ slot }) => slot);
    const seen = new Set([index.find(path)?.slot ?? -1]);
    while (hop.length > 0) {
      const next: number[] = [];
      for (const slot of hop) {
        const file = index.files[slot];
        if (seen.has(slot) || !file) continue;
        seen.add(slot);
        order.push(slot);
        const { names, wholes } = index.graph.of(file);
        next.push(...[...names, ...wholes].map((each) => each.slot));
      }
      hop = next;
    }
    return order.flatMap((slot) => index.files[slot]?.path ?? []);
  };
}

/** Whole files by their distance in the tree of folders. */
export function nearestPaths(paths: readonly string[]): Baseline {
  return ({ path }) =>
    paths.filter((other) => other !== path).sort((a, b) => pathDistance(path, a) - pathDistance(path, b));
}

/** Fills budgets with whole files in the given order, the last one cut, and says which gold declarations got in. */
export function createFiller(root: string, tokenizer: Tokenizer) {
  const known = new Map<string, { tokens: number; lines: number }>();
  async function size(path: string) {
    let found = known.get(path);
    if (!found) {
      const text = readFileSync(join(root, path), 'utf8');
      const [tokens = 0] = await tokenizer.count([`###PATH: ${path}\n${text}\n`]);
      found = { tokens, lines: splitLines(text).length };
      known.set(path, found);
    }
    return found;
  }
  return async (order: readonly string[], gold: Case['gold'], budget: number): Promise<number> => {
    let left = budget;
    let hits = 0;
    for (const path of order) {
      if (left <= 0) break;
      const { tokens, lines } = await size(path);
      const shown = tokens <= left ? lines : Math.floor((lines * left) / tokens);
      hits += gold.filter((each) => each.path === path && each.line <= shown).length;
      left -= tokens;
    }
    return hits;
  };
}
