import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import treeSitter, { type Node, type Parser, type Query } from '@vscode/tree-sitter-wasm';
import type { OutlineParser } from '../core/ports.ts';
import type { Language } from '../core/repository/languages.ts';
import type { Outline } from '../core/repository/outline.ts';
import { outlineRules } from './outlineQueries.ts';
import { outlineOf } from './outlines/outlineOf.ts';

/** A parser that holds memory of its own. */
export interface TreeSitter extends OutlineParser {
  /** What stands at an offset; undefined where the text cannot be parsed. Never rejects. */
  surroundings(language: Language, text: string, offset: number): Promise<'code' | 'comment' | 'string' | undefined>;
  /** 1-based lines at which a text does not parse, the first few; undefined where it cannot be parsed. Never rejects. */
  faults(language: Language, text: string): Promise<readonly number[] | undefined>;
  /** Frees the parsers; what is asked afterwards is undefined. */
  dispose(): void;
}

/** Milliseconds after which a file is given up; 1 MB of ordinary source takes a fifth of it. */
const patience = 2_000;

/** A grammar's parser, and the query that finds its declarations. */
interface Grammar {
  readonly parser: Parser;
  readonly query: Query;
}

/** The runtime, which the package keeps one of in a process: two that start together would undo each other. */
let runtime: Promise<void> | undefined;

/** What the innermost telling node around a place is. A cursor at the end of a token is still in it. */
function kindAt(root: Node, offset: number): 'code' | 'comment' | 'string' {
  let node: Node | null = root.descendantForIndex(Math.max(0, offset - 1), offset);
  for (; node; node = node.parent) {
    const { type, endIndex, startIndex } = node;
    if (/comment/.test(type) && node.isNamed) return 'comment';
    // Code within a template string.
    if (/substitution|interpolation|expansion/.test(type)) return 'code';
    const isInside = startIndex < offset && offset < endIndex;
    if (
      isInside &&
      /^(?:string|template_string|raw_string|heredoc|char|interpreted_string|encapsed)/.test(type) &&
      node.isNamed
    )
      return 'string';
  }
  return 'code';
}

/** Faults that are told: after the first, most are its consequences. */
const mostFaults = 20;

/** Lines of what the parser had to pass over or to make up, in their order. */
function faultsOf(root: Node): number[] {
  const lines = new Set<number>();
  const open: Node[] = [root];
  for (let node = open.pop(); node && lines.size < mostFaults; node = open.pop()) {
    if (node.isError || node.isMissing) lines.add(node.startPosition.row + 1);
    else if (node.hasError) open.push(...node.children.filter((child) => child !== null).reverse());
  }
  return [...lines];
}

/**
 * Creates the parser. `folder` holds `tree-sitter.wasm` and the grammars, which load at their language's first file.
 * Parsing is synchronous: 6 MB of TypeScript a second.
 */
export function createTreeSitter(folder: string): TreeSitter {
  const grammars = new Map<Language, Promise<Grammar>>();
  let disposed = false;

  async function load(language: Language): Promise<Grammar> {
    runtime ??= treeSitter.Parser.init({ locateFile: (file) => join(folder, file) });
    await runtime.catch((error: unknown) => {
      runtime = undefined;
      throw error;
    });
    const { grammar, query } = outlineRules[language];
    const loaded = await treeSitter.Language.load(await readFile(join(folder, `tree-sitter-${grammar}.wasm`)));
    return { parser: new treeSitter.Parser().setLanguage(loaded), query: new treeSitter.Query(loaded, query) };
  }

  function grammarOf(language: Language): Promise<Grammar> {
    const known = grammars.get(language) ?? load(language);
    grammars.set(language, known);
    return known;
  }

  function read({ parser, query }: Grammar, language: Language, text: string): Outline | undefined {
    const deadline = performance.now() + patience;
    const expired = (): boolean => performance.now() > deadline;
    const tree = parser.parse(text, null, { progressCallback: expired });
    // A parse that was cut short would otherwise be taken up again with the next file's text.
    if (!tree) return void parser.reset();
    try {
      const outline = outlineOf(tree.rootNode, text, query, outlineRules[language], expired);
      return expired() ? undefined : outline;
    } finally {
      tree.delete();
    }
  }

  /** Parses a text for one look at its tree; undefined where that cannot be done. */
  async function look<T>(language: Language, text: string, at: (root: Node) => T): Promise<T | undefined> {
    try {
      const { parser } = await grammarOf(language);
      if (disposed) return undefined;
      const deadline = performance.now() + patience;
      const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
      if (!tree) return void parser.reset();
      try {
        return at(tree.rootNode);
      } finally {
        tree.delete();
      }
    } catch {
      return undefined;
    }
  }

  return {
    surroundings: (language, text, offset) => look(language, text, (root) => kindAt(root, offset)),
    faults: (language, text) => look(language, text, faultsOf),
    async outline(language, text) {
      if (disposed) return undefined;
      try {
        const grammar = await grammarOf(language);
        return disposed ? undefined : read(grammar, language, text);
      } catch {
        return undefined;
      }
    },
    dispose() {
      disposed = true;
      for (const loading of grammars.values()) {
        loading.then(
          ({ parser, query }) => {
            parser.delete();
            query.delete();
          },
          // What never loaded holds nothing.
          () => undefined,
        );
      }
      grammars.clear();
    },
  };
}
