import { limited, nearest } from './candidates.ts';
import type { RepositoryPaths, Resolve } from './imports.ts';
import { dirname, joinPath } from './paths.ts';

/** Resolves the scripts that a shell script loads: relative to it, to the root, or behind a variable by their ending. */
export function bashResolver(paths: RepositoryPaths): Resolve {
  return limited((from, { source }) => {
    if (/^[/~]/.test(source)) return [];
    const [there] = [joinPath(dirname(from), source), joinPath('', source)].filter((path) => paths.has(path));
    if (there !== undefined) return [there];
    const ending = joinPath('', source).replace(/^(?:\.\.\/)+/, '');
    return nearest(from, paths.endingWith(ending));
  });
}
