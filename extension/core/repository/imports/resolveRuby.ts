import { limited, nearest } from './candidates.ts';
import type { RepositoryPaths, Resolve } from './imports.ts';
import { dirname, joinPath } from './paths.ts';

/** Folders on the load path. */
const loaded = /(?:^|\/)(?:lib|ext|src|test|spec|app|app\/[\w-]+|app\/[\w-]+\/concerns)$/;

/** `HTTPServer` is kept in `http_server.rb`. */
const fileName = (constant: string): string =>
  constant
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** Resolves Ruby's `require` from `lib` and the other folders on load paths, and what is relative to the file. */
export function rubyResolver(paths: RepositoryPaths): Resolve {
  const there = (path: string): string[] => [path, `${path}.rb`].filter((file) => paths.has(file));

  function onLoadPath(from: string, source: string): readonly string[] {
    const ending = source.endsWith('.rb') ? source : `${source}.rb`;
    const found = paths.endingWith(ending).filter((path) => {
      const root = path.slice(0, Math.max(0, path.length - ending.length - 1));
      return root === '' || source.includes('/') || loaded.test(root);
    });
    const ofLibraries = found.filter((path) =>
      loaded.test(path.slice(0, Math.max(0, path.length - ending.length - 1))),
    );
    return nearest(from, ofLibraries.length > 0 ? ofLibraries : found);
  }

  return limited((from, { source }) => {
    if (source.startsWith(':')) return there(joinPath(from.replace(/\.rb$/, ''), fileName(source.slice(1))));
    if (!/^\.{1,2}\//.test(source)) return onLoadPath(from, source);
    const beside = there(joinPath(dirname(from), source));
    // `require './x'` is relative to where the program is started.
    return beside.length > 0 ? beside : there(joinPath('', source));
  });
}
