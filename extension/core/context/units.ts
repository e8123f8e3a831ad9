import { LRUCache } from 'lru-cache';
import type { IndexedFile } from '../repository/indexedFile.ts';
import { languageOf } from '../repository/languages.ts';
import type { Declaration, Outline } from '../repository/outline.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import { splitLines } from './section.ts';

/** A declaration and what of it is its own: the smallest thing that a pack lets in. */
export interface Unit {
  readonly declaration: Declaration;
  /** Position in its file's units, and of its parent, or -1. */
  readonly at: number;
  readonly parent: number;
  /** The outermost declaration around it, or undefined where it is outermost itself. */
  readonly root: Declaration | undefined;
  /** Lines of its head that are not its members', 1-based. */
  readonly lines: readonly number[];
  /** Characters of these lines. */
  readonly characters: number;
  /** Names in its head that begin with a capital letter: the types that it leads to. */
  readonly types: readonly string[];
  readonly isPrivate: boolean;
}

/** A file's units. */
export interface FileUnits {
  readonly units: readonly Unit[];
  readonly lineCount: number;
}

/** Reads the units of files, and remembers those of the last few thousand. */
export interface UnitReader {
  read(file: IndexedFile): Promise<FileUnits>;
}

/** Lines of a head, at the most: what follows in a longer one is a table or a long type. */
const longestHead = 12;

const remembered = 3_000;

function rootOf(outline: Outline, declaration: Declaration): Declaration | undefined {
  let root: Declaration | undefined;
  for (let at = declaration.parent; at >= 0; at = root?.parent ?? -1) {
    const above = outline[at];
    // A parent stands before its members; anything else is a broken outline.
    if (!above || above === root) break;
    root = above;
  }
  return root;
}

function unitsOf(text: string, outline: Outline): FileUnits {
  const lines = splitLines(text);
  // The declaration that each line of a head belongs to: the innermost, which comes last.
  const owner = new Int32Array(lines.length + 1).fill(-1);
  outline.forEach(({ startLine, headEnd }, at) => {
    const end = Math.min(headEnd, startLine + longestHead - 1, lines.length);
    for (let line = startLine; line <= end; line++) owner[line] = at;
  });
  outline.forEach(({ nameLine }, at) => {
    // A name's own line is always the declaration's, though several may share it.
    if (owner[nameLine] === -1) owner[nameLine] = at;
  });
  const ownLines: number[][] = outline.map(() => []);
  for (let line = 1; line <= lines.length; line++) ownLines[owner[line] ?? -1]?.push(line);
  const units = outline.map((declaration, at): Unit => {
    const own = ownLines[at] ?? [];
    // One that shares its line with another brings that line as well.
    const shown = own.length > 0 ? own : [declaration.nameLine];
    const head = shown.map((line) => lines[line - 1] ?? '').join('\n');
    return {
      declaration,
      at,
      parent: declaration.parent,
      root: rootOf(outline, declaration),
      lines: shown,
      characters: head.length,
      types: [...new Set(head.match(/\b[A-Z][\w$]*/g))],
      isPrivate: /\bprivate\b|(^|\s)#/.test(head) || /^(#|_[^_]|__\w+(?<!__)$)/.test(declaration.name),
    };
  });
  return { units, lineCount: lines.length };
}

/** Creates a reader on an index. */
export function createUnitReader(index: RepositoryIndex): UnitReader {
  // Promises, so that what is asked for twice at once is parsed once.
  const known = new LRUCache<string, Promise<FileUnits>>({ max: remembered });

  async function make(file: IndexedFile): Promise<FileUnits> {
    const text = (await index.text(file)) ?? '';
    return unitsOf(text, await index.outline(file));
  }

  return {
    read(file) {
      const key = `${languageOf(file.path) ?? ''} ${file.hash}`;
      let units = known.get(key);
      if (!units) {
        units = make(file);
        known.set(key, units);
        units.catch(() => known.delete(key));
      }
      return units;
    },
  };
}
