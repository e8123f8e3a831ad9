import type { CitationView } from '../extension/protocol/chat.ts';

/** A piece of text: plain, or a cited place. */
export type Piece = { readonly text: string; readonly citation?: CitationView };

/** What a place looks like in an answer: `path:12` or `path:12-30`. */
const place = /[\w@.+/-]+:\d+(?:[-–]\d+)?/g;

/** Finds the citation that a piece of text names. */
export function citationNamed(text: string, citations: readonly CitationView[]): CitationView | undefined {
  const [, path, first, last] = /^(.+):(\d+)(?:[-–](\d+))?$/.exec(text.trim()) ?? [];
  if (!path) return undefined;
  const end = Number(last ?? first);
  return citations.find((each) => each.path === path && each.startLine === Number(first) && each.endLine === end);
}

/** Splits text at the places in it that are citations. */
export function splitAtCitations(text: string, citations: readonly CitationView[]): Piece[] {
  if (citations.length === 0) return [{ text }];
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(place)) {
    const citation = citationNamed(found[0], citations);
    if (!citation) continue;
    if (found.index > at) pieces.push({ text: text.slice(at, found.index) });
    pieces.push({ text: found[0], citation });
    at = found.index + found[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}
