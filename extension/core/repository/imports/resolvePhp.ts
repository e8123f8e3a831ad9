import { byNearness, holds, limited, nearest } from './candidates.ts';
import type { RepositoryPaths, Resolve } from './imports.ts';
import { parseJsonc } from './jsonc.ts';
import { dirname, joinPath } from './paths.ts';

/** What a composer.json says about a namespace. */
interface Mapping {
  readonly prefix: string;
  readonly folder: string;
  /** PSR-0 keeps the prefix in the path. */
  readonly keepsPrefix: boolean;
  /** Files that are always loaded: they declare functions. */
  readonly functions: readonly string[];
}

const strings = (value: unknown): string[] => [value].flat().filter((each): each is string => typeof each === 'string');

const entries = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

function mappingsOf(path: string, text: string): Mapping[] {
  const composer = parseJsonc(text) ?? {};
  const home = dirname(path);
  return [composer.autoload, composer['autoload-dev']].flatMap((autoload) => {
    const sections = new Map(entries(autoload));
    const functions = strings(sections.get('files')).map((file) => joinPath(home, file));
    return ['psr-4', 'psr-0'].flatMap((kind) =>
      entries(sections.get(kind)).flatMap(([prefix, folders]) =>
        strings(folders).map((folder) => ({
          prefix: prefix.replace(/^\\/, ''),
          folder: joinPath(home, folder),
          keepsPrefix: kind === 'psr-0',
          functions,
        })),
      ),
    );
  });
}

/** Resolves PHP's `use` by the namespaces of every composer.json, and `require` by path. */
export function phpResolver(paths: RepositoryPaths): Resolve {
  const mappings = paths
    .named('composer.json')
    .flatMap((path) => mappingsOf(path, paths.manifest(path) ?? ''))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const there = (files: readonly string[]): readonly string[] => files.filter((file) => paths.has(file));

  function byMappings(from: string, name: string): readonly string[] {
    const own = mappings.filter(({ prefix }) => name.startsWith(prefix));
    const files = own.map(({ prefix, folder, keepsPrefix }) => {
      const inner = keepsPrefix ? name.replace(/_(?=[^\\]*$)/g, '\\') : name.slice(prefix.length);
      return joinPath(folder, `${inner.replaceAll('\\', '/')}.php`);
    });
    const found = nearest(from, there(files));
    const isFunction = /^(?:.*\\)?[a-z_]\w*$/.test(name);
    return found.length > 0 || !isFunction
      ? found
      : there(own.flatMap(({ prefix, functions }) => (prefix === '' ? [] : functions)));
  }

  /** Without mappings, paths are taken to follow namespaces, or all of these but a beginning of their own. */
  function byPath(from: string, name: string): readonly string[] {
    const path = `${name.replaceAll('\\', '/')}.php`;
    const whole = paths.endingWith(path);
    const inner = path.slice(path.indexOf('/') + 1);
    return nearest(from, whole.length > 0 || !inner.includes('/') ? whole : paths.endingWith(inner));
  }

  function ofNamespace(from: string, name: string): readonly string[] {
    const beside = there([joinPath(dirname(from), `${name.replaceAll('\\', '/')}.php`)]);
    if (!name.includes('\\')) return beside;
    const found = mappings.length > 0 ? byMappings(from, name) : byPath(from, name);
    return found.length > 0 ? found : beside;
  }

  function ofPath(from: string, source: string): readonly string[] {
    const beside = there([joinPath(dirname(from), source)]);
    if (beside.length > 0 || /^\.{1,2}\//.test(source)) return beside;
    const path = joinPath('', source).replace(/^(?:\.\.\/)+/, '');
    const found = paths.endingWith(path).filter((each) => path.includes('/') || holds(dirname(each), from));
    return byNearness(from, found).slice(0, 1);
  }

  return limited((from, { source, names }) => (names.length > 0 ? ofNamespace(from, source) : ofPath(from, source)));
}
