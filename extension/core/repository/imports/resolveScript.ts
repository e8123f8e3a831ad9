import type { RepositoryPaths, Resolve } from './imports.ts';
import { parseJsonc } from './jsonc.ts';
import { dirname, joinPath } from './paths.ts';
import { type ScriptPackage, scriptPackages } from './scriptPackages.ts';

const endings = ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.vue', '.svelte', '.json'];

/** Endings of what a compiler writes, and of what it may have been written from. */
const sources: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.d\.[mc]?ts$/, ['.ts', '.tsx']],
  [/\.js$/, ['.ts', '.tsx']],
  [/\.mjs$/, ['.mts', '.ts']],
  [/\.cjs$/, ['.cts', '.ts']],
  [/\.jsx$/, ['.tsx']],
];

/** Folders that compilers write to; what they hold was made from `src`, or from the package's own folder. */
const output = /^(?:lib|libs|dist|out|build|es|esm|cjs|_esm|_cjs|_types|types|output)(?=\/|$)/;
const nestedOutput = /^[^/]+\/(?:esm|cjs|es|src|types|node|browser)(?=\/|$)/;

/** The file that a path without or with an ending means. */
function fileAt(path: string, paths: RepositoryPaths): string | undefined {
  for (const [compiled, from] of sources)
    if (compiled.test(path))
      for (const ending of from) {
        const source = path.replace(compiled, ending);
        if (paths.has(source)) return source;
      }
  if (paths.has(path)) return path;
  for (const ending of endings) if (paths.has(path + ending)) return path + ending;
  for (const ending of endings) if (paths.has(`${path}/index${ending}`)) return `${path}/index${ending}`;
  return undefined;
}

/** The file within a package that a path relative to it means, compiled or not. */
function withinPackage(folder: string, path: string, paths: RepositoryPaths): string | undefined {
  const inner = path.replace(/^\.\//, '');
  const tries = [inner, `src/${inner}`];
  if (output.test(inner)) {
    tries.unshift(...['src', ''].map((folder) => joinPath(folder, inner.replace(output, ''))));
    tries.push(...['src', ''].map((folder) => joinPath(folder, inner.replace(nestedOutput, ''))));
  }
  for (const each of tries) {
    const file = fileAt(joinPath(folder, each), paths);
    if (file) return file;
  }
  return undefined;
}

/** `paths` of a tsconfig: a pattern with at most one `*`, and what stands for it. */
interface Mapping {
  readonly before: string;
  readonly after: string;
  readonly targets: readonly string[];
}

interface Project {
  readonly folder: string;
  readonly baseUrl: string | undefined;
  readonly mappings: readonly Mapping[];
}

function projectAt(path: string, paths: RepositoryPaths, depth = 0): Project | undefined {
  const text = paths.manifest(path);
  const config = text === undefined ? undefined : parseJsonc(text);
  if (!config) return undefined;
  const folder = dirname(path);
  const parents = [config.extends].flat().filter((each): each is string => typeof each === 'string');
  const inherited = parents
    .filter((each) => each.startsWith('.') && depth < 8)
    .map((each) => joinPath(folder, each))
    .map((each) => projectAt(each.endsWith('.json') ? each : `${each}.json`, paths, depth + 1))
    .findLast((each) => each !== undefined);
  const options = (config.compilerOptions ?? {}) as { baseUrl?: unknown; paths?: unknown };
  const baseUrl = typeof options.baseUrl === 'string' ? joinPath(folder, options.baseUrl) : inherited?.baseUrl;
  const own = typeof options.paths === 'object' && options.paths !== null ? Object.entries(options.paths) : undefined;
  const mappings = own?.map(([pattern, targets]) => {
    const [before = '', after = ''] = pattern.split('*');
    const each = Array.isArray(targets) ? targets.filter((target) => typeof target === 'string') : [];
    return { before, after, targets: each.map((target) => joinPath(baseUrl ?? folder, target)) };
  });
  return { folder, baseUrl, mappings: mappings ?? inherited?.mappings ?? [] };
}

function mapped(source: string, { mappings, baseUrl }: Project, paths: RepositoryPaths): string | undefined {
  for (const { before, after, targets } of mappings) {
    if (!source.startsWith(before) || !source.endsWith(after) || source.length < before.length + after.length) continue;
    const middle = source.slice(before.length, source.length - after.length);
    for (const target of targets) {
      const file = fileAt(target.replace('*', middle), paths);
      if (file) return file;
    }
  }
  return baseUrl === undefined ? undefined : fileAt(joinPath(baseUrl, source), paths);
}

function inPackages(
  source: string,
  from: string,
  packages: readonly ScriptPackage[],
  byName: ReadonlyMap<string, ScriptPackage>,
  paths: RepositoryPaths,
): string | undefined {
  if (source.startsWith('#')) {
    const own = packages.find(({ folder }) => folder === '' || from.startsWith(`${folder}/`));
    const target = own?.internal(source);
    return own && target ? withinPackage(own.folder, target, paths) : undefined;
  }
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? '';
  const named = byName.get(name);
  if (!named) return undefined;
  const sub = source.slice(name.length + 1);
  for (const entry of named.entries(sub)) {
    const file = withinPackage(named.folder, entry, paths);
    if (file) return file;
  }
  return undefined;
}

/** Resolves imports of TypeScript and JavaScript: relative ones, `paths`, `baseUrl`, and the repository's own packages. */
export function scriptResolver(paths: RepositoryPaths): Resolve {
  const projects = [...paths.named('tsconfig.json'), ...paths.named('jsconfig.json')]
    .map((path) => projectAt(path, paths))
    .filter((project) => project !== undefined)
    .sort((a, b) => b.folder.length - a.folder.length);
  const packages = scriptPackages(paths);
  const byName = new Map(packages.toReversed().map((each) => [each.name, each]));

  const nearest = new Map<string, Project | undefined>();
  const projectOf = (folder: string): Project | undefined => {
    if (!nearest.has(folder)) {
      const contains = ({ folder: own }: Project) => own === '' || folder === own || folder.startsWith(`${own}/`);
      nearest.set(folder, projects.find(contains));
    }
    return nearest.get(folder);
  };

  return (from, { source }) => {
    if (/^\.{1,2}(?:\/|$)/.test(source)) {
      const file = fileAt(joinPath(dirname(from), source), paths);
      return file ? [file] : [];
    }
    if (source.startsWith('/') || source.includes(':')) return [];
    const project = projectOf(dirname(from));
    const file = (project && mapped(source, project, paths)) ?? inPackages(source, from, packages, byName, paths);
    return file ? [file] : [];
  };
}
