import { holds, limited, nearest } from './candidates.ts';
import type { RepositoryPaths, Resolve } from './imports.ts';
import { goPackageName } from './importsOfGo.ts';
import { basename, dirname, joinPath } from './paths.ts';

/** A folder that an import path stands for, and in which folder it does. */
interface GoModule {
  readonly path: string;
  readonly folder: string;
  readonly within: string;
}

const replacement =
  /^[ \t]*(?:replace[ \t]+)?"?([^\s"=()]+)"?(?:[ \t]+v\S+)?[ \t]*=>[ \t]*"?(\.{1,2}(?:\/[^\s"]*)?)"?/gm;

/** The module that a go.mod declares, and those that it replaces with folders. */
function modulesOf(manifest: string, text: string): GoModule[] {
  const folder = dirname(manifest);
  const own = /^[ \t]*module[ \t]+"?([^\s"]+)/m.exec(text)?.[1];
  const replaced = [...text.matchAll(replacement)].map(([, path = '', target = '']) => ({
    path,
    folder: joinPath(folder, target),
    within: folder,
  }));
  return own ? [...replaced, { path: own, folder, within: '' }] : replaced;
}

/** Files of a package in the order in which they are likely to matter. */
function filesOf(folder: string, path: string, paths: RepositoryPaths): string[] {
  const name = goPackageName(path);
  const rank = (file: string): number => {
    const base = basename(file);
    if (base === `${name}.go`) return 0;
    return base === 'doc.go' || /_(?:windows|darwin|linux|js|wasm|plan9|freebsd)(?:_\w+)?\.go$/.test(base) ? 2 : 1;
  };
  return paths
    .within(folder)
    .filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'))
    .sort((a, b) => rank(a) - rank(b));
}

/** Resolves imports of Go to the files of the package: of any module in the repository, and of replaced ones. */
export function goResolver(paths: RepositoryPaths): Resolve {
  const modules = paths
    .named('go.mod')
    .flatMap((manifest) => modulesOf(manifest, paths.manifest(manifest) ?? ''))
    .sort((a, b) => b.path.length - a.path.length);

  function ofModules(from: string, path: string): string[] {
    for (const module of modules) {
      if (!holds(module.within, from)) continue;
      if (path !== module.path && !path.startsWith(`${module.path}/`)) continue;
      const same = modules.filter((each) => each.path === module.path && holds(each.within, from));
      const folders = nearest(
        from,
        same.map((each) => `${joinPath(each.folder, path.slice(module.path.length))}/`),
      );
      const files = folders.flatMap((folder) => filesOf(joinPath('', folder), path, paths));
      if (files.length > 0) return files;
    }
    return [];
  }

  /** Without modules a repository is a place under host, owner and name. */
  function ofPlace(path: string): string[] {
    const parts = path.split('/');
    if (!parts[0]?.includes('.')) return [];
    for (let at = 1; at <= Math.min(3, parts.length); at++) {
      const files = filesOf(parts.slice(at).join('/'), path, paths);
      if (files.length > 0) return files;
    }
    return [];
  }

  return limited((from, { source }) => {
    if (/^\.{1,2}\//.test(source)) return filesOf(joinPath(dirname(from), source), source, paths);
    return modules.length > 0 ? ofModules(from, source) : ofPlace(source);
  });
}
