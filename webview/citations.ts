import { referencesIn } from '../extension/protocol/answerGrammar.ts';
import type { CitationView } from '../extension/protocol/citation.ts';

/** A stretch of text that refers to a place, or plain text. */
export type Segment = string | { readonly text: string; readonly citation: CitationView };

const keyOf = (path: string, startLine: number, endLine: number): string => `${path}:${startLine}-${endLine}`;

/** Cuts a text at the places in it that the host has checked; what it did not list stays plain. `isCode` for a span of code. */
export function segments(text: string, citations: readonly CitationView[], isCode = false): Segment[] {
  if (citations.length === 0 || !/[:：#]/.test(text)) return [text];
  const known = new Map(citations.map((place) => [keyOf(place.path, place.startLine, place.endLine), place]));
  const found: Segment[] = [];
  let end = 0;
  for (const { index, text: whole, place } of referencesIn(text, isCode)) {
    const citation = known.get(keyOf(place.path, place.startLine, place.endLine));
    if (!citation) continue;
    if (index > end) found.push(text.slice(end, index));
    found.push({ text: whole, citation });
    end = index + whole.length;
  }
  if (end < text.length) found.push(text.slice(end));
  return found;
}
