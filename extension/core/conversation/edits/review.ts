import type { FileChange } from './fileChanges.ts';
import { applyHunks, type Hunk, hunks } from './hunks.ts';
import { rebase } from './rebase.ts';

/** What became of a part of a change. */
export type Verdict = 'pending' | 'accepted' | 'rejected';

/** A change to one file, judged in parts: its hunks where only its text changes, else the whole. */
export interface Reviewed {
  readonly change: FileChange;
  /** Empty for a file that is made, deleted or renamed: it is taken whole. */
  readonly hunks: readonly Hunk[];
  /** One for each hunk, or one for the whole. */
  readonly verdicts: readonly Verdict[];
}

/** Begins the review of a change. */
export function review(change: FileChange): Reviewed {
  const parts = change.kind === 'change' ? hunks(change.before, change.after) : [];
  return { change, hunks: parts, verdicts: Array.from({ length: Math.max(1, parts.length) }, () => 'pending') };
}

/** The parts that are still to be judged: all of them, or one by its number. */
export const pendingParts = ({ verdicts }: Reviewed, part?: number): number[] =>
  [...verdicts.keys()].filter((at) => verdicts[at] === 'pending' && (part === undefined || at === part));

/** The same with a verdict on some parts. */
export const judged = (reviewed: Reviewed, parts: readonly number[], verdict: Verdict): Reviewed => ({
  ...reviewed,
  verdicts: reviewed.verdicts.map((each, at) => (parts.includes(at) ? verdict : each)),
});

/**
 * The same with the verdicts of an earlier review of it. Undefined where its parts are others by now; what was judged as a whole
 * can be judged so again.
 */
export function rejudged(reviewed: Reviewed, earlier: readonly Verdict[]): Reviewed | undefined {
  if (earlier.length === reviewed.verdicts.length) return { ...reviewed, verdicts: earlier };
  const [first = 'pending'] = earlier;
  const isWhole = first !== 'accepted' && earlier.every((each) => each === first);
  return isWhole ? { ...reviewed, verdicts: reviewed.verdicts.map(() => first) } : undefined;
}

/** What the verdicts come to. */
export function verdictOf(verdicts: readonly Verdict[]): Verdict | 'partly' {
  const [first = 'rejected'] = verdicts;
  if (verdicts.every((each) => each === first)) return first;
  return verdicts.includes('pending') ? 'pending' : 'partly';
}

/** What is written to accept parts: texts by path, undefined for no file. */
export interface Writing {
  readonly kind: FileChange['kind'];
  readonly path: string;
  readonly to?: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Of a file that is made anew as it was: how it was encoded, as the editor calls it. */
  readonly encoding?: string;
}

/** A writing, or why the file no longer fits; lines are 1-based, of the file as the proposal knew it. */
export type Accepting =
  | Writing
  | { readonly conflict: 'changed' | 'gone' | 'exists'; readonly lines?: readonly number[] };

/**
 * What accepting some parts makes of a file as it is `now`, undefined where there is none. What the user wrote meanwhile
 * stays; where it stands in the way, nothing is written.
 */
export function accepting(
  { change, hunks: all, verdicts }: Reviewed,
  parts: readonly number[],
  now: string | undefined,
): Accepting {
  const { kind, path } = change;
  if (kind === 'make') {
    const isThere = now !== undefined && now !== change.after;
    return isThere ? { conflict: 'exists' } : { kind, path, before: now, after: change.after };
  }
  if (now === undefined) return { conflict: 'gone' };
  if (kind === 'delete')
    return now === change.before ? { kind, path, before: now, after: undefined } : { conflict: 'changed' };
  const accepted = [...verdicts.keys()].filter((at) => verdicts[at] === 'accepted');
  const textWith = (chosen: readonly number[]) => applyHunks(change.before, all, new Set(chosen));
  const [base, after] =
    kind === 'rename' ? [change.before, change.after] : [textWith(accepted), textWith([...accepted, ...parts])];
  const merged = rebase(base, after, now);
  if ('conflicts' in merged) return { conflict: 'changed', lines: merged.conflicts.map(({ start }) => start + 1) };
  const to = kind === 'rename' ? { to: change.to } : {};
  return { kind, path, ...to, before: now, after: merged.text };
}
