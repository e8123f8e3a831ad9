import { diffArrays } from 'diff';

/** Lines of a text that give way to others; each with its line break, but for the last of a text that has none. */
export interface Hunk {
  /** 0-based line of the text before, at which the removed lines stand, or the added ones go in. */
  readonly start: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Edit distance in lines beyond which a difference is one hunk: to find the shortest would take seconds. */
const farthest = 2_000;

/** Lines with their line breaks; none for an empty text. */
const rawLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** The differences between two texts by lines, in order; no two of them touch. Line breaks count. */
export function hunks(before: string, after: string): Hunk[] {
  const old = rawLines(before);
  const now = rawLines(after);
  // Most edits are small: what begins and ends alike needs no search.
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const removed = old.slice(start, old.length - end);
  const added = now.slice(start, now.length - end);
  if (removed.length === 0 && added.length === 0) return [];

  const changes = diffArrays(removed, added, { maxEditLength: farthest });
  if (!changes) return [{ start, removed, added }];
  const found: { start: number; removed: string[]; added: string[] }[] = [];
  let line = start;
  let open = false;
  for (const change of changes) {
    if (!change.added && !change.removed) {
      open = false;
      line += change.count;
      continue;
    }
    if (!open) found.push({ start: line, removed: [], added: [] });
    open = true;
    found.at(-1)?.[change.added ? 'added' : 'removed'].push(...change.value);
    if (change.removed) line += change.count;
  }
  return found;
}

/**
 * The text in which only the chosen hunks, given by their positions in `all`, are done. All other bytes stay.
 * `all` are hunks of `before`, in order.
 */
export function applyHunks(before: string, all: readonly Hunk[], chosen: ReadonlySet<number>): string {
  const lines = rawLines(before);
  const parts: string[] = [];
  let line = 0;
  for (const [index, { start, removed, added }] of all.entries()) {
    if (!chosen.has(index)) continue;
    parts.push(...lines.slice(line, start), ...added);
    line = start + removed.length;
  }
  return [...parts, ...lines.slice(line)].join('');
}
