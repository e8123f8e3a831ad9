import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Node } from '@vscode/tree-sitter-wasm';
import { walkFiles } from '../../extension/node/walkFiles.ts';
import { cached } from '../support/cacheFolder.ts';
import { type Case, type Gold, sample, seededRandom, without } from './cases.ts';
import { type Place, type Pyright, pyrightVersion, startPyright } from './pyright.ts';
import { createPythonParser, identifiersOf, importsOnlyFor, nameAt, statementsOf } from './pythonSyntax.ts';

/** Counts up when the same sources and seed give other cases. */
const edition = 1;

/** Statements of one file that are tried for one with a declaration elsewhere. */
const triesEach = 12;

/** Steps from one re-export to the next, at the most. */
const longestChain = 5;

const isTest = (path: string): boolean => /(^|\/)(tests?\/|test_[^/]*$|[^/]*_tests?\.py$|conftest\.py$)/.test(path);

/** A file that was read, and its syntax. */
interface Source {
  readonly text: string;
  readonly root: Node;
}

/** Makes the function that finds the declarations in other files of the repository to which a statement refers. */
function createResolver(root: string, pyright: Pyright, read: (file: string) => Promise<Source>) {
  const pathOf = (file: string): string => relative(root, file).split(sep).join('/');

  /** The declaration in another file that a place refers to; the first, where there are several. */
  async function declaration(place: Place, own: string, steps = 0): Promise<Gold | undefined> {
    const [found] = await pyright.definitions(place);
    if (!found || found.file === own || steps > longestChain) return undefined;
    const path = pathOf(found.file);
    if (path.startsWith('..')) return undefined;
    const source = await read(found.file);
    const named = nameAt(source.root, found.line, found.column);
    if (named?.kind === 'import') {
      await pyright.open(found.file, source.text);
      return declaration(found, own, steps + 1);
    }
    return named?.kind === 'other' ? { path, line: found.line + 1, name: named.name } : undefined;
  }

  return async (statement: Node, file: string): Promise<Gold[]> => {
    const gold = new Map<string, Gold>();
    for (const { startPosition } of identifiersOf(statement)) {
      const found = await declaration({ file, line: startPosition.row, column: startPosition.column }, file);
      if (found) gold.set(`${found.path}:${found.line}`, found);
    }
    return [...gold.values()];
  };
}

function caseOf(path: string, { text, root }: Source, statement: Node, gold: readonly Gold[]): Case {
  const imports = importsOnlyFor(statement, root, text);
  const { startIndex: start, endIndex: end } = statement;
  const before = without(
    text.slice(0, start),
    imports.filter((cut) => cut.end <= start),
  );
  return {
    path,
    text: without(text, [{ start, end }, ...imports]),
    line: before.split('\n').length,
    column: before.length - before.lastIndexOf('\n'),
    statement: text.slice(start, end),
    gold,
  };
}

async function makeCases(root: string, paths: readonly string[], count: number, seed: number): Promise<Case[]> {
  const parse = await createPythonParser(resolve('dist'));
  const sources = new Map<string, Source>();
  const read = async (file: string): Promise<Source> => {
    const known = sources.get(file);
    if (known) return known;
    const text = await readFile(file, 'utf8');
    const source = { text, root: parse(text).rootNode };
    sources.set(file, source);
    return source;
  };
  // Where the root is itself a package, its modules are imported from the folder that it is in.
  const pyright = await startPyright(existsSync(join(root, '__init__.py')) ? dirname(root) : root);
  try {
    const goldOf = createResolver(root, pyright, read);
    const random = seededRandom(seed);
    const cases: Case[] = [];
    const candidates = paths.filter((path) => !isTest(path));
    for (const path of sample(candidates, candidates.length, random)) {
      if (cases.length === count) break;
      const file = join(root, path);
      const source = await read(file);
      await pyright.open(file, source.text);
      for (const statement of sample(statementsOf(source.root), triesEach, random)) {
        const gold = await goldOf(statement, file);
        if (gold.length === 0) continue;
        cases.push(caseOf(path, source, statement, gold));
        break;
      }
    }
    if (cases.length === 0) throw new Error(`no statement in ${root} refers to another file`);
    return cases;
  } finally {
    await pyright.dispose();
  }
}

/** A name for what the files say. */
async function contentKey(root: string, paths: readonly string[]): Promise<string> {
  const texts = await Promise.all(paths.map(async (path) => `${path}\0${await readFile(join(root, path), 'utf8')}`));
  return hash('sha1', texts.join('\0'), 'hex').slice(0, 12);
}

/**
 * Makes cases from a repository of Python: statements of function bodies outside tests that refer to at least one
 * declaration in another file, as pyright resolves it. Kept in the cache folder.
 */
export async function pythonCases(root: string, count: number, seed: number): Promise<Case[]> {
  const paths = (await walkFiles(root, new AbortController().signal)).filter((path) => path.endsWith('.py')).sort();
  const key = `python-${edition}-${pyrightVersion}-${await contentKey(root, paths)}-${count}-${seed}.json`;
  const file = await cached(['bench', 'cases', key], async (made) =>
    writeFile(made, JSON.stringify(await makeCases(root, paths, count, seed))),
  );
  return JSON.parse(await readFile(file, 'utf8')) as Case[];
}
