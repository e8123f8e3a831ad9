import type { ParserInline } from 'markdown-it';
import { reference } from '../../extension/protocol/answerGrammar.ts';

/** An inline rule as markdown-it takes it. */
type InlineRule = Parameters<ParserInline['ruler']['push']>[1];
type InlineState = Parameters<InlineRule>[0];

/** For each underscore within a place, where that place ends; found once for a text that may hold many of both. */
const endsOf = new WeakMap<InlineState, ReadonlyMap<number, number>>();

function findEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  for (const { index, 0: place } of text.matchAll(reference)) {
    for (let at = place.indexOf('_'); at >= 0; at = place.indexOf('_', at + 1))
      ends.set(index + at, index + place.length);
  }
  return ends;
}

/** Keeps `pkg/__init__.py:3` outside of backticks from becoming bold: a cited place is text to its end. */
export const placeRule: InlineRule = (state, silent) => {
  const { pos, src, posMax } = state;
  if (src[pos] !== '_') return false;
  let ends = endsOf.get(state);
  if (!ends) {
    ends = findEnds(src);
    endsOf.set(state, ends);
  }
  const end = ends.get(pos);
  if (end === undefined || end > posMax) return false;
  if (!silent) state.pending += src.slice(pos, end);
  state.pos = end;
  return true;
};
