import type { ParserInline } from 'markdown-it';
import { reference } from '../citations.ts';

/** An inline rule as markdown-it takes it. */
type InlineRule = Parameters<ParserInline['ruler']['push']>[1];

/** Keeps `pkg/__init__.py:3` outside of backticks from becoming bold: a cited place is text to its end. */
export const placeRule: InlineRule = (state, silent) => {
  const { pos, src, posMax } = state;
  if (src[pos] !== '_') return false;
  for (const match of src.matchAll(reference)) {
    const end = match.index + match[0].length;
    if (match.index > pos) return false;
    if (end > pos && end <= posMax) {
      if (!silent) state.pending += src.slice(pos, end);
      state.pos = end;
      return true;
    }
  }
  return false;
};
