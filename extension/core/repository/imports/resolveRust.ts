import { holds, limited } from './candidates.ts';
import type { RepositoryPaths, Resolve } from './imports.ts';
import { basename, dirname, joinPath } from './paths.ts';
import { crateOf, isCrateRoot, rustCrates } from './rustCrates.ts';

/** A module: the folder of the modules within it, and its file where it has one. */
interface Module {
  readonly folder: string;
  readonly file: string | undefined;
}

/** Resolves `use` and `mod` of Rust along the tree of modules; other crates of the repository by their names. */
export function rustResolver(paths: RepositoryPaths): Resolve {
  const crates = rustCrates(paths);
  const firstThere = (...files: string[]): string | undefined => files.find((file) => paths.has(file));

  const moduleOf = (file: string): Module => ({
    folder: isCrateRoot(file, crates) || basename(file) === 'mod.rs' ? dirname(file) : file.replace(/\.rs$/, ''),
    file,
  });

  const child = ({ folder }: Module, name: string): Module | undefined => {
    const path = joinPath(folder, name);
    const file = firstThere(`${path}.rs`, `${path}/mod.rs`);
    return file === undefined ? undefined : { folder: path, file };
  };

  function parent({ folder }: Module): Module {
    const above = dirname(folder);
    const file = firstThere(
      `${above}.rs`,
      joinPath(above, 'mod.rs'),
      joinPath(above, 'lib.rs'),
      joinPath(above, 'main.rs'),
    );
    return { folder: above, file };
  }

  /** Where a path begins, and what is left of it. */
  function begin(from: string, path: readonly string[]): { start: Module; rest: readonly string[] } | undefined {
    const [first = ''] = path;
    const own = moduleOf(from);
    const { folder, root } = crateOf(from, crates, paths);
    if (first === 'crate') return { start: { folder, file: root }, rest: path.slice(1) };
    if (first === 'self') return { start: own, rest: path.slice(1) };
    if (first === 'super') {
      const levels = path.findIndex((part) => part !== 'super');
      let start = own;
      for (let level = 0; level < (levels < 0 ? path.length : levels); level++) start = parent(start);
      return { start, rest: levels < 0 ? [] : path.slice(levels) };
    }
    const crate = crates.find((each) => holds(each.folder, from));
    const name = crate?.renamed.get(first) ?? first;
    const other = crates.find((each) => each.name === name && each.root);
    if (other?.root) return { start: { folder: dirname(other.root), file: other.root }, rest: path.slice(1) };
    if (child(own, first)) return { start: own, rest: path };
    const top = { folder, file: root };
    return crate?.beginsAtRoot !== false && child(top, first) ? { start: top, rest: path } : undefined;
  }

  return limited((from, { source, names }) => {
    if (source.endsWith('.rs')) return [joinPath(dirname(from), source)].filter((path) => paths.has(path));
    const path = source.split('::').filter(Boolean);
    const began = begin(from, path);
    if (!began) return [];
    let module = began.start;
    let left = 0;
    for (const part of began.rest) {
      const next: Module | undefined = left > 0 ? undefined : child(module, part);
      if (next) module = next;
      else left++;
    }
    const inner = left > 0 ? [] : names.flatMap(({ name }) => child(module, name)?.file ?? []);
    return [...inner, ...(module.file ? [module.file] : [])];
  });
}
