import { applyHunks, type Hunk, hunks } from './hunks.ts';

/** A proposal on top of what the user wrote meanwhile, or the hunks of it that the user's changes stand in the way of. */
export type Rebased = { readonly text: string } | { readonly conflicts: readonly Hunk[] };

const endOf = ({ start, removed }: Hunk): number => start + removed.length;
const touch = (a: Hunk, b: Hunk): boolean => a.start <= endOf(b) && b.start <= endOf(a);
const sameLines = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, at) => line === b[at]);
const same = (a: Hunk, b: Hunk): boolean =>
  a.start === b.start && sameLines(a.removed, b.removed) && sameLines(a.added, b.added);

/**
 * Merges a proposal (`after`, made from `before`) into the text as it is `now`. Every change of the user stays. Changes of
 * both that overlap or touch are conflicts, as in git, unless they are the same; hunks are those of `before`.
 */
export function rebase(before: string, after: string, now: string): Rebased {
  const proposed = hunks(before, after);
  const users = hunks(before, now);
  const conflicts = proposed.filter((hunk) => users.some((own) => touch(hunk, own) && !same(hunk, own)));
  if (conflicts.length > 0) return { conflicts };
  const others = proposed.filter((hunk) => !users.some((own) => same(hunk, own)));
  const all = [...users, ...others].sort((a, b) => a.start - b.start);
  return { text: applyHunks(before, all, new Set(all.keys())) };
}
