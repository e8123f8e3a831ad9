import type { FoundDeclaration } from '../../ports.ts';
import { inSpells } from '../../spells.ts';
import type { IndexedFile } from '../indexedFile.ts';
import type { RepositoryIndex } from '../repositoryIndex.ts';

/** Files that are parsed for a name, and declarations of it, at the most. */
const mostFiles = 200;
const mostFound = 100;

/** The files that may declare a name: those that seem to, then those that hold it. */
function candidates(index: RepositoryIndex, name: string): IndexedFile[] {
  const terms = new Set(index.count(name).ids);
  const lists = terms.size === 0 ? [] : [...index.holders(terms).values()];
  const [first = [], ...others] = lists;
  const holders = first.filter((slot) => others.every((list) => list.includes(slot)));
  const slots = new Set([...index.definers(name), ...holders]);
  return [...slots].flatMap((slot) => index.files[slot] ?? []).slice(0, mostFiles);
}

/** Where a name is declared, by path and line; of a qualified one (`Class.method`, `module::item`), what stands in its owner comes first. */
export async function definitionsOf(
  index: RepositoryIndex,
  qualified: string,
  read: (file: IndexedFile) => Promise<readonly FoundDeclaration[]>,
  signal: AbortSignal,
): Promise<FoundDeclaration[]> {
  const parts = qualified.split(/\.|::|#|->/).filter(Boolean);
  const name = (parts.at(-1) ?? qualified).replace(/\(.*$/, '');
  const owner = parts.at(-2);
  const owned: FoundDeclaration[] = [];
  const found: FoundDeclaration[] = [];
  const spell = inSpells(signal);
  for (const file of candidates(index, name)) {
    await spell();
    signal.throwIfAborted();
    const around: FoundDeclaration[] = [];
    for (const declaration of await read(file)) {
      around.length = declaration.depth;
      around[declaration.depth] = declaration;
      if (declaration.name !== name) continue;
      const isOwned = owner === undefined || around[declaration.depth - 1]?.name === owner;
      (isOwned ? owned : found).push(declaration);
    }
  }
  const byPlace = (a: FoundDeclaration, b: FoundDeclaration): number =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.startLine - b.startLine;
  return [...owned.sort(byPlace), ...found.sort(byPlace)].slice(0, mostFound);
}
