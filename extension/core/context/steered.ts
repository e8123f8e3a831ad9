import type { Level, Pin, Steering } from '../pack.ts';

/** A {@link Steering}, ready to be asked of each file. */
export interface Steered {
  isExcluded(path: string): boolean;
  /** The pin that holds for a file; undefined where none does, or it is excluded. */
  pinOf(path: string): Pin | undefined;
  /** How much of a file there is to be where it gets in; undefined where the ranking decides. */
  levelOf(path: string): Level | undefined;
  readonly pins: readonly Pin[];
}

/** What a ranking has to obey. */
export interface Choices {
  /** Files that are not to be ranked: they are excluded, or in already. */
  skips(path: string): boolean;
  levelOf: Steered['levelOf'];
}

/** Decisions of a workspace with those for one request, whose pins come first; undefined where there are none. */
export function joinSteering(one: Steering | undefined, other: Steering | undefined): Steering | undefined {
  if (!one || !other) return one ?? other;
  return {
    pinned: [...(other.pinned ?? []), ...(one.pinned ?? [])],
    excluded: [...new Set([...(one.excluded ?? []), ...(other.excluded ?? [])])],
    levels: { ...one.levels, ...other.levels },
  };
}

/** What is excluded, as ignore patterns: what does not rank files but reads them has only these to go by. */
export const excludedPatternsOf = ({ excluded = [] }: Steering = {}): string[] =>
  excluded.map((path) => `/${plainPath(path).replace(/[\\*?[\]!# ]/g, '\\$&')}`);

/** A path as packs write it: no `./` before it, no `/` after it; the root itself is empty. */
export const plainPath = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');

/** Whether a path is a file or folder's own, or below it. */
export const isBelow = (path: string, folder: string): boolean =>
  folder === '' || path === folder || (path.startsWith(folder) && path[folder.length] === '/');

/** The value of the nearest of a file and the folders around it that has one, with the length of its path. */
function nearest<T>(values: ReadonlyMap<string, T>, path: string): { value: T; length: number } | undefined {
  if (values.size === 0) return undefined;
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const value = values.get(at);
    if (value !== undefined) return { value, length: at.length };
    if (at === '') return undefined;
  }
}

/** Reads what the user decided. */
export function readSteering({ pinned = [], excluded = [], levels = {} }: Steering = {}): Steered {
  const pins = pinned.map((pin) => ({ ...pin, path: plainPath(pin.path) }));
  // The last pin of a path is the user's latest word on it.
  const pinOf = new Map(pins.map((pin) => [pin.path, pin]));
  const out = new Map(excluded.map((path) => [plainPath(path), true]));
  const levelOf = new Map(Object.entries(levels).map(([path, level]) => [plainPath(path), level]));
  const isExcluded = (path: string): boolean => {
    const rule = nearest(out, path);
    return rule !== undefined && rule.length >= (nearest(pinOf, path)?.length ?? -1);
  };
  return {
    isExcluded,
    pinOf: (path) => (isExcluded(path) ? undefined : nearest(pinOf, path)?.value),
    levelOf: (path) => nearest(levelOf, path)?.value,
    pins: [...pinOf.values()],
  };
}
