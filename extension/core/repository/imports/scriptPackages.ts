import type { RepositoryPaths } from './imports.ts';
import { parseJsonc } from './jsonc.ts';
import { dirname } from './paths.ts';

/** A package of the repository, from its package.json. */
export interface ScriptPackage {
  readonly name: string;
  readonly folder: string;
  /** Paths within the package that importing `name/sub` may mean, most likely first; `sub` is '' for the package itself. */
  entries(sub: string): readonly string[];
  /** What `imports` says that a name beginning with `#` means. */
  internal(name: string): string | undefined;
}

/** All paths that an entry of `exports` or `imports` leads to, whatever the conditions, sources first. */
function targets(entry: unknown, depth = 0): string[] {
  if (typeof entry === 'string') return [entry];
  if (typeof entry !== 'object' || entry === null || depth > 6) return [];
  const source = Object.entries(entry).sort(([a], [b]) => Number(b === 'source') - Number(a === 'source'));
  return source.flatMap(([, each]) => targets(each, depth + 1));
}

/** Looks a name up in `exports` or `imports`, patterns with `*` included. */
function lookUp(map: unknown, name: string): string[] {
  if (typeof map !== 'object' || map === null) return name === '.' ? targets(map) : [];
  const entries = Object.entries(map);
  if (name === '.' && !entries.some(([key]) => key.startsWith('.') || key.startsWith('#'))) return targets(map);
  return entries.flatMap(([key, entry]) => {
    const [before = '', after] = key.split('*');
    if (after === undefined) return key === name ? targets(entry) : [];
    if (!name.startsWith(before) || !name.endsWith(after) || name.length < before.length + after.length) return [];
    const middle = name.slice(before.length, name.length - after.length);
    return targets(entry).map((target) => target.replaceAll('*', middle));
  });
}

/** The repository's packages, those deeper in the tree first. */
export function scriptPackages(paths: RepositoryPaths): ScriptPackage[] {
  const packages: ScriptPackage[] = [];
  for (const path of paths.named('package.json')) {
    const text = paths.manifest(path);
    const manifest = text === undefined ? undefined : parseJsonc(text);
    if (!manifest) continue;
    const { name, exports, imports } = manifest;
    const main = ['source', 'types', 'typings', 'module', 'main']
      .map((key) => manifest[key])
      .filter((each): each is string => typeof each === 'string');
    packages.push({
      name: typeof name === 'string' ? name : '',
      folder: dirname(path),
      entries: (sub) =>
        sub === ''
          ? [...lookUp(exports, '.'), ...main, 'src', 'index', 'src/main']
          : [...lookUp(exports, `./${sub}`), sub],
      internal: (internal) => lookUp(imports, internal)[0],
    });
  }
  return packages.sort((a, b) => b.folder.length - a.folder.length);
}
