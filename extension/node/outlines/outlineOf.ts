import type { Node, Query, QueryMatch } from '@vscode/tree-sitter-wasm';
import type { Declaration, DeclarationKind, Outline } from '../../core/repository/outline.ts';
import { readDeclarator } from './declarator.ts';
import type { OutlineRules } from './rules.ts';

/** Lines of a value up to which it is part of what a reader sees. */
const shortValue = 6;

/** The kinds whose functions are methods and whose variables are properties. */
const classLike = new Set<DeclarationKind>(['class', 'interface', 'enum']);

/** How the captures of declarations begin; their kind follows. */
const definitionPrefix = 'definition.';

type Capture = 'body' | 'declarator' | 'definition' | 'head' | 'name' | 'outer' | 'prefix' | 'skip' | 'value';

/** What one match of the query says. The captures are described with `OutlineRules`. */
interface Found extends Partial<Record<Capture, Node>> {
  /** Where the match and its name begin, in characters. */
  at: number;
  nameAt: number;
  readonly pattern: number;
  kind: DeclarationKind;
  readonly members: Node[];
}

function readMatch({ captures, patternIndex }: QueryMatch): Found {
  const found: Found = { at: 0, nameAt: 0, pattern: patternIndex, kind: 'variable', members: [] };
  for (const { name, node } of captures) {
    if (name === 'members') {
      found.members.push(node);
    } else if (name.startsWith(definitionPrefix)) {
      found.definition = node;
      found.kind = name.slice(definitionPrefix.length) as DeclarationKind;
    } else {
      found[name as Capture] = node;
    }
  }
  const inner = found.declarator && readDeclarator(found.declarator);
  if (inner) {
    found.name = inner.name;
    if (inner.value) found.value = inner.value;
    if (inner.called && found.kind !== 'type') found.kind = 'function';
  }
  found.at = (found.definition ?? found.outer ?? found.prefix ?? found.members[0])?.startIndex ?? 0;
  found.nameAt = found.name?.startIndex ?? 0;
  return found;
}

/** The row, from 0, that a node's last character stands on; some nodes of C end behind their line's break. */
function lastRow(node: Node): number {
  const { row, column } = node.endPosition;
  return column === 0 && row > node.startPosition.row ? row - 1 : row;
}

/** The row of the last character before a node that is not white space: where the head of what it belongs to ends. */
function rowBefore(node: Node, text: string): number {
  let row = node.startPosition.row;
  for (let at = node.startIndex - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code === 10) row--;
    else if (code !== 32 && code !== 9 && code !== 13) break;
  }
  return row;
}

function lastHeadRow({ definition, body, head, value }: Found, text: string): number {
  if (body) return rowBefore(body, text);
  if (head) return head.endPosition.row;
  if (value && lastRow(value) - value.startPosition.row >= shortValue) return rowBefore(value, text);
  return definition ? lastRow(definition) : 0;
}

/** A name as references write it, without quotes or a symbol's colon, and the innermost of the scopes before it. */
function readName(written: string): { name: string; scope?: string } {
  if (/^["'`]/.test(written)) return { name: written.slice(1, -1) };
  if (written.startsWith(':')) return { name: written.slice(1) };
  const at = written.lastIndexOf('::');
  if (at < 0) return { name: written };
  const scopes = written.slice(0, at).replace(/<.*/s, '');
  return { name: written.slice(at + 2), scope: scopes.slice(scopes.lastIndexOf(':') + 1) };
}

/**
 * Computes the outline of a tree. The query runs in each container on its children alone: the bodies of functions, most
 * of a file, are never entered, and so what is local to them is left out. `expired` ends a query early.
 */
export function outlineOf(
  root: Node,
  text: string,
  query: Query,
  rules: OutlineRules,
  expired: () => boolean,
): Outline {
  const outline: Declaration[] = [];
  const entered = new Set<number>();
  const options = { maxStartDepth: 1, progressCallback: expired };

  function kindOf(kind: DeclarationKind, name: string, scope: string | undefined, parent: number): DeclarationKind {
    const around = outline[parent];
    const owner = around && classLike.has(around.kind) ? around.name : kind === 'function' ? scope : undefined;
    if (owner === undefined) return kind;
    if (kind === 'variable') return 'property';
    if (kind !== 'function' && kind !== 'method') return kind;
    return rules.isConstructor?.(name, owner) ? 'constructor' : 'method';
  }

  function blank(from: number, to: number): boolean {
    return (
      text
        .slice(from, to)
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
        .trim() === ''
    );
  }

  /** Walks through what one container holds; `startRow` is where an `export` or a decorator around it begins. */
  function enter(container: Node, parent: number, startRow?: number): void {
    if (entered.has(container.id)) return;
    entered.add(container.id);
    const all = query.matches(container, options).map(readMatch);
    all.sort((a, b) => a.at - b.at || a.nameAt - b.nameAt || a.pattern - b.pattern);
    const skipped = new Set(all.flatMap(({ skip }) => (skip ? [skip.id] : [])));
    const broken = container.type === 'ERROR';
    const named = new Set<number>();
    const assigned = new Set<string>();
    let prefix: Node | undefined;
    let prefixRow = 0;

    for (const found of all) {
      const { definition, name: nameNode, outer, members } = found;
      if (found.prefix) {
        if (!prefix || !blank(prefix.endIndex, found.prefix.startIndex)) prefixRow = found.prefix.startPosition.row;
        prefix = found.prefix;
        continue;
      }
      const prefixed = prefix && blank(prefix.endIndex, found.at);
      prefix = undefined;
      if (!definition || !nameNode) {
        for (const node of members) enter(node, parent, startRow ?? outer?.startPosition.row);
      } else if (definition.id !== container.id && !skipped.has(definition.id) && !named.has(found.nameAt)) {
        named.add(found.nameAt);
        const { name, scope } = readName(text.slice(found.nameAt, nameNode.endIndex));
        // A missing name, or one that is computed over several lines.
        if (!name || name.includes('\n')) continue;
        const kind = kindOf(found.kind, name, scope, parent);
        if (rules.assigns && (kind === 'variable' || kind === 'property')) {
          if (assigned.has(name)) continue;
          assigned.add(name);
        }
        // Where a brace is missing, what is indented may be local to the function that the brace would have closed.
        if (broken && kind === 'variable' && definition.startPosition.column > 0) continue;
        outline.push({
          name,
          kind,
          nameLine: nameNode.startPosition.row + 1,
          startLine: (startRow ?? (prefixed ? prefixRow : definition.startPosition.row)) + 1,
          headEnd: lastHeadRow(found, text) + 1,
          endLine: lastRow(definition) + 1,
          parent,
        });
        const position = outline.length - 1;
        for (const node of members) enter(node, position);
      }
    }
  }

  enter(root, -1);
  return outline;
}
