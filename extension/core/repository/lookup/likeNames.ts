import type { FoundDeclaration } from '../../ports.ts';
import { inSpells } from '../../spells.ts';
import type { IndexedFile } from '../indexedFile.ts';
import type { RepositoryIndex } from '../repositoryIndex.ts';

/** Names that are looked for, files that are parsed for them, and declarations, at the most. */
const mostNames = 500;
const mostFiles = 200;
const mostFound = 200;

/** How well a name answers to a part of one, both in lower case: less is better; undefined where it does not. */
function likeness(name: string, part: string): number | undefined {
  const at = name.indexOf(part);
  if (at < 0) return undefined;
  // A longer name holds more that was not asked for.
  return (at > 0 ? 1_000 : 0) + (name.length - part.length);
}

/** The files that may declare such names: those that seem to, then those that hold one, the likest name first. */
function candidates(index: RepositoryIndex, part: string): IndexedFile[] {
  const likest = index.vocabulary
    .all()
    .flatMap((term, id) => {
      const like = likeness(term.toLowerCase(), part);
      return like === undefined || index.frequency(id) === 0 ? [] : [{ term, id, like }];
    })
    .sort((a, b) => a.like - b.like || (a.term < b.term ? -1 : 1))
    .slice(0, mostNames);
  const holders = index.holders(new Set(likest.map(({ id }) => id)));
  const slots = new Set([
    ...likest.flatMap(({ term }) => index.definers(term)),
    ...likest.flatMap(({ id }) => holders.get(id) ?? []),
  ]);
  return [...slots].flatMap((slot) => index.files[slot] ?? []).slice(0, mostFiles);
}

/** The declarations whose names hold a text, in upper or lower case: the likest first, then by path and line. */
export async function declarationsLike(
  index: RepositoryIndex,
  text: string,
  read: (file: IndexedFile) => Promise<readonly FoundDeclaration[]>,
  signal: AbortSignal,
): Promise<FoundDeclaration[]> {
  const part = text.trim().toLowerCase();
  if (part === '') return [];
  const found: { readonly declaration: FoundDeclaration; readonly like: number }[] = [];
  const spell = inSpells(signal);
  for (const file of candidates(index, part)) {
    await spell();
    signal.throwIfAborted();
    for (const declaration of await read(file)) {
      const like = likeness(declaration.name.toLowerCase(), part);
      if (like !== undefined) found.push({ declaration, like });
    }
  }
  return found
    .sort((a, b) => {
      const [one, other] = [a.declaration, b.declaration];
      return (
        a.like - b.like || (one.path < other.path ? -1 : one.path > other.path ? 1 : one.startLine - other.startLine)
      );
    })
    .slice(0, mostFound)
    .map(({ declaration }) => declaration);
}
