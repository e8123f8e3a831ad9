import { languageOf } from '../repository/languages.ts';
import { type Fact, statement } from './facts.ts';
import { type Passage, tokensOf } from './haystack.ts';

/** Where a fact stands: the passage's position, and the 0-based line that it is put before. */
export interface Spot {
  readonly passage: number;
  readonly line: number;
}

/** A fact in its place; the line is 1-based and its own. */
export interface Planted {
  readonly fact: Fact;
  readonly path: string;
  readonly line: number;
}

/** How far from its depth a fact may be put for a better place: as a share of the whole text, or in tokens. */
const leeway = { share: 0.005, tokens: 100 };

interface Boundary extends Spot {
  /** Share of the text before it, 0 to 1. */
  readonly at: number;
  /** It stands between two declarations, in a language whose constants we can write. */
  readonly isGood: boolean;
}

/** Every place between two lines, with the share of the text before it; characters stand for tokens within a file. */
function boundaries(passages: readonly Passage[]): Boundary[] {
  const total = Math.max(1, tokensOf(passages));
  const found: Boundary[] = [];
  let before = 0;
  for (const [passage, { path, lines, tokens }] of passages.entries()) {
    const characters = Math.max(
      1,
      lines.reduce((sum, { length }) => sum + length + 1, 0),
    );
    const isCode = languageOf(path) !== undefined;
    let read = 0;
    for (let line = 0; line <= lines.length; line++) {
      const above = lines[line - 1];
      const below = lines[line];
      const isFree = (above === undefined || above.trim() === '') && below !== undefined && /^[^\s)\]}*]/.test(below);
      found.push({ passage, line, at: (before + (tokens * read) / characters) / total, isGood: isCode && isFree });
      read += (below?.length ?? 0) + 1;
    }
    before += tokens;
  }
  return found;
}

/** The place at a depth, in per cent: between two declarations where there is such a place near. */
function spotAt(depth: number, all: readonly Boundary[], tokens: number): Boundary | undefined {
  const far = Math.max(leeway.share, leeway.tokens / Math.max(1, tokens));
  const wanted = depth / 100;
  let best: Boundary | undefined;
  let cost = Number.POSITIVE_INFINITY;
  for (const each of all) {
    const own = Math.abs(each.at - wanted) + (each.isGood ? 0 : far);
    if (own < cost) {
      best = each;
      cost = own;
    }
  }
  return best;
}

/** Puts each fact at its depth. The passages' tokens have to be counted anew. */
export function plant(
  passages: readonly Passage[],
  facts: readonly Fact[],
): { readonly passages: readonly Pick<Passage, 'path' | 'lines'>[]; readonly planted: readonly Planted[] } {
  const all = boundaries(passages);
  const tokens = tokensOf(passages);
  const spots = facts.flatMap((fact) => {
    const spot = spotAt(fact.depth, all, tokens);
    return spot ? [{ fact, spot }] : [];
  });
  spots.sort((a, b) => a.spot.passage - b.spot.passage || a.spot.line - b.spot.line);
  const planted: Planted[] = [];
  const texts = passages.map(({ path, lines }, passage) => {
    const own = spots.filter(({ spot }) => spot.passage === passage);
    if (own.length === 0) return { path, lines };
    const made: string[] = [];
    let from = 0;
    for (const { fact, spot } of own) {
      made.push(...lines.slice(from, spot.line), statement(fact, path), '');
      planted.push({ fact, path, line: made.length - 1 });
      from = spot.line;
    }
    made.push(...lines.slice(from));
    return { path, lines: made };
  });
  return { passages: texts, planted };
}
