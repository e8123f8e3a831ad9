import { holds } from './candidates.ts';
import type { RepositoryPaths } from './imports.ts';
import { basename, dirname, joinPath } from './paths.ts';
import { tomlValues } from './toml.ts';

/** A crate of the repository, from its Cargo.toml. */
export interface Crate {
  readonly folder: string;
  /** Name that its library is used by. */
  readonly name: string;
  /** File of the library or, where it has none, of the program. */
  readonly root: string | undefined;
  /** Crates that it uses by other names. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Before 2018, paths began at the crate's root. */
  readonly beginsAtRoot: boolean;
}

const identifier = (name: string): string => name.replaceAll('-', '_');

/** The crates of a repository, those deeper in the tree first. */
export function rustCrates(paths: RepositoryPaths): Crate[] {
  const crates = paths.named('Cargo.toml').flatMap((manifest): Crate[] => {
    const values = tomlValues(paths.manifest(manifest) ?? '');
    const folder = dirname(manifest);
    const name = values.get('lib.name') ?? values.get('package.name');
    if (!name) return [];
    const roots = [values.get('lib.path'), 'src/lib.rs', 'src/main.rs'].filter((path) => path !== undefined);
    const renamed = [...values].flatMap(([key, value]) => {
      const original = /\bpackage\s*=\s*"([^"]+)"/.exec(value)?.[1];
      return original ? [[identifier(key.slice(key.lastIndexOf('.') + 1)), identifier(original)] as const] : [];
    });
    return [
      {
        folder,
        name: identifier(name),
        root: roots.map((path) => joinPath(folder, path)).find((path) => paths.has(path)),
        renamed: new Map(renamed),
        beginsAtRoot: !values.has('package.edition') && !values.has('package.edition.workspace'),
      },
    ];
  });
  return crates.sort((a, b) => b.folder.length - a.folder.length);
}

/** Folders of a crate each of whose files, and each of whose folders with a `main.rs`, is a program of its own. */
const programs = /(?:^|\/)(?:src\/bin|tests|examples|benches)$/;

/** Whether a file is the first of a crate. */
export function isCrateRoot(path: string, crates: readonly Crate[]): boolean {
  return (
    /^(?:lib|main|build)\.rs$/.test(basename(path)) ||
    programs.test(dirname(path)) ||
    crates.some(({ root }) => root === path)
  );
}

/** The file at which the crate of a file begins, as `crate::` means it; and the folder of its modules. */
export function crateOf(
  path: string,
  crates: readonly Crate[],
  paths: RepositoryPaths,
): { readonly folder: string; readonly root?: string } {
  if (isCrateRoot(path, crates)) return { folder: dirname(path), root: path };
  const own = crates.find(({ folder }) => holds(folder, path));
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (programs.test(folder)) return { folder };
    const library = own?.root && dirname(own.root) === folder ? [own.root] : [];
    const root = [...library, joinPath(folder, 'lib.rs'), joinPath(folder, 'main.rs')].find((file) => paths.has(file));
    if (root) return { folder, root };
    if (folder === '' || folder === own?.folder) return { folder: dirname(path) };
  }
}
