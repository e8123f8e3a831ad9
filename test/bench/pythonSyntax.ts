import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import treeSitter, { type Node, type Tree } from '@vscode/tree-sitter-wasm';
import type { Cut } from './cases.ts';

/** Lines of a statement that is hidden, at the most. */
const longestStatement = 8;

/** Statements that declare or import: what they refer to isn't what writing code in a body takes. */
const notHidden = /^(function_definition|class_definition|decorated_definition|(future_)?import(_from)?_statement)$/;

const isImport = (node: Node): boolean => /^(future_)?import(_from)?_statement$/.test(node.type);

/** Creates a parser of Python. `grammars` is the folder of the grammars' WebAssembly. */
export async function createPythonParser(grammars: string): Promise<(text: string) => Tree> {
  await treeSitter.Parser.init({ locateFile: (file) => join(grammars, file) });
  const language = await treeSitter.Language.load(await readFile(join(grammars, 'tree-sitter-python.wasm')));
  const parser = new treeSitter.Parser().setLanguage(language);
  return (text) => {
    const tree = parser.parse(text);
    if (!tree) throw new Error('Python could not be parsed');
    return tree;
  };
}

const children = (node: Node): Node[] => node.namedChildren.filter((child) => child !== null);

/** The statements of function bodies that may be hidden: of a few lines, compound ones as a whole. */
export function statementsOf(root: Node): Node[] {
  const found: Node[] = [];
  const visit = (node: Node, inFunction: boolean): void => {
    if (inFunction && node.parent?.type === 'block' && node.type !== 'comment' && !notHidden.test(node.type))
      if (node.endPosition.row - node.startPosition.row < longestStatement) found.push(node);
    const inside = node.type === 'class_definition' ? false : inFunction || node.type === 'function_definition';
    for (const child of children(node)) visit(child, inside);
  };
  visit(root, false);
  return found;
}

/** The names within a node. */
export function identifiersOf(node: Node): Node[] {
  return node.descendantsOfType('identifier').filter((each) => each !== null);
}

/** What kind of thing the name at a place is; undefined where a file is meant, not a name in it. */
export function nameAt(
  root: Node,
  row: number,
  column: number,
): { name: string; kind: 'import' | 'parameter' | 'other' } | undefined {
  const node = root.descendantForPosition({ row, column });
  // The start of a file stands for the module.
  if (row === 0 && column === 0) return undefined;
  if (node?.type !== 'identifier') return undefined;
  for (let at: Node | null = node; at && at.type !== 'block'; at = at.parent) {
    if (isImport(at)) return { name: node.text, kind: 'import' };
    if (/^(lambda_)?parameters$/.test(at.type)) return { name: node.text, kind: 'parameter' };
  }
  return { name: node.text, kind: 'other' };
}

/** Whether an identifier stands for a thing in scope, rather than for a member or an argument of something. */
function isFree(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'attribute') return parent.childForFieldName('attribute')?.id !== node.id;
  if (parent?.type === 'keyword_argument') return parent.childForFieldName('name')?.id !== node.id;
  return true;
}

/** The name that one item of an import brings into scope: `a` of `import a.b`, `c` of `a as c`. */
function localName(item: Node): string {
  const name = item.childForFieldName('alias') ?? item;
  return name.text.split('.', 1)[0] ?? '';
}

/** The whole lines of a statement where nothing else is on them. */
function wholeLines(node: Node, text: string): Cut {
  const start = text.lastIndexOf('\n', node.startIndex - 1) + 1;
  const [rest = ''] = /^[ \t]*(#.*)?\r?(\n|$)/.exec(text.slice(node.endIndex)) ?? [];
  const alone = rest !== '' && text.slice(start, node.startIndex).trim() === '';
  return alone ? { start, end: node.endIndex + rest.length } : { start: node.startIndex, end: node.endIndex };
}

/** The parts of an import statement that bring in names to be dropped. */
function cutsIn(statement: Node, dropped: (name: string) => boolean, text: string): Cut[] {
  const items = statement.childrenForFieldName('name').filter((item) => item !== null);
  const gone = items.map((item) => dropped(localName(item)));
  if (!gone.includes(true)) return [];
  if (!gone.includes(false)) return [wholeLines(statement, text)];
  const cuts: Cut[] = [];
  for (const [at, item] of items.entries()) {
    if (!gone[at]) continue;
    const next = items[at + 1];
    const kept = gone.lastIndexOf(false);
    // Each takes the comma behind it; the last ones take the comma after the last that stays.
    if (next && at < kept) cuts.push({ start: item.startIndex, end: next.startIndex });
    else if (at === kept + 1) {
      cuts.push({ start: items[kept]?.endIndex ?? item.startIndex, end: items.at(-1)?.endIndex ?? item.endIndex });
    }
  }
  return cuts;
}

/** The parts of the import statements whose names a statement uses and nothing else in the file does. */
export function importsOnlyFor(statement: Node, root: Node, text: string): Cut[] {
  const hidden = (node: Node): boolean =>
    node.startIndex >= statement.startIndex && node.endIndex <= statement.endIndex;
  const here = new Set<string>();
  const elsewhere = new Set<string>();
  const imports: Node[] = [];
  const visit = (node: Node): void => {
    if (isImport(node)) {
      if (!hidden(node)) imports.push(node);
      return;
    }
    if (node.type === 'identifier' && isFree(node)) (hidden(node) ? here : elsewhere).add(node.text);
    // A module's `__all__` names what it passes on.
    if (node.type === 'assignment' && node.childForFieldName('left')?.text === '__all__')
      for (const content of node.descendantsOfType('string_content')) if (content) elsewhere.add(content.text);
    for (const child of children(node)) visit(child);
  };
  visit(root);
  const dropped = (name: string): boolean => here.has(name) && !elsewhere.has(name);
  return imports.flatMap((each) => cutsIn(each, dropped, text));
}
