import type { RepositoryPaths } from './imports.ts';
import { basename, dirname } from './paths.ts';

function group(paths: readonly string[], key: (path: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const name = key(path);
    const list = groups.get(name);
    if (list) list.push(path);
    else groups.set(name, [path]);
  }
  return groups;
}

/** Makes a repository's paths ready for resolvers. */
export function repositoryPaths(
  paths: readonly string[],
  manifest: (path: string) => string | undefined,
): RepositoryPaths {
  const all = new Set(paths);
  const byName = group(paths, basename);
  const byFolder = group(paths, dirname);
  const foldersByName = group([...byFolder.keys()], basename);
  const ending = (end: string, byLastPart: ReadonlyMap<string, readonly string[]>): readonly string[] =>
    (byLastPart.get(basename(end)) ?? []).filter((path) => path === end || path.endsWith(`/${end}`));
  return {
    has: (path) => all.has(path),
    within: (folder) => byFolder.get(folder) ?? [],
    endingWith: (end) => ending(end, byName),
    foldersEndingWith: (end) => ending(end, foldersByName),
    manifest,
    named: (name) => byName.get(name) ?? [],
  };
}
