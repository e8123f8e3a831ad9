import type { Resolve } from './imports.ts';

/** Files that an import may mean, at the most. */
const most = 8;

/** Makes a search a resolver: each file once, never the importing one, and no more than eight. */
export function limited(find: Resolve): Resolve {
  return (from, statement) => {
    const found = new Set<string>();
    for (const path of find(from, statement)) {
      if (path !== from) found.add(path);
      if (found.size === most) break;
    }
    return [...found];
  };
}

const slash = 47;

/** How many folders two paths begin with in common. */
function shared(a: string, b: string): number {
  let folders = 0;
  for (let i = 0; i < a.length && a.charCodeAt(i) === b.charCodeAt(i); i++) if (a.charCodeAt(i) === slash) folders++;
  return folders;
}

/** Sorts paths by the folders that they share with another one, most first, and short ones before long ones. */
export function byNearness(from: string, paths: readonly string[]): readonly string[] {
  if (paths.length < 2) return paths;
  return paths
    .map((path) => ({ path, near: shared(from, path) }))
    .sort((a, b) => b.near - a.near || a.path.length - b.path.length)
    .map(({ path }) => path);
}

/** The paths that share the most folders with another one; several only where they are equally near. */
export function nearest(from: string, paths: readonly string[]): readonly string[] {
  if (paths.length < 2) return paths;
  let best = 0;
  for (const path of paths) best = Math.max(best, shared(from, path));
  return paths.filter((path) => shared(from, path) === best);
}

/** Whether a folder is the root or holds a path at any depth. */
export const holds = (folder: string, path: string): boolean => folder === '' || path.startsWith(`${folder}/`);
