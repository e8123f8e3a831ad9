/** One import statement, as it stands in a file. */
export interface ImportStatement {
  /** What it names: a relative or package path, a dotted module, a header ... */
  readonly source: string;
  /** Names that it brings in, with the local name where it differs; empty where it brings in all, or nothing by name. */
  readonly names: readonly { readonly name: string; readonly local: string }[];
  /** Local name of the whole module (`import * as x`, `import a.b as x`, Go's package name), if it has one. */
  readonly whole?: string;
  /** Set where the file passes on what it imports (`export … from`). */
  readonly reExport?: true;
  /** 1-based line. */
  readonly line: number;
  /** 1-based line that it ends on, where that is another. */
  readonly lastLine?: number;
}

/** Files of a repository, as resolvers see them. */
export interface RepositoryPaths {
  /** All paths, relative to the root, with `/`. */
  has(path: string): boolean;
  /** The paths directly within a folder ('' is the root). */
  within(folder: string): readonly string[];
  /** Paths that end with `/${ending}` or are it. */
  endingWith(ending: string): readonly string[];
  /** Folders with files directly within them that end with `/${ending}` or are it. */
  foldersEndingWith(ending: string): readonly string[];
  /** The text of a manifest, if there is one. Resolvers ask for it when they are created, not later. */
  manifest(path: string): string | undefined;
  /** Paths of all files with this base name (go.mod, package.json, composer.json, ...). */
  named(baseName: string): readonly string[];
}

/** Finds the files of the repository that an import may mean, most likely first, at most eight; none for what lies outside the repository. */
export type Resolve = (from: string, statement: ImportStatement) => readonly string[];
