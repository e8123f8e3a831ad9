import type { Omission } from '../pack.ts';
import type { AlikePaths } from '../ports.ts';
import type { Readable } from './listing.ts';

/** Paths of each sort, at most. */
const most = 24;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const endingOf = (path: string): string => /\.[^./]+$/.exec(path)?.[0] ?? '';

/** How many parts two paths share from their ends. */
function sharedEnd(a: string, b: string): number {
  const one = a.toLowerCase().split('/').reverse();
  const other = b.toLowerCase().split('/').reverse();
  const differs = one.findIndex((part, at) => part !== other[at]);
  return differs < 0 ? one.length : differs;
}

/** The files of the same name that share most of the path from its end. */
function sameName(files: readonly string[], path: string): string[] {
  const name = nameOf(path).toLowerCase();
  const alike = files.filter((file) => nameOf(file).toLowerCase() === name);
  const most = Math.max(0, ...alike.map((file) => sharedEnd(file, path)));
  return alike.filter((file) => sharedEnd(file, path) === most);
}

/** Files that a file may have been renamed to: of its kind, in its folder. */
const siblingsOf = (files: readonly string[], path: string): string[] =>
  files.filter((file) => folderOf(file) === folderOf(path) && endingOf(file) === endingOf(path) && file !== path);

/** Finds in a listing what a path may mean. */
export function alikePaths({ files, omitted }: Readable, path: string): AlikePaths {
  const paths = files.map((file) => file.path);
  const same = sameName(paths, path);
  const siblings = same.length > 0 ? [] : siblingsOf(paths, path);
  const omission: Omission | undefined = omitted.find((file) => file.path === path);
  return {
    same: same.slice(0, most),
    siblings: siblings.slice(0, most),
    ...(omission ? { omitted: omission.reason } : {}),
  };
}
