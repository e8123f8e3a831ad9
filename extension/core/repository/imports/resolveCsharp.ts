import { limited, nearest } from './candidates.ts';
import type { RepositoryPaths, Resolve } from './imports.ts';
import { dirname, joinPath } from './paths.ts';

const isCsharp = (path: string): boolean => path.endsWith('.cs');

/** How many of a namespace's last parts a folder ends with. `src/Shop.Core/Tax` has the parts of `Shop.Core.Tax`. */
function partsInCommon(folder: string, namespace: readonly string[]): number {
  const parts = folder.split(/[/.]/);
  let count = 0;
  while (count < Math.min(parts.length, namespace.length) && parts.at(-1 - count) === namespace.at(-1 - count)) count++;
  return count;
}

/**
 * Resolves `using` by the convention that namespaces follow folders: from a project of the namespace's name down, or
 * else to the folders that end with most of it.
 */
export function csharpResolver(paths: RepositoryPaths): Resolve {
  const holdsSources = (folder: string): boolean => paths.within(folder).some(isCsharp);

  function foldersOfProjects(namespace: readonly string[]): string[] {
    for (let end = namespace.length; end > 0; end--) {
      const folders = paths
        .named(`${namespace.slice(0, end).join('.')}.csproj`)
        .map((project) => joinPath(dirname(project), namespace.slice(end).join('/')))
        .filter(holdsSources);
      if (folders.length > 0) return folders;
    }
    return [];
  }

  function foldersLike(from: string, namespace: readonly string[]): string[] {
    const [first = ''] = namespace;
    const isForeign = first === 'System' || first === 'Microsoft';
    const isOwn = !isForeign && from.split(/[/.]/).includes(first);
    let folders: string[] = [];
    let best = isForeign ? Math.max(2, namespace.length) : isOwn ? 1 : Math.min(2, namespace.length);
    for (const at of namespace.keys())
      for (const folder of paths.foldersEndingWith(namespace.slice(at).join('.'))) {
        const common = partsInCommon(folder, namespace);
        if (common < best || !holdsSources(folder)) continue;
        if (common > best) folders = [];
        best = common;
        folders.push(folder);
      }
    return folders;
  }

  function foldersOf(from: string, namespace: readonly string[]): string[] {
    const projects = foldersOfProjects(namespace);
    const folders = projects.length > 0 ? projects : foldersLike(from, namespace);
    return nearest(
      from,
      folders.map((folder) => `${folder}/`),
    ).map((folder) => folder.slice(0, -1));
  }

  const filesIn = (folders: readonly string[]): string[] =>
    folders.flatMap((folder) => paths.within(folder).filter(isCsharp));

  return limited((from, { source, names }) => {
    const parts = source.split('.');
    const files = names.length > 0 ? [] : filesIn(foldersOf(from, parts));
    if (files.length > 0) return files;
    // A type: the alias of one, or one whose static members are used.
    const folders = parts.length > 1 ? foldersOf(from, parts.slice(0, -1)) : [];
    const own = folders.map((folder) => joinPath(folder, `${parts.at(-1)}.cs`)).filter((path) => paths.has(path));
    return own.length > 0 ? own : filesIn(folders);
  });
}
