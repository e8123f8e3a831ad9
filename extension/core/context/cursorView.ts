import { importsOf } from '../repository/imports/dispatch.ts';
import type { ImportStatement } from '../repository/imports/imports.ts';
import { languageOf } from '../repository/languages.ts';
import { words } from '../repository/words.ts';
import { splitLines } from './section.ts';

/** What a programmer at a place in a file has before their eyes. Weights fall with the distance from the cursor. */
export interface CursorView {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ImportStatement[];
  /** Occurrences of each name outside of imports. */
  readonly seen: ReadonlyMap<string, number>;
  /** Weight of each name, the sum over its occurrences. */
  readonly near: ReadonlyMap<string, number>;
  /** Weight of the names within a dozen lines. */
  readonly local: ReadonlyMap<string, number>;
  /** Weight of the words that local names are made of. */
  readonly localWords: ReadonlyMap<string, number>;
  /** Words of names that are used after the cursor though nothing before it has them: what the gap is likely to declare. */
  readonly wanted: ReadonlyMap<string, number>;
}

const names = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/g;

/** Lines at whose distance an occurrence weighs half. */
const halfWeight = 8;
const localReach = 12;
const localHalfWeight = 4;
const wantedReach = 15;

/** What the mention in an import is worth. */
const importWeight = 0.05;

const add = (map: Map<string, number>, key: string, weight: number): void => {
  map.set(key, (map.get(key) ?? 0) + weight);
};
const raise = (map: Map<string, number>, key: string, weight: number): void => {
  map.set(key, Math.max(map.get(key) ?? 0, weight));
};

/** The lines, counted from 0, that import statements stand on. */
function importLines(imports: readonly ImportStatement[]): Set<number> {
  const found = new Set<number>();
  for (const { line, lastLine = line } of imports) for (let at = line; at <= lastLine; at++) found.add(at - 1);
  return found;
}

/** Looks at a text from a 1-based line. */
export function viewFrom(path: string, text: string, cursorLine: number): CursorView {
  const language = languageOf(path);
  const imports = language ? importsOf(language, text) : [];
  const lines = splitLines(text);
  const skipped = importLines(imports);
  const seen = new Map<string, number>();
  const near = new Map<string, number>();
  const local = new Map<string, number>();
  const before = new Set<string>();
  const wanted = new Map<string, number>();
  lines.forEach((line, at) => {
    const distance = Math.abs(at + 1 - cursorLine);
    const after = at + 1 - cursorLine;
    for (const match of line.matchAll(names)) {
      const [name] = match;
      if (name.length < 2) continue;
      if (skipped.has(at)) {
        add(near, name, importWeight);
        before.add(name);
        continue;
      }
      add(seen, name, 1);
      add(near, name, 1 / (1 + distance / halfWeight));
      if (distance <= localReach) add(local, name, 1 / (1 + distance / localHalfWeight));
      if (after < 0) before.add(name);
      else if (after <= wantedReach && !before.has(name) && line[match.index - 1] !== '.')
        for (const word of words(name)) raise(wanted, word, 1 / (1 + after / 4));
    }
  });
  const localWords = new Map<string, number>();
  for (const [name, weight] of local) for (const word of new Set(words(name))) raise(localWords, word, weight);
  return { path, text, imports, seen, near, local, localWords, wanted };
}
