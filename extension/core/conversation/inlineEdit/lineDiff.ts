import { diffArrays } from 'diff';

/** A line of a difference: it stays, goes or comes. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  /** 0-based position among the old lines; for a new line, of the old line that it stands before. */
  readonly at: number;
}

/** Edit distance, in lines, that is looked for: its square is what it costs, and this is drawn while an answer streams. */
export const farthest = 300;

/**
 * The difference between lines and those that replace them; where they are too far apart, all of the ones go and all of
 * the others come. Of an answer that is not whole yet, old lines below the last one that it has reached are left out:
 * nothing is known of them.
 */
export function lineDiff(old: readonly string[], now: readonly string[], isWhole: boolean): DiffLine[] {
  const changes = diffArrays([...old], [...now], { maxEditLength: farthest }) ?? [
    { value: [...old], removed: true, added: false, count: old.length },
    { value: [...now], removed: false, added: true, count: now.length },
  ];
  const lines: DiffLine[] = [];
  let at = 0;
  for (const { value, added, removed } of changes) {
    for (const text of value) {
      lines.push({ sign: added ? '+' : removed ? '-' : ' ', text, at });
      if (!added) at++;
    }
  }
  if (isWhole) return lines;
  // In place of those that it has not come to, each line that came last counts for one.
  const settled = lines.findLastIndex(({ sign }) => sign === ' ') + 1;
  let room = lines.slice(settled).filter(({ sign }) => sign === '+').length;
  return lines.filter(({ sign }, at) => at < settled || sign === '+' || room-- > 0);
}

/** Stands for lines that stay and are not shown. */
const gap = '⋯';

/**
 * A difference as text, one line each with its sign; of what stays, a few lines around each change are shown, and while
 * it still grows, those at its end.
 */
export function diffText(lines: readonly DiffLine[], isWhole: boolean, around = 3): string {
  const changed = lines.flatMap(({ sign }, at) => (sign === ' ' ? [] : [at]));
  if (!isWhole) changed.push(lines.length - 1);
  const shown = new Set(changed.flatMap((at) => Array.from({ length: 2 * around + 1 }, (_, i) => at - around + i)));
  const out: string[] = [];
  for (const [at, { sign, text }] of lines.entries()) {
    if (shown.has(at)) out.push(`${sign}${text}`);
    else if (out.at(-1) !== gap) out.push(gap);
  }
  return out.join('\n');
}
