import type { Steering } from '../pack.ts';
import type { IndexedFile } from '../repository/indexedFile.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';

const isBelow = (path: string, rule: string): boolean => path === rule || path.startsWith(`${rule}/`);

/** Whether the user has excluded a path, by itself or with a folder above it. */
export const isExcluded = (path: string, { excluded = [] }: Steering): boolean =>
  excluded.some((rule) => isBelow(path, rule));

/** The files that are pinned, by themselves or with a folder of theirs, in the order of the pins, then by path. */
export function pinnedFiles(index: RepositoryIndex, steering: Steering): IndexedFile[] {
  const found = new Map<string, IndexedFile>();
  const files = index.files.filter((file) => file !== undefined).filter(({ path }) => !isExcluded(path, steering));
  for (const { path: rule } of steering.pinned ?? []) {
    const meant = files.filter(({ path }) => isBelow(path, rule)).sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const file of meant) found.set(file.path, file);
  }
  return [...found.values()];
}
