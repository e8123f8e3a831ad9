import { dirname, join } from 'node:path';
import type ts from 'typescript';

/** A project as far as it matters for some files. */
export interface TypescriptProject {
  readonly options: ts.CompilerOptions;
  /** All files that its configuration names. */
  readonly files: readonly string[];
}

/** What VS Code assumes for a file of no project. */
const loose = (library: typeof ts): ts.CompilerOptions => ({
  target: library.ScriptTarget.ES2022,
  module: library.ModuleKind.ESNext,
  moduleResolution: library.ModuleResolutionKind.Bundler,
  jsx: library.JsxEmit.Preserve,
  allowJs: true,
  strict: true,
  allowImportingTsExtensions: true,
});

/** What a check never does, whatever the project says. */
const harmless: ts.CompilerOptions = { noEmit: true, composite: false, incremental: false, skipLibCheck: true };

/** The configuration nearest to a file, not beyond `root`. */
function configFor(library: typeof ts, file: string, root: string): string | undefined {
  for (let folder = dirname(file); folder.startsWith(root); folder = dirname(folder)) {
    const found = ['tsconfig.json', 'jsconfig.json'].map((name) => join(folder, name)).find(library.sys.fileExists);
    if (found || folder === dirname(folder)) return found;
  }
  return undefined;
}

/** The configuration that a file belongs to: that of a nearest one which only refers to others may be one of them. */
export function projectFileFor(library: typeof ts, file: string, root: string): string | undefined {
  const nearest = configFor(library, file, root);
  if (nearest === undefined) return undefined;
  const { fileNames, projectReferences = [] } = parse(library, nearest);
  if (fileNames.includes(file)) return nearest;
  const references = projectReferences.map((reference) => library.resolveProjectReferencePath(reference));
  return (
    references.find((each) => library.sys.fileExists(each) && parse(library, each).fileNames.includes(file)) ?? nearest
  );
}

function parse(library: typeof ts, config: string): ts.ParsedCommandLine {
  const { config: content = {} } = library.readConfigFile(config, library.sys.readFile);
  return library.parseJsonConfigFileContent(content, library.sys, dirname(config), undefined, config);
}

/** Reads a project; the one of files that belong to none where no configuration is given. */
export function readProject(library: typeof ts, config: string | undefined): TypescriptProject {
  if (config === undefined) return { options: { ...loose(library), ...harmless }, files: [] };
  const { options, fileNames } = parse(library, config);
  return { options: { ...options, ...harmless }, files: fileNames };
}
