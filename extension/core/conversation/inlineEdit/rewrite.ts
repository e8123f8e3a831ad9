import { leavesOut } from '../edits/elision.ts';
import { answerCode } from './answerCode.ts';
import { codeBlocks } from './codeBlocks.ts';
import { reindented } from './reindent.ts';
import type { EditTarget } from './target.ts';

/** Why an answer replaces nothing. */
type RewriteProblem =
  /** There is no code in it. */
  | 'no code'
  /** It is the code that stands there. */
  | 'no change'
  /** Lines were left out and a sign stands for them, as in `// ... existing code ...`. */
  | 'lines left out'
  /** It ends in the middle. */
  | 'cut off'
  /** It repeats what was blotted out, in place of a secret. */
  | 'secret';

/** The lines for those of the target, none to delete these, or why there are none. */
export type Rewrite = { readonly lines: readonly string[] } | { readonly problem: RewriteProblem };

/** What is known of an answer besides its text. */
export interface AnswerFacts {
  /** It ended at a limit. */
  readonly isCut: boolean;
  /** Secrets were blotted out of what the model was shown. */
  readonly hasSecrets: boolean;
}

const blank = (line: string | undefined): boolean => line !== undefined && line.trim() === '';

/** Gives new lines the blank lines at both ends that the old ones have, and no others. */
function withOldEnds(lines: readonly string[], old: readonly string[]): string[] {
  const isEmpty = (each: readonly string[]): boolean => each.every((line) => line.trim() === '');
  if (isEmpty(lines)) return [];
  const first = lines.findIndex((line) => !blank(line));
  const last = lines.findLastIndex((line) => !blank(line));
  const own = lines.slice(first, last + 1);
  if (isEmpty(old)) return own;
  const above = old.slice(
    0,
    old.findIndex((line) => !blank(line)),
  );
  const below = old.slice(old.findLastIndex((line) => !blank(line)) + 1);
  return [...above, ...own, ...below];
}

const notice = '[secret removed]';

/** What stands in place of a secret: the notice of packs, or a run of asterisks, which models do not count. */
const blots = (text: string): string[] => text.match(/\[secret removed\]|\*{4,}/g) ?? [];

/** Whether lines have a sign in place of a secret that the file has not. */
function hasBlot(lines: readonly string[], { before, selected, after }: EditTarget, hasSecrets: boolean): boolean {
  const own = new Set(blots(before + selected + after));
  const found = blots(lines.join('\n')).filter((blot) => !own.has(blot));
  // Without secrets in the prompt asterisks are a matter of style.
  return hasSecrets ? found.length > 0 : found.includes(notice);
}

/** The target as it is in the file without its secrets, which has the same length. */
export function screenedTarget(target: EditTarget, screened: string): EditTarget {
  const from = target.before.length;
  const to = from + target.selected.length;
  return {
    ...target,
    before: screened.slice(0, from),
    selected: screened.slice(from, to),
    after: screened.slice(to),
  };
}

/** Reads the new lines out of a model's whole answer. */
export function readRewrite(answer: string, target: EditTarget, { isCut, hasSecrets }: AnswerFacts): Rewrite {
  if (isCut && codeBlocks(answer).every(({ isClosed }) => !isClosed)) return { problem: 'cut off' };
  const written = answerCode(answer, target, true);
  if (!written) return { problem: 'no code' };
  const old = target.selected.split('\n');
  if (leavesOut(written, old, target.path)) return { problem: 'lines left out' };
  const lines = withOldEnds(reindented(written, target), old);
  if (hasBlot(lines, target, hasSecrets)) return { problem: 'secret' };
  return lines.join('\n') === target.selected ? { problem: 'no change' } : { lines };
}

/** The lines that an answer has so far, for showing; undefined where there is no code yet. */
export function rewriteSoFar(answer: string, target: EditTarget): readonly string[] | undefined {
  const written = answerCode(answer, target, false);
  return written && reindented(written, target);
}
