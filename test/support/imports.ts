import { createResolver, importsOf } from '../../extension/core/repository/imports/dispatch.ts';
import { repositoryPaths } from '../../extension/core/repository/imports/repositoryPaths.ts';
import { type Language, languageOf } from '../../extension/core/repository/languages.ts';

/** A text's imports, one line each: line, source, `{names}` and `as whole`. */
export function importLines(language: Language, text: string): string[] {
  return importsOf(language, text).map(({ line, lastLine, source, names, whole, reExport }) => {
    const listed = names.map(({ name, local }) => (name === local ? name : `${name} as ${local}`)).join(', ');
    const lines = lastLine === undefined ? `${line}` : `${line}-${lastLine}`;
    return `${lines} ${source}${listed && ` {${listed}}`}${whole ? ` as ${whole}` : ''}${reExport ? ' again' : ''}`;
  });
}

/** A repository of paths and manifests that tells which files a text at a path would import, one list a statement. */
export function importing(
  paths: readonly string[],
  manifests: Readonly<Record<string, string>> = {},
): (from: string, text: string) => (readonly string[])[] {
  const resolver = createResolver(repositoryPaths([...paths, ...Object.keys(manifests)], (path) => manifests[path]));
  return (from, text) => {
    const language = languageOf(from);
    if (!language) throw new Error(`no language for ${from}`);
    return importsOf(language, text).map((statement) => resolver(language)(from, statement));
  };
}
