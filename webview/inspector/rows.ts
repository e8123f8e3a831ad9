import {
  type Decisions,
  type DetailLevel,
  detailLevels,
  type InspectedPack,
  type Reuse,
  reuses,
} from '../../extension/protocol/inspector.ts';

/** What was decided about a file: by its own path, or by that of a folder around it. */
export type Decision = 'pinned' | 'excluded' | 'level';

/** One file of the repository. */
export interface Row {
  readonly path: string;
  /** Undefined for a file that is not in the pack. */
  readonly level: DetailLevel | undefined;
  readonly tokens: number;
  readonly reason: string;
  /** Undefined where nothing is known of the server's cache. */
  readonly reuse: Reuse | undefined;
  readonly decision: Decision | undefined;
  /** Whether the decision is of the file itself, and can be taken back here. */
  readonly isOwn: boolean;
}

/** What the table is ordered by. */
export type Column = 'path' | 'level' | 'tokens' | 'reason';

/** Which files the table shows. */
export interface Filter {
  /** Words that all have to stand in the path or the reason. */
  readonly words: string;
  readonly show: 'all' | 'in' | 'out';
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));

/** The decision that holds for a path: the nearest one, and of two as near the exclusion, as packs are made. */
function decisionOn(decisions: Decisions): (path: string) => Pick<Row, 'decision' | 'isOwn'> {
  const rules = new Map<string, Decision>();
  for (const path of Object.keys(decisions.levels)) rules.set(path, 'level');
  for (const path of decisions.pinned) rules.set(path, 'pinned');
  for (const path of decisions.excluded) rules.set(path, 'excluded');
  if (rules.size === 0) return () => ({ decision: undefined, isOwn: false });
  return (path) => {
    for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      const decision = rules.get(at);
      if (decision || at === '') return { decision, isOwn: decision !== undefined && at === path };
    }
  };
}

/** Every file of the repository, those of the pack first. */
export function rowsOf({ table, decisions }: Pick<InspectedPack, 'table' | 'decisions'>): Row[] {
  const paths = linesOf(table.paths);
  const decided = decisionOn(decisions);
  const reason = (at: number): string => table.reasons[table.reasonOf[at] ?? -1] ?? '';
  const packed = paths.map(
    (path, at): Row => ({
      path,
      level: detailLevels[table.levels[at] ?? 0],
      tokens: table.tokens[at] ?? 0,
      reason: reason(at),
      reuse: reuses[table.reuses[at] ?? -1],
      ...decided(path),
    }),
  );
  const known = new Set(paths);
  const omitted = linesOf(table.omitted).flatMap((path, at): Row[] => {
    // What was left out of a pack may have come in behind it.
    if (known.has(path)) return [];
    const out = { path, level: undefined, tokens: 0, reuse: undefined };
    return [{ ...out, reason: reason(paths.length + at), ...decided(path) }];
  });
  return [...packed, ...omitted];
}

/** The rows that a filter lets through. */
export function filtered(rows: readonly Row[], { words, show }: Filter): readonly Row[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0 && show === 'all') return rows;
  return rows.filter(({ path, reason, level }) => {
    if (show !== 'all' && (show === 'in') !== (level !== undefined)) return false;
    if (wanted.length === 0) return true;
    const text = `${path} ${reason}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

const rank = ({ level }: Row): number => (level === undefined ? -1 : detailLevels.indexOf(level));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The rows in the order of a column; equal ones by path, so that the order never jumps. */
export function sorted(rows: readonly Row[], column: Column, isDescending: boolean): readonly Row[] {
  const by: Readonly<Record<Column, (a: Row, b: Row) => number>> = {
    path: (a, b) => compare(a.path, b.path),
    level: (a, b) => rank(a) - rank(b),
    tokens: (a, b) => a.tokens - b.tokens,
    reason: (a, b) => compare(a.reason, b.reason),
  };
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((a, b) => sign * by[column](a, b) || compare(a.path, b.path));
}
