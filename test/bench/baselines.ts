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

/** BM25 over whole files, by the words around the cursor. */
export function bm25Files(root: string, paths: readonly string[]): Baseline {
  const files = paths.map((path) => {
    const counts = new Map<string, number>();
    const found = words(readFileSync(join(root, path), 'utf8'));
    for (const word of found) counts.set(word, (counts.get(word) ?? 0) + 1);
    return { path, counts, length: found.length };
  });
  const mean = files.reduce((sum, { length }) => sum + length, 0) / files.length;
  const inFiles = new Map<string, number>();
  for (const { counts } of files) for (const word of counts.keys()) inFiles.set(word, (inFiles.get(word) ?? 0) + 1);
  return ({ path, text, line }) => {
    const query = queryWords(linesOf(text, Math.max(1, line - queryLines), line + queryLines));
    const scored = files.map((file) => {
      let score = 0;
      for (const word of query) {
        const count = file.counts.get(word) ?? 0;
        const n = inFiles.get(word) ?? 0;
        const rarity = Math.log(1 + (files.length - n + 0.5) / (n + 0.5));
        score += (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * file.length) / mean));
      }
      return { path: file.path, score };
    });
    return scored
      .filter((file) => file.path !== path && file.score > 0)
      .sort((a, b) => b.score - a.score)
      .map((file) => file.path);
  };
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
