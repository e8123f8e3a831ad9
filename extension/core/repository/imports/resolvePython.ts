import { holds, limited, nearest } from './candidates.ts';
import type { RepositoryPaths, Resolve } from './imports.ts';
import { basename, dirname, joinPath } from './paths.ts';

const files = ['/__init__.py', '.py', '/__init__.pyi', '.pyi'];

/** Folders from which modules are imported though they are not named. */
const sourceFolders = new Set(['src', 'lib', 'python']);

const isPackage = (folder: string, paths: RepositoryPaths): boolean =>
  paths.has(joinPath(folder, '__init__.py')) || paths.has(joinPath(folder, '__init__.pyi'));

/** Whether a file finds the modules of a folder without naming it. */
function isRootOf(root: string, from: string, module: string, paths: RepositoryPaths): boolean {
  if (module.includes('/')) return !isPackage(root, paths) || holds(root, from);
  if (isPackage(root, paths)) return false;
  // A lone name is likely to be a module from elsewhere, unless the folder is on the way or it is a package.
  const above = sourceFolders.has(basename(root)) ? dirname(root) : root;
  return holds(root, from) || holds(above, from) || isPackage(joinPath(root, module), paths);
}

/** The folders that a file may import a module from. */
function rootsOf(module: string, from: string, paths: RepositoryPaths): readonly string[] {
  const found = new Set<string>();
  const note = (path: string, length: number) => found.add(path.slice(0, Math.max(0, path.length - length - 1)));
  for (const folder of paths.foldersEndingWith(module)) note(folder, module.length);
  for (const ending of ['.py', '.pyi'])
    for (const path of paths.endingWith(module + ending)) note(path, module.length + ending.length);
  return [...found].filter((root) => isRootOf(root, from, module, paths));
}

/** Resolves imports of Python: relative ones, and packages from any folder that holds them. */
export function pythonResolver(paths: RepositoryPaths): Resolve {
  const modulesAt = (path: string): string[] =>
    files.map((ending) => joinPath('', path + ending)).filter((file) => paths.has(file));

  return limited((from, { source, names }) => {
    // What is brought in by name may be a module, and otherwise is said in the package.
    const filesOf = (place: string) => [
      ...names.flatMap(({ name }) => modulesAt(`${place}/${name}`)),
      ...modulesAt(place),
    ];
    const dots = /^\.*/.exec(source)?.[0].length ?? 0;
    const module = source.slice(dots).replaceAll('.', '/');
    if (dots > 0) return filesOf(joinPath(dirname(from), '../'.repeat(dots - 1) + module));
    const roots = rootsOf(module, from, paths)
      .map((root) => (root === '' ? '' : `${root}/`))
      .filter((root) => filesOf(root + module).length > 0);
    return nearest(from, roots).flatMap((root) => filesOf(root + module));
  });
}
