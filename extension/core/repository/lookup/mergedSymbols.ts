import type { FoundDeclaration } from '../../ports.ts';

/** A name as an outline has it: services may tell its parameters, or what it stands in. */
const plainName = (name: string): string =>
  name
    .replace(/\(.*$/s, '')
    .split(/\.|::|#/)
    .at(-1)
    ?.trim() ?? name;

/**
 * Joins what language services know of some declarations with what was found by syntax. Services come first, since they know
 * the language; where they tell the line of a name only, the lines are those of its declaration.
 */
export function mergedSymbols(
  served: readonly FoundDeclaration[],
  indexed: readonly FoundDeclaration[],
): FoundDeclaration[] {
  const left = new Set(indexed);
  const first = served.map((symbol): FoundDeclaration => {
    const same = [...left].find(
      ({ path, name, startLine, endLine }) =>
        path === symbol.path &&
        name === plainName(symbol.name) &&
        startLine <= symbol.endLine &&
        symbol.startLine <= endLine,
    );
    if (!same) return symbol;
    left.delete(same);
    const { startLine, endLine } = symbol.endLine > symbol.startLine ? symbol : same;
    return { ...symbol, startLine, endLine };
  });
  return [...first, ...left];
}
