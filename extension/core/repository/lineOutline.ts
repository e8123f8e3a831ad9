import type { Declaration, DeclarationKind, Outline } from './outline.ts';

/** Words that declare, in the languages that are not parsed. */
const keywords: Readonly<Record<string, DeclarationKind>> = Object.fromEntries(
  Object.entries({
    class: 'actor class contract data extension impl implementation input mixin newtype object record struct union',
    enum: 'enum',
    function:
      'def defdelegate defguard defmacro defmacrop defmethod defn defn- defp defun fn fun func function macro proc procedure rpc sub',
    interface: 'defprotocol interface protocol service trait typeclass',
    module: 'defmodule library module namespace',
    type: 'message scalar type typealias typedef',
    variable: 'const let val var',
  }).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind as DeclarationKind])),
);

/** Words before the one that declares. */
const modifiers = new Set(
  (
    'abstract actual annotation async case companion default expect export extern external fileprivate final implicit ' +
    'indirect infix inline inner internal lazy local mutable mutating native open opaque operator override partial ' +
    'private protected pub public sealed static suspend tailrec unsafe value virtual'
  ).split(' '),
);

const containers = new Set<DeclarationKind>(['class', 'enum', 'interface', 'module', 'type']);

/** Characters of a line that are looked at. */
const lineReach = 400;

/** Lines that a signature with open parentheses may go on for. */
const signatureReach = 20;

const createStatement =
  /^create\s+(?:or\s+replace\s+)?(?:(?:global|local|temp|temporary|unlogged|materialized|unique)\s+)*(table|view|function|procedure|type|trigger|index|schema)\s+(?:if\s+not\s+exists\s+)?([\w.$"`[\]]+)/i;

const tableKinds: Readonly<Record<string, DeclarationKind>> = {
  function: 'function',
  procedure: 'function',
  trigger: 'function',
  index: 'variable',
  schema: 'module',
};

/** What may follow a declared name. In prose, "class of 1999" or "type the command", another word does. */
const afterName =
  /^\s*(?:$|[({<:=[;|]|->|(?:as|begin|do|end|extends|implements|is|of|on|returns|where|with)\b)|^[,\s][^.]*(?:\bdo:|\bwhere$|\s=(?:\s|$))/;

/** A name with what it is a member of: `List<T>.firstOr`, `M:create`, `Shop.Cart`. */
const namePath =
  /^(?:[\p{L}_$][\p{L}\p{N}_$]*(?:<[^<>]*>)?[.:]{1,2})*([\p{L}_$](?:[\p{L}\p{N}_$]|-(?=[\p{L}\p{N}]))*[!?]?)/u;

/** A declaration as its line gives it. */
interface Line {
  readonly row: number;
  readonly depth: number;
  readonly kind: DeclarationKind;
  readonly name: string;
}

function depthOf(line: string): number {
  let depth = 0;
  for (const character of line) {
    if (character === ' ') depth++;
    else if (character === '\t') depth += 4;
    else break;
  }
  return depth;
}

/** The kind and name that a line declares, if its first words do. */
function declared(line: string): { kind: DeclarationKind; name: string } | undefined {
  let rest = line.slice(0, lineReach).trim();
  const created = createStatement.exec(rest);
  if (created?.[1] && created[2]) {
    const name = created[2].slice(created[2].lastIndexOf('.') + 1).replace(/["`[\]]/g, '');
    return { kind: tableKinds[created[1].toLowerCase()] ?? 'class', name };
  }
  if (rest.startsWith('(')) rest = rest.slice(1);
  let kind: DeclarationKind | undefined;
  for (let words = 0; words < 8; words++) {
    const word = /^[a-z]+-?(?=\s)/.exec(rest)?.[0];
    if (word === undefined) {
      // `pub(crate) fn` in languages that are near Rust.
      const visible = kind ? undefined : /^pub\([^()]*\)(?=\s)/.exec(rest)?.[0];
      if (!visible) break;
      rest = rest.slice(visible.length).trimStart();
      continue;
    }
    const declares = keywords[word];
    if (!declares && !(modifiers.has(word) && !kind)) break;
    // Of `enum class` the first word tells more, of `fun interface` and `const fn` the second.
    if (declares && kind !== 'enum') kind = declares;
    rest = rest.slice(word.length).trimStart();
  }
  if (!kind) return undefined;
  rest = rest.replace(/^<[^>]*>\s*/, '');
  const path = namePath.exec(rest);
  if (!path?.[1]) return undefined;
  const after = rest.slice(path[0].length);
  if (!afterName.test(after)) return undefined;
  // `const Point = struct {` is how Zig declares a type.
  const struct = kind === 'variable' && /^\s*=\s*(?:packed |extern )?(?:struct|union|enum)\b/.test(after);
  return { kind: struct ? 'class' : kind, name: path[1] };
}

/** Markdown's headings outside its fences. A `#` begins a comment elsewhere, so that one alone proves nothing. */
function headings(lines: readonly string[]): Line[] | undefined {
  const found: Line[] = [];
  let fence: string | undefined;
  let proven = false;
  let declaring = 0;
  const blank = (row: number): boolean => (lines[row] ?? '').trim() === '';
  for (const [row, line] of lines.entries()) {
    const marker = /^\s{0,3}(```|~~~)/.exec(line)?.[1];
    if (marker && (!fence || fence === marker)) fence = fence ? undefined : marker;
    if (fence) continue;
    const [, signs, title] = /^(#{1,6})\s+(\S.*)$/.exec(line.slice(0, lineReach)) ?? [];
    if (!signs || !title) {
      if (declared(line)) declaring++;
      continue;
    }
    const name = title.trimEnd().replace(/\s#+$/, '').trimEnd();
    if (!name) continue;
    found.push({ row, depth: signs.length, kind: 'module', name });
    if (signs.length > 1 && blank(row - 1) && blank(row + 1)) proven = true;
  }
  if (!proven && found.length === 1 && found[0]?.row === lines.findIndex((line) => line.trim() !== '')) {
    proven = blank(found[0].row + 1) && lines.some((line) => /^\s*```|\]\(/.test(line.slice(0, lineReach)));
  }
  return proven && declaring <= found.length ? found : undefined;
}

/** The row that a signature ends on: the first, or where its parentheses close. */
function signatureEnd(lines: readonly string[], from: number, before: number): number {
  let open = 0;
  for (let row = from; row < Math.min(before, from + signatureReach); row++) {
    for (const character of (lines[row] ?? '').slice(0, lineReach)) {
      if (character === '(') open++;
      else if (character === ')') open--;
    }
    if (open <= 0) return row;
  }
  return from;
}

/** For each row, the next one that is not blank and stands less deep, where whatever began on the row has ended. */
function shallowerRows(lines: readonly string[]): Int32Array {
  const next = new Int32Array(lines.length).fill(lines.length);
  const waiting: { row: number; depth: number }[] = [];
  for (const [row, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const depth = depthOf(line);
    for (let last = waiting.at(-1); last && last.depth > depth; last = waiting.at(-1)) {
      next[last.row] = row;
      waiting.pop();
    }
    waiting.push({ row, depth });
  }
  return next;
}

/**
 * The outline of a text in a language that is not parsed, from lines that begin with a word that declares (`fun`,
 * `struct`, `CREATE TABLE`) or, in Markdown, with a heading. Indentation tells what is inside what, and what stands
 * inside a function is left out. A declaration ends before the next one that is not deeper, and before a line that is
 * less deep.
 */
export function lineOutline(text: string): Outline {
  const lines = text.split(/\r?\n/);
  const titles = headings(lines);
  const found = titles ?? [];
  if (!titles) {
    for (const [row, line] of lines.entries()) {
      const made = declared(line);
      if (made) found.push({ row, depth: depthOf(line), ...made });
    }
  }

  const outline: (Declaration & { endLine: number })[] = [];
  const shallower = titles ? undefined : shallowerRows(lines);
  /** What is still open, outermost first, with its place in the outline; -1 for what is left out. */
  const open: { readonly line: Line; readonly at: number }[] = [];

  function close(depth: number, before: number): void {
    for (let top = open.at(-1); top && top.line.depth >= depth; top = open.at(-1)) {
      open.pop();
      const declaration = outline[top.at];
      if (!declaration) continue;
      let last = Math.min(before, shallower?.[top.line.row] ?? before) - 1;
      while (last >= declaration.headEnd && (lines[last] ?? '').trim() === '') last--;
      declaration.endLine = Math.max(declaration.headEnd, last + 1);
    }
  }

  for (const [index, line] of found.entries()) {
    const { row, depth, kind, name } = line;
    let first = row;
    const annotated = (above: number): boolean =>
      (lines[above] ?? '').trimStart().startsWith('@') && depthOf(lines[above] ?? '') === depth;
    while (first > (found[index - 1]?.row ?? -1) + 1 && annotated(first - 1)) first--;
    close(depth, first);
    const around = open.at(-1);
    const parent = around ? around.at : -1;
    const container = around ? outline[parent] : undefined;
    if (around && !(container && containers.has(container.kind))) {
      open.push({ line, at: -1 });
      continue;
    }
    const inType = container && container.kind !== 'module';
    const next = found[index + 1]?.row ?? lines.length;
    outline.push({
      name,
      kind: inType && kind === 'function' ? 'method' : inType && kind === 'variable' ? 'property' : kind,
      nameLine: row + 1,
      startLine: first + 1,
      headEnd: titles ? row + 1 : signatureEnd(lines, row, next) + 1,
      endLine: row + 1,
      parent,
    });
    open.push({ line, at: outline.length - 1 });
  }
  close(0, lines.length);
  return outline;
}
