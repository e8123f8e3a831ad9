import { createResolver } from './imports/dispatch.ts';
import type { ImportStatement, RepositoryPaths, Resolve } from './imports/imports.ts';
import { repositoryPaths } from './imports/repositoryPaths.ts';
import { siblingsOf } from './imports/siblings.ts';
import type { IndexedFile } from './indexedFile.ts';
import { type Language, languageOf } from './languages.ts';

/** A name that a file brings in, and the file that declares it. */
export interface ImportedName {
  readonly name: string;
  readonly local: string;
  readonly slot: number;
}

/** What a file imports from the repository. */
export interface Imports {
  readonly names: readonly ImportedName[];
  /** Files brought in as a whole, with their local name where they have one. */
  readonly wholes: readonly { readonly slot: number; readonly local?: string }[];
}

/** Who imports whom, worked out where it is asked for. */
export interface ImportGraph {
  of(file: IndexedFile): Imports;
  /** What a text at a path would import. */
  ofStatements(path: string, statements: readonly ImportStatement[]): Imports;
  /** Slots of the files that a file at a path sees without importing them. */
  siblings(path: string): readonly number[];
  /** A file was put in or taken out; `structure` says that paths or manifests changed with it. */
  changed(slot: number, structure: boolean): void;
}

/** What the graph reads from the index. */
export interface GraphSource {
  readonly files: readonly (IndexedFile | undefined)[];
  find(path: string): IndexedFile | undefined;
  nameId(name: string): number | undefined;
}

/** Files that pass a name on, followed at the most: barrels seldom lead through more than a few others. */
const longestChase = 60;

/** Creates the import graph of an index. */
export function createImportGraph({ files, find, nameId }: GraphSource): ImportGraph {
  let resolver: ((language: Language) => Resolve) | undefined;
  let paths: RepositoryPaths | undefined;
  let known = new Map<number, Imports>();
  let statements = new Map<number, readonly (ImportStatement & { readonly targets: readonly number[] })[]>();
  let declarers = new Map<string, number>();

  function allPaths(): RepositoryPaths {
    const listed = () => files.flatMap((file) => (file ? [file.path] : [])).sort();
    paths ??= repositoryPaths(listed(), (path) => find(path)?.facts.manifest);
    return paths;
  }

  function resolve(path: string, all: readonly ImportStatement[]) {
    resolver ??= createResolver(allPaths());
    const language = languageOf(path);
    const targetsOf = language ? resolver(language) : () => [];
    return all.map((statement) => ({
      ...statement,
      targets: targetsOf(path, statement).flatMap((target) => find(target)?.slot ?? []),
    }));
  }

  function statementsOf(file: IndexedFile) {
    let own = statements.get(file.slot);
    if (!own) {
      own = resolve(file.path, JSON.parse(file.facts.imports) as ImportStatement[]);
      statements.set(file.slot, own);
    }
    return own;
  }

  /** The file that declares a name, looked for behind re-exports; undefined where none is found. */
  function declarer(name: string, slot: number, seen: Set<number>): number | undefined {
    const file = files[slot];
    if (!file || seen.has(slot) || seen.size > longestChase) return undefined;
    seen.add(slot);
    const id = nameId(name);
    if (id !== undefined && file.facts.defines.includes(id)) return slot;
    for (const { names, reExport, targets } of statementsOf(file)) {
      const passed = names.find(({ local }) => local === name);
      if (!passed && !(reExport && names.length === 0)) continue;
      for (const target of targets) {
        const found = declarer(passed?.name ?? name, target, seen);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  function declarerOf(name: string, targets: readonly number[]): number {
    const key = `${name} ${targets[0]}`;
    let slot = declarers.get(key);
    if (slot === undefined) {
      const seen = new Set<number>();
      slot =
        targets.map((target) => declarer(name, target, seen)).find((each) => each !== undefined) ?? targets[0] ?? -1;
      declarers.set(key, slot);
    }
    return slot;
  }

  function importsOf(own: readonly (ImportStatement & { readonly targets: readonly number[] })[]): Imports {
    const names: ImportedName[] = [];
    const wholes: { slot: number; local?: string }[] = [];
    for (const statement of own) {
      if (statement.targets.length === 0) continue;
      for (const { name, local } of statement.names)
        names.push({ name, local, slot: declarerOf(name, statement.targets) });
      if (statement.names.length === 0)
        for (const slot of statement.targets)
          wholes.push({ slot, ...(statement.whole ? { local: statement.whole } : {}) });
    }
    return { names, wholes };
  }

  return {
    of(file) {
      let imports = known.get(file.slot);
      if (!imports) {
        imports = importsOf(statementsOf(file));
        known.set(file.slot, imports);
      }
      return imports;
    },
    siblings: (path) => siblingsOf(path, allPaths()).flatMap((each) => find(each)?.slot ?? []),
    ofStatements: (path, all) => importsOf(resolve(path, all)),
    changed(slot, structure) {
      // What a name leads to may depend on any file on the way.
      declarers = new Map();
      known = new Map();
      if (structure) {
        resolver = undefined;
        paths = undefined;
        statements = new Map();
      } else {
        statements.delete(slot);
      }
    },
  };
}
