import { basename, dirname } from 'node:path';
import type ts from 'typescript';
import type { CheckedFile, LanguageCheck, Problem } from '../../core/conversation/edits/languageCheck.ts';
import { projectFileFor, readProject, type TypescriptProject } from './typescriptProject.ts';

/** Files of a project that are looked through for imports, and those that import a changed one, at the most. */
const mostSearched = 3_000;
const mostImporters = 40;

const isCode = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);

type Texts = ReadonlyMap<string, string | null>;

/** A language service whose files can be switched between what they are and what they are to be. */
function serviceOn(library: typeof ts, { options, files }: TypescriptProject, roots: readonly string[], root: string) {
  const { sys } = library;
  const declarations = files.filter((file) => /\.d\.[cm]?ts$/.test(file));
  const known = new Map<string, { readonly text: string; readonly version: string }>();
  let texts: Texts = new Map();
  let names: readonly string[] = [];
  let version = 0;
  /** Counts the switches: the same text may stand for another file's sake. */
  let stamp = 0;

  /** The text of a file now, and a version that is another for another text. */
  function current(path: string) {
    const own = texts.get(path);
    if (own === null) return undefined;
    const text = own ?? known.get(path)?.text ?? sys.readFile(path);
    if (text === undefined) return undefined;
    const last = known.get(path);
    if (last?.text === text) return last;
    const next = { text, version: String(++version) };
    if (own === undefined) known.set(path, next);
    return next;
  }
  const fileExists = (path: string): boolean => (texts.has(path) ? texts.get(path) !== null : sys.fileExists(path));
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => names.filter(fileExists),
    getScriptVersion: (path) => `${texts.has(path) ? stamp : ''} ${current(path)?.version ?? ''}`,
    getScriptSnapshot(path) {
      const found = current(path);
      return found && library.ScriptSnapshot.fromString(found.text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: library.getDefaultLibFilePath,
    fileExists,
    readFile: (path) => current(path)?.text,
    directoryExists: (path) =>
      sys.directoryExists(path) || [...texts].some(([file, text]) => text !== null && file.startsWith(`${path}/`)),
    getDirectories: sys.getDirectories,
    readDirectory: sys.readDirectory,
    ...(sys.realpath ? { realpath: sys.realpath } : {}),
    useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
  };
  const service = library.createLanguageService(host);

  return {
    /** Has the files be what these texts say. */
    be(next: Texts): void {
      texts = next;
      stamp++;
      names = [...new Set([...declarations, ...roots, ...next.keys()])];
    },
    problems(path: string): Problem[] {
      if (!fileExists(path)) return [];
      const found = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)];
      return found
        .filter(({ category }) => category === library.DiagnosticCategory.Error)
        .map(({ messageText, file, start = 0 }) => ({
          line: (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1,
          message: library.flattenDiagnosticMessageText(messageText, ' '),
        }));
    },
    dispose: () => service.dispose(),
  };
}

/** The name by which others import a file. */
const importedAs = (path: string): string => {
  const name = basename(path).replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
  return name === 'index' ? basename(dirname(path)) : name;
};

/** The files of a project that import one of some others, each with the one. Names decide: what is no import finds no problem. */
function importersOf(library: typeof ts, project: TypescriptProject, changed: readonly string[]): [string, string][] {
  const patterns = changed.map((path) => {
    const name = importedAs(path).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return [path, new RegExp(`["'](?:[^"'\\n]*/)?${name}(?:\\.[cm]?[jt]sx?)?["']`)] as const;
  });
  const importers: [string, string][] = [];
  for (const file of project.files.slice(0, mostSearched)) {
    if (changed.includes(file) || !isCode(file) || file.endsWith('.d.ts')) continue;
    const text = library.sys.readFile(file) ?? '';
    const found = patterns.find(([, pattern]) => pattern.test(text));
    if (found) importers.push([file, found[0]]);
    if (importers.length === mostImporters) break;
  }
  return importers;
}

/** Compares what TypeScript finds wrong in files, and in those that import them, before and after a change; nothing is written. */
export function checkTypescript(library: typeof ts, request: LanguageCheck): CheckedFile[] {
  const { root, unsaved, proposed } = request;
  const changed = Object.keys(proposed).filter(isCode);
  const before = new Map<string, string | null>(Object.entries(unsaved));
  for (const path of changed) {
    // A file that is made is not there before.
    if (!before.has(path) && !library.sys.fileExists(path)) before.set(path, null);
  }
  const after = new Map<string, string | null>([...before, ...Object.entries(proposed)]);
  const byProject = Map.groupBy(changed, (path) => projectFileFor(library, path, root));
  return [...byProject].flatMap(([config, paths]) => {
    const project = readProject(library, config);
    const importers = importersOf(library, project, paths);
    const checked = [...paths.map((path) => [path, path] as const), ...importers];
    const service = serviceOn(
      library,
      project,
      checked.map(([path]) => path),
      root,
    );
    service.be(before);
    const old = checked.map(([path]) => service.problems(path));
    service.be(after);
    const found = checked.map(([path, because], at) => ({
      path,
      because,
      before: old[at] ?? [],
      after: service.problems(path),
    }));
    service.dispose();
    return found;
  });
}
