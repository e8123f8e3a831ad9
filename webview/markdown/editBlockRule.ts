import type { ParserBlock } from 'markdown-it';
import { divider, pathOnLine, replaceMark, searchMark } from '../../extension/protocol/answerGrammar.ts';

/** A block rule as markdown-it takes it. */
type BlockRule = Parameters<ParserBlock['ruler']['push']>[1];

/** A line of an edit block, by what it says about the file. */
export interface EditLine {
  readonly part: 'mark' | 'search' | 'replace';
  readonly text: string;
}

/**
 * Reads a SEARCH/REPLACE block that stands outside of a fence as one token, with the path above it. Read as Markdown its
 * divider would make a heading of the lines before, and its marks block quotes.
 */
export const editBlockRule: BlockRule = (state, startLine, endLine, silent) => {
  const raw = (line: number) => (line < endLine ? state.src.slice(state.bMarks[line], state.eMarks[line]) : '');
  let path: string | undefined;
  let line = startLine;
  if (!searchMark.test(raw(line))) {
    if (!searchMark.test(raw(line + 1))) return false;
    path = pathOnLine(raw(line));
    if (path === undefined) return false;
    line++;
  }
  if (silent) return true;

  const content: string[] = [];
  for (; line < endLine; line++) {
    content.push(raw(line));
    if (replaceMark.test(raw(line))) {
      line++;
      break;
    }
  }
  state.line = line;
  const token = state.push('edit_block', 'code', 0);
  token.map = [startLine, line];
  token.info = path ?? '';
  token.content = content.join('\n');
  return true;
};

/** The lines of an edit block, each with its part. */
export function editLines(content: string): EditLine[] {
  let part: 'search' | 'replace' = 'search';
  return content.split('\n').map((text) => {
    if (part === 'search' && divider.test(text)) {
      part = 'replace';
      return { part: 'mark', text };
    }
    const mark = searchMark.test(text) || (part === 'replace' && replaceMark.test(text));
    return { part: mark ? 'mark' : part, text };
  });
}
