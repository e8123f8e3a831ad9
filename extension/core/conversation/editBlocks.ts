import { divider, pathOnLine, replaceMark, searchMark } from '../../protocol/answerGrammar.ts';

/** One replacement that a model asks for. */
export interface EditBlock {
  readonly path: string;
  /** Lines to find, joined by `\n`, without a final line break; empty for a new file. */
  readonly search: string;
  readonly replace: string;
}

/** The edits in an answer, and whether one was cut off. */
export interface ParsedEdits {
  readonly blocks: readonly EditBlock[];
  /** True where the answer ended inside a block. */
  readonly incomplete: boolean;
}

/** Reads SEARCH/REPLACE blocks out of a model's answer. A block without a path of its own is for the file before. */
export function parseEditBlocks(answer: string): ParsedEdits {
  const blocks: EditBlock[] = [];
  let state: 'prose' | 'search' | 'replace' = 'prose';
  let path = '';
  let search: string[] = [];
  let replace: string[] = [];

  for (const line of answer.split(/\r?\n/)) {
    switch (state) {
      case 'prose':
        if (searchMark.test(line)) {
          state = 'search';
          search = [];
          replace = [];
        } else if (line.trim() !== '') {
          path = pathOnLine(line) ?? path;
        }
        break;
      case 'search':
        if (divider.test(line)) state = 'replace';
        else search.push(line);
        break;
      case 'replace':
        if (replaceMark.test(line)) {
          state = 'prose';
          if (path) blocks.push({ path, search: search.join('\n'), replace: replace.join('\n') });
        } else {
          replace.push(line);
        }
        break;
    }
  }
  return { blocks, incomplete: state !== 'prose' };
}
