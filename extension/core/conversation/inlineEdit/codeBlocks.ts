import { indentOf } from '../edits/blockParts.ts';

/** A fenced block of an answer. */
export interface CodeBlock {
  /** What stands after the opening fence, in lower case. */
  readonly language: string;
  readonly lines: readonly string[];
  /** False where the answer ends inside it. */
  readonly isClosed: boolean;
}

const opening = /^[ \t>]*(`{3,}|~{3,})[ \t]*([^\s`{]*)([^`]*)$/;
/** Some models open a block at the end of a sentence. */
const openingBehind = /^[^`]*[:：.。]\s*(`{3,})([\w+#-]*)\s*$/;
const oneLine = /^\s*(`{3,})([\w+#-]*)[ \t]+(\S.*?)\s*\1\s*$/;

/** Takes the indentation of the opening fence from the lines below it, as in a list. */
function outdented(lines: readonly string[], indent: string): string[] {
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
}

/** The line at which a block ends, counting blocks within it where `nests`; undefined where it is not closed. */
function closingLine(lines: readonly string[], from: number, fence: string, nests: boolean): number | undefined {
  const sign = fence.startsWith('~') ? '~' : '`';
  let depth = 0;
  for (let at = from; at < lines.length; at++) {
    const [, run = '', info = ''] = /^[ \t>]*([`~]{3,})[ \t]*(\S*)[ \t]*$/.exec(lines[at] ?? '') ?? [];
    if (!run.startsWith(sign) || run.length < fence.length) continue;
    if (info !== '') depth += nests ? 1 : 0;
    else if (depth === 0) return at;
    else depth--;
  }
  return undefined;
}

/** The line that ends in the fence with code before it, where models forget the line break. */
function gluedLine(lines: readonly string[], from: number, fence: string): number | undefined {
  const at = lines.findIndex(
    (line, i) => i >= from && line.endsWith(fence) && line.indexOf(fence) === line.length - fence.length,
  );
  return at < 0 ? undefined : at;
}

/** The fenced blocks of an answer, in order. A block may hold others, as Markdown does. */
export function codeBlocks(answer: string): CodeBlock[] {
  const lines = answer.split('\n');
  const blocks: CodeBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, , language = '', only] = oneLine.exec(line) ?? [];
    if (only !== undefined) {
      blocks.push({ language: language.toLowerCase(), lines: [only], isClosed: true });
      continue;
    }
    const [, fence, info = ''] = opening.exec(line) ?? openingBehind.exec(line) ?? [];
    if (fence === undefined) continue;
    const from = at + 1;
    const indent = /^[ \t]/.test(line) ? indentOf(line) : '';
    const end = closingLine(lines, from, fence, true) ?? closingLine(lines, from, fence, false);
    const glued = end === undefined ? gluedLine(lines, from, fence) : undefined;
    const body = lines.slice(from, end ?? (glued === undefined ? lines.length : glued + 1));
    if (glued !== undefined) body.push((body.pop() ?? '').slice(0, -fence.length));
    const isClosed = end !== undefined || glued !== undefined;
    blocks.push({ language: info.toLowerCase(), lines: outdented(body, indent), isClosed });
    at = end ?? glued ?? lines.length;
  }
  return blocks;
}
