import { limited, nearest } from './candidates.ts';
import type { RepositoryPaths, Resolve } from './imports.ts';
import { basename, dirname } from './paths.ts';

/** Kotlin's classes are imported into Java as its own are. */
const endings = ['.java', '.kt'];

/** Folders that hold packages without being part of their names. */
const roots = new Set(['', 'src', 'java', 'kotlin', 'main', 'test']);

/** Resolves imports of Java: classes and those within classes, and all of a package. */
export function javaResolver(paths: RepositoryPaths): Resolve {
  function classFiles(from: string, source: string): readonly string[] {
    const parts = source.split('.');
    // A class within a class stands in the outer one's file.
    for (let end = parts.length; end > 0 && (end === parts.length || /^[A-Z]/.test(parts[end - 1] ?? '')); end--) {
      const path = parts.slice(0, end).join('/');
      const files = endings.flatMap((ending) => paths.endingWith(path + ending));
      if (files.length > 0) return nearest(from, files);
    }
    return [];
  }

  function packageFiles(from: string, source: string): readonly string[] {
    const path = source.replaceAll('.', '/');
    const folders = paths
      .foldersEndingWith(path)
      .filter((folder) => source.includes('.') || roots.has(basename(dirname(folder))))
      .map((folder) => `${folder}/`);
    return nearest(from, folders).flatMap((folder) =>
      paths.within(folder.slice(0, -1)).filter((file) => endings.some((ending) => file.endsWith(ending))),
    );
  }

  return limited((from, { source, names }) => {
    const files = classFiles(from, source);
    return files.length > 0 || names.length > 0 ? files : packageFiles(from, source);
  });
}
