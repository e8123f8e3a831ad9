import { byNearness, limited } from './candidates.ts';
import type { RepositoryPaths, Resolve } from './imports.ts';
import { basename, dirname, joinPath } from './paths.ts';

const header = /\.(?:h|hh|hpp|hxx)$/;
const implementations = ['.cc', '.cpp', '.c', '.cxx', '.inl', '.ipp', '-inl.h'];

/** Folders that compilers are told to look in. */
const searched = new Set(['', 'include', 'includes', 'inc', 'src']);

/** How many folders two paths end with in common. */
function endInCommon(a: string, b: string): number {
  const [left, right] = [dirname(a).split('/'), dirname(b).split('/')];
  let count = 0;
  while (count < left.length && count < right.length && left.at(-1 - count) === right.at(-1 - count)) count++;
  return count;
}

/** Resolves includes of C and C++ to the headers, each followed by the file that implements it. */
export function cppResolver(paths: RepositoryPaths): Resolve {
  function implementationsOf(path: string): string[] {
    if (!header.test(path)) return [];
    const stem = path.replace(header, '');
    const beside = implementations.map((ending) => stem + ending).filter((file) => paths.has(file));
    if (beside.length > 0) return beside;
    const elsewhere = implementations.flatMap((ending) => paths.named(basename(stem) + ending));
    const [best] = byNearness(path, elsewhere).toSorted((a, b) => endInCommon(b, path) - endInCommon(a, path));
    if (!best) return [];
    // The same name in an unlike place is no sign, unless it is the only one and headers are kept apart.
    const folders = dirname(path).split('/');
    const isApart = folders.some((folder) => searched.has(folder)) || best.startsWith(`${folders[0]}/`);
    return endInCommon(best, path) > 0 || (elsewhere.length === 1 && isApart) ? [best] : [];
  }

  function headers(from: string, source: string): readonly string[] {
    const isAngled = source.startsWith('<');
    const named = isAngled ? source.slice(1, -1) : source;
    const beside = joinPath(dirname(from), named);
    if (!isAngled && paths.has(beside)) return [beside];
    const path = joinPath('', named).replace(/^(?:\.\.\/)+/, '');
    const found = paths.endingWith(path);
    // `<string.h>` is the system's, even where some folder has one.
    const isLone = isAngled && !path.includes('/');
    return byNearness(from, isLone ? found.filter((each) => searched.has(basename(dirname(each)))) : found);
  }

  return limited((from, { source }) => headers(from, source).flatMap((path) => [path, ...implementationsOf(path)]));
}
