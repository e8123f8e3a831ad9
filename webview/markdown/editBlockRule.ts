import type { ParserBlock } from 'markdown-it';
import {
  deleteMark,
  divider,
  fileEndMark,
  fileMark,
  pathOnLine,
  renameMark,
  replaceMark,
  searchMark,
} from '../../extension/protocol/answerGrammar.ts';

/** A block rule as markdown-it takes it. */
type BlockRule = Parameters<ParserBlock['ruler']['push']>[1];

/** A line of an edit block, by what it says about the file. */
export interface EditLine {
  readonly part: 'mark' | 'search' | 'replace';
  readonly text: string;
}

const opens = (line: string): boolean => searchMark.test(line) || fileMark.test(line);
const isWhole = (line: string): boolean => deleteMark.test(line) || renameMark.test(line);

/**
 * Reads an edit that stands outside of a fence as one token, with the path above it. Read as Markdown its divider would make
 * a heading of the lines before, and its marks block quotes.
 */
export const editBlockRule: BlockRule = (state, startLine, endLine, silent) => {
  const raw = (line: number) => (line < endLine ? state.src.slice(state.bMarks[line], state.eMarks[line]) : '');
  let path: string | undefined;
  let line = startLine;
  if (!opens(raw(line)) && !isWhole(raw(line))) {
    if (!opens(raw(line + 1))) return false;
    path = pathOnLine(raw(line));
    if (path === undefined) return false;
    line++;
  }
  if (silent) return true;

  const end = fileMark.test(raw(line)) ? fileEndMark : replaceMark;
  const content: string[] = [];
  for (const isOneLine = isWhole(raw(line)); line < endLine; line++) {
    content.push(raw(line));
    if (isOneLine || end.test(raw(line))) {
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
  const lines = content.split('\n');
  const isFile = fileMark.test(lines[0] ?? '');
  let part: 'search' | 'replace' = isFile ? 'replace' : 'search';
  return lines.map((text, at) => {
    if (part === 'search' && divider.test(text)) {
      part = 'replace';
      return { part: 'mark', text };
    }
    const ends = part === 'replace' && (isFile ? fileEndMark : replaceMark).test(text);
    const mark = ends || isWhole(text) || (at === 0 ? opens(text) : searchMark.test(text) && !isFile);
    return { part: mark ? 'mark' : part, text };
  });
}
