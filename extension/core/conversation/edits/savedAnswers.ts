import type { TurnView } from '../../../protocol/chat.ts';
import type { EditAnswers } from './readEdits.ts';

/** The answers about edits that the text of a turn holds: what was written first, and what mended it, as far as it came to an end. */
export function savedAnswers({ text, plan, mends = [], status }: TurnView): EditAnswers {
  const starts = [plan?.length ?? 0, ...mends];
  const [written = '', ...mended] = starts.map((start, at) => text.slice(start, starts[at + 1]));
  if (status === 'done') return { written: [written], mended };
  // What was to mend a file may hold half of its edits: those that were written first are all there.
  return mended.length > 0
    ? { written: [written], mended: mended.slice(0, -1) }
    : { written: [written], mended, isCut: true };
}
