import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { walkFiles } from '../../extension/node/walkFiles.ts';
import { type Case, type Cut, type Gold, sample, seededRandom, without } from './cases.ts';

/** Lines of a statement that is hidden, at the most. */
const longestStatement = 8;

const isTest = (path: string): boolean => /(^|\/)(tests?|__tests__|spec|mocks?)\/|\.(test|spec)\.|\bmock/i.test(path);

/** How the packages of the repository name each other: `@theia/core/lib/common/uri` is `packages/core/src/common/uri`. */
function packagePaths(root: string, files: readonly string[]): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  for (const file of files.filter((path) => path.endsWith('package.json'))) {
    const { name } = JSON.parse(readFileSync(join(root, file), 'utf8')) as { name?: string };
    if (!name) continue;
    const folder = join(root, dirname(file));
    for (const index of ['src/index.ts', 'src/index.tsx', 'index.ts', 'src/common/index.ts'])
      if (existsSync(join(folder, index))) paths[name] ??= [join(folder, index)];
    paths[`${name}/lib/*`] = [join(folder, 'src/*')];
    paths[`${name}/src/*`] = [join(folder, 'src/*')];
    paths[`${name}/*`] = [join(folder, 'src/*'), join(folder, '*')];
  }
  return paths;
}

/** The TypeScript compiler's program of a whole repository. */
async function programOf(root: string): Promise<{ program: ts.Program; sources: string[] }> {
  const files = await walkFiles(root, new AbortController().signal);
  const sources = files.filter((path) => /\.(tsx?|mts)$/.test(path) && !path.endsWith('.d.ts')).sort();
  const program = ts.createProgram(
    sources.map((path) => join(root, path)),
    {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      experimentalDecorators: true,
      jsx: ts.JsxEmit.ReactJSX,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      paths: packagePaths(root, files),
    },
  );
  return { program, sources };
}

function statementsOf(file: ts.SourceFile): ts.Statement[] {
  const found: ts.Statement[] = [];
  const lines = (node: ts.Node): number =>
    file.getLineAndCharacterOfPosition(node.end).line -
    file.getLineAndCharacterOfPosition(node.getStart(file)).line +
    1;
  const visit = (node: ts.Node, inBody: boolean): void => {
    if (
      inBody &&
      ts.isStatement(node) &&
      !ts.isBlock(node) &&
      !ts.isFunctionDeclaration(node) &&
      !ts.isClassDeclaration(node)
    )
      if (lines(node) <= longestStatement) found.push(node);
    const body = inBody || (ts.isBlock(node) && node.parent !== undefined && ts.isFunctionLike(node.parent));
    ts.forEachChild(node, (child) => visit(child, body));
  };
  visit(file, false);
  return found;
}

/** Where a name is declared elsewhere in the repository; the first declaration, where it has several. */
function goldOf(statement: ts.Statement, checker: ts.TypeChecker, root: string, own: ts.SourceFile): Gold[] {
  const gold = new Map<string, Gold>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      let symbol = checker.getSymbolAtLocation(node);
      if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
      const declaration = symbol?.declarations?.[0];
      const file = declaration?.getSourceFile();
      const path = file ? relative(root, file.fileName) : '..';
      if (
        declaration &&
        file &&
        file !== own &&
        !path.startsWith('..') &&
        !path.includes('node_modules') &&
        !ts.isSourceFile(declaration)
      ) {
        const at = ts.getNameOfDeclaration(declaration) ?? declaration;
        const line = file.getLineAndCharacterOfPosition(at.getStart(file)).line + 1;
        gold.set(`${path}:${line}`, { path, line, name: node.text });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return [...gold.values()];
}

/** The parts of the import statements that nothing but the hidden statement uses. */
function unusedImports(file: ts.SourceFile, hidden: Cut): Cut[] {
  const used = new Set<string>();
  const note = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (node.getStart(file) >= hidden.start && node.end <= hidden.end) return;
    if (ts.isIdentifier(node)) used.add(node.text);
    ts.forEachChild(node, note);
  };
  note(file);
  const cuts: Cut[] = [];
  const whole = (node: ts.Node): Cut => ({ start: node.getStart(file), end: Math.min(file.text.length, node.end + 1) });
  for (const node of file.statements) {
    if (!ts.isImportDeclaration(node) || !node.importClause) continue;
    const { name, namedBindings } = node.importClause;
    if (namedBindings && ts.isNamedImports(namedBindings)) {
      const gone = namedBindings.elements.filter((element) => !used.has(element.name.text));
      const keepsDefault = name !== undefined && used.has(name.text);
      if (gone.length === namedBindings.elements.length && !keepsDefault) cuts.push(whole(node));
      else
        for (const element of gone) {
          const comma = /^\s*,/.exec(file.text.slice(element.end))?.[0].length ?? 0;
          cuts.push({ start: element.getFullStart(), end: element.end + comma });
        }
    } else {
      const local = name ?? (namedBindings && ts.isNamespaceImport(namedBindings) ? namedBindings.name : undefined);
      if (local && !used.has(local.text)) cuts.push(whole(node));
    }
  }
  return cuts;
}

/**
 * Makes cases from a repository of TypeScript: statements of function bodies outside tests that refer to at least one
 * declaration in another file, as the TypeScript compiler resolves it. Takes about a minute for 20 MB of source.
 */
export async function typescriptCases(root: string, count: number, seed: number): Promise<Case[]> {
  const { program, sources } = await programOf(root);
  const checker = program.getTypeChecker();
  const random = seededRandom(seed);
  const cases: Case[] = [];
  for (const path of sample(
    sources.filter((each) => !isTest(each)),
    sources.length,
    random,
  )) {
    if (cases.length === count) break;
    const file = program.getSourceFile(join(root, path));
    if (!file) continue;
    for (const statement of sample(statementsOf(file), 12, random)) {
      const gold = goldOf(statement, checker, root, file);
      if (gold.length === 0) continue;
      const hidden = { start: statement.getStart(file), end: statement.end };
      const imports = unusedImports(file, hidden);
      const text = without(file.text, [hidden, ...imports]);
      const before = without(
        file.text.slice(0, hidden.start),
        imports.filter(({ end }) => end <= hidden.start),
      );
      const column = before.length - before.lastIndexOf('\n');
      cases.push({ path, text, line: before.split('\n').length, column, statement: statement.getText(file), gold });
      break;
    }
  }
  return cases;
}
