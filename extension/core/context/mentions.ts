import type { IndexedFile } from '../repository/indexedFile.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';

/** A file that a question names, and the lines that it names in it. */
export interface Mention {
  readonly file: IndexedFile;
  /** 1-based; empty where only the file is named. */
  readonly lines: readonly number[];
}

/** A path with an ending, and what may follow it: `:12`, `:12:3`, `(12,3)`, `", line 12`, `#L12`. */
const places = /((?:[\w.@+-]+[\\/])*[\w@+-]+(?:\.[\w+-]+)+)(?:(?::|\(|#L|", line )(\d{1,7}))?/g;

/** Names that are written like names: with a hump, an underscore, a dot, or in backquotes. */
const symbols =
  /`([A-Za-z_$][\w$.]*)(?:\(\))?`|\b([A-Za-z_$]*[a-z0-9][A-Z][\w$]*|[A-Za-z]+_[\w$]+|[A-Z][a-z]+[A-Z]\w*)\b/g;

/** Lines of its folders that a path must share with a file to mean it, where several files have the name. */
const ambiguous = 4;

/** The files that a question names by path, as a person or a stack trace would. */
export function mentionedFiles(index: RepositoryIndex, question: string): Mention[] {
  const byName = new Map<string, IndexedFile[]>();
  const mentions = new Map<string, { file: IndexedFile; lines: number[] }>();
  for (const [, path = '', line] of question.matchAll(places)) {
    if (byName.size === 0)
      for (const file of index.files) {
        if (!file) continue;
        const name = file.path.slice(file.path.lastIndexOf('/') + 1);
        byName.set(name, [...(byName.get(name) ?? []), file]);
      }
    const parts = path.replaceAll('\\', '/').split('/');
    let found = byName.get(parts.at(-1) ?? '') ?? [];
    // The longest end of the path that a file has: stack traces name folders of other machines.
    for (let from = 0; from < parts.length - 1; from++) {
      const ending = parts.slice(from).join('/');
      const exact = found.filter((file) => file.path === ending || file.path.endsWith(`/${ending}`));
      if (exact.length > 0) {
        found = exact;
        break;
      }
    }
    if (found.length > ambiguous) continue;
    for (const file of found) {
      const mention = mentions.get(file.path) ?? { file, lines: [] };
      if (line) mention.lines.push(Number(line));
      mentions.set(file.path, mention);
    }
  }
  return [...mentions.values()];
}

/** The names of things in a question that look like code, each once. */
export function mentionedSymbols(question: string): string[] {
  const found = new Set<string>();
  for (const [, quoted, plain] of question.matchAll(symbols))
    for (const name of (quoted ?? plain ?? '').split('.')) if (name.length > 2) found.add(name);
  return [...found];
}
