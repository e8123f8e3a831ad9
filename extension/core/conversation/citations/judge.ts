import type { Place } from './citation.ts';
import type { Claim, Strength } from './claims.ts';
import {
  bestRange,
  countQuoted,
  declaring,
  isNamedAlike,
  isNamedAlikeAnywhere,
  isQuotedLoosely,
  linesNaming,
  nearest,
  rangesQuoting,
  someWithin,
  tellingLines,
} from './occurrences.ts';
import { around, type LineRange, namedLines } from './region.ts';
import type { Rest, SourceText } from './sourceText.ts';

/** What a file says of a place in it. */
export type Finding =
  | { readonly status: 'there' }
  /** What the place is cited for stands at other lines. */
  | { readonly status: 'elsewhere'; readonly range: LineRange }
  | { readonly status: 'no lines'; readonly count: number }
  | { readonly status: 'not said'; readonly kind: Claim['kind']; readonly shown: string };

/** A name that stands more often than this in a file, and is declared in none of it, does not say where. */
const telling = 3;
/** Lines over which quotes that belong to one place may be spread. */
const longestSpread = 80;
/** Share of the lines of a block of code that must stand at a place. */
const enough = 0.5;

/** Judges a place by the lines that it names and by what is said to stand there. */
export async function judge(place: Place, claims: readonly Claim[], source: SourceText, rest: Rest): Promise<Finding> {
  const { startLine, endLine } = place;
  const count = source.lines.length;
  const exists = startLine >= 1 && startLine <= endLine && endLine <= count;
  const cited = { first: Math.min(startLine, count), last: Math.min(Math.max(startLine, endLine), count) };
  const found = await quotesOf(cited, exists, claims, source, rest);
  if (found) return found;
  const named = await namesOf(cited, exists, Math.max(0, endLine - startLine), claims, source, rest);
  if (named) return named;
  return exists ? { status: 'there' } : { status: 'no lines', count };
}

/** What the quotes say; undefined where they say nothing. */
async function quotesOf(
  cited: LineRange,
  exists: boolean,
  claims: readonly Claim[],
  source: SourceText,
  rest: Rest,
): Promise<Finding | undefined> {
  const quotes = claims.filter(({ kind }) => kind !== 'name');
  if (quotes.length === 0) return undefined;
  const here = around(cited, source.lines.length);
  const squeezed = await source.squeezed(rest);
  const at = (claim: Claim): boolean => {
    if (claim.kind === 'code') {
      const lines = tellingLines(claim.text);
      return lines.length > 0 && countQuoted(squeezed, here, lines) >= lines.length * enough;
    }
    return (
      rangesQuoting(squeezed, claim.text).some(({ first, last }) => first <= here.last && last >= here.first) ||
      isQuotedLoosely(source.lines, here, claim.text)
    );
  };
  const elsewhere = async (claim: Claim): Promise<LineRange | undefined> => {
    if (claim.kind === 'code') return bestRange(squeezed, tellingLines(claim.text), cited.first);
    const ranges = rangesQuoting(squeezed, claim.text);
    const line = nearest(
      ranges.map(({ first }) => first),
      cited.first,
    );
    return ranges.find(({ first }) => first === line) ?? (await looselyElsewhere(source, claim, cited, rest));
  };

  const present: Claim[] = [];
  for (const claim of exists ? quotes : []) {
    await rest();
    if (at(claim)) present.push(claim);
  }
  // What may have been told without being written moves nothing away from where the rest stands.
  const least: readonly Strength[] = present.length > 0 ? ['strong'] : ['strong', 'medium'];
  const missing = quotes.filter((claim) => least.includes(claim.strength) && !present.includes(claim));
  if (missing.length === 0) return present.length > 0 ? { status: 'there' } : undefined;
  const moved: { claim: Claim; range: LineRange | undefined }[] = [];
  for (const claim of missing) {
    await rest();
    moved.push({ claim, range: await elsewhere(claim) });
  }
  const invented = moved.find(({ claim, range }) => !range && claim.strength === 'strong');
  if (invented) return { status: 'not said', kind: invented.claim.kind, shown: invented.claim.shown };
  const ranges = moved.flatMap(({ range }) => range ?? []);
  if (ranges.length === 0) return present.length > 0 ? { status: 'there' } : undefined;
  const hull = {
    first: Math.min(...ranges.map(({ first }) => first)),
    last: Math.max(...ranges.map(({ last }) => last)),
  };
  if (present.length === 0) {
    const [nearestRange = hull] = ranges;
    return { status: 'elsewhere', range: hull.last - hull.first > longestSpread ? nearestRange : hull };
  }
  const whole = { first: Math.min(hull.first, cited.first), last: Math.max(hull.last, cited.last) };
  return whole.last - whole.first > longestSpread ? { status: 'there' } : { status: 'elsewhere', range: whole };
}

/** Where a quote stands loosely, around the rarest of its words. */
async function looselyElsewhere(
  source: SourceText,
  claim: Claim,
  cited: LineRange,
  rest: Rest,
): Promise<LineRange | undefined> {
  const words = claim.text.match(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu) ?? [];
  let rarest: readonly number[] = [];
  for (const text of words.slice(0, 20)) {
    await rest();
    const lines = linesNaming(source, { kind: 'name', text, shown: text, strength: 'weak' });
    if (lines.length > 0 && (rarest.length === 0 || lines.length < rarest.length)) rarest = lines;
  }
  const quoting: number[] = [];
  for (const each of rarest.slice(0, 50)) {
    await rest();
    const range = { first: Math.max(1, each - 1), last: Math.min(source.lines.length, each + 1) };
    if (isQuotedLoosely(source.lines, range, claim.text)) quoting.push(each);
  }
  const line = nearest(quoting, cited.first);
  return line === undefined ? undefined : { first: line, last: line };
}

/** What the names say; undefined where they say nothing. One of them at the place is enough: others tell the context. */
async function namesOf(
  cited: LineRange,
  exists: boolean,
  length: number,
  claims: readonly Claim[],
  source: SourceText,
  rest: Rest,
): Promise<Finding | undefined> {
  const names = claims.filter(({ kind }) => kind === 'name');
  if (names.length === 0) return undefined;
  const here = namedLines(source.lines, cited);
  const all: { claim: Claim; lines: readonly number[] }[] = [];
  for (const claim of names) {
    await rest();
    all.push({ claim, lines: linesNaming(source, claim) });
  }
  await rest();
  if (exists && all.some(({ claim, lines }) => someWithin(here, lines) || isNamedAlike(source, claim, here)))
    return { status: 'there' };
  const telltale = all.filter(({ claim }) => claim.strength !== 'weak');
  for (const { claim, lines } of telltale) {
    await rest();
    const declarations = declaring(source, claim, lines);
    const from = declarations.length > 0 ? declarations : lines.length <= telling ? lines : [];
    const line = nearest(from, cited.first);
    if (line === undefined) continue;
    const last = Math.min(source.lines.length, line + length);
    return { status: 'elsewhere', range: { first: line, last } };
  }
  const invented = telltale.find(
    ({ claim, lines }) => claim.strength === 'strong' && lines.length === 0 && !isNamedAlikeAnywhere(source, claim),
  );
  const known = all.some(({ claim, lines }) => lines.length > 0 || isNamedAlikeAnywhere(source, claim));
  if (!invented || (known && exists)) return undefined;
  return exists ? { status: 'not said', kind: 'name', shown: invented.claim.shown } : undefined;
}

/** How well a file suits what a place is cited for, from not at all to declared or quoted at the lines. */
export type Suits = 0 | 1 | 2 | 3 | 4;

/** From here on a file has what is cited, and does not merely name it. */
export const hasIt: Suits = 3;

/** Tells how well a file suits what a place is cited for. */
export async function suits(place: Place, claims: readonly Claim[], source: SourceText, rest: Rest): Promise<Suits> {
  const said = claims.filter(({ strength }) => strength !== 'weak');
  const { status } = said.length === 0 ? { status: 'not said' } : await judge(place, said, source, rest);
  if (status !== 'there' && status !== 'elsewhere') return 0;
  const isThere = status === 'there';
  const names = said
    .filter(({ kind }) => kind === 'name')
    .map((claim) => ({ claim, lines: linesNaming(source, claim) }));
  const isQuoted = names.length < said.length;
  if (isQuoted || names.some(({ claim, lines }) => declaring(source, claim, lines).length > 0)) return isThere ? 4 : 3;
  const cited = { first: place.startLine, last: Math.min(place.endLine, source.lines.length) };
  if (isThere && names.some(({ lines }) => someWithin(namedLines(source.lines, cited), lines))) return 2;
  return names.some(({ lines }) => lines.length > 0) ? 1 : 0;
}
