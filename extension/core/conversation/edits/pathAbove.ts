import { pathInSentence, pathOnFence, pathOnLine } from '../../../protocol/answerGrammar.ts';

/** The path that an edit is for, as the lines above it give it. */
export interface PathAbove {
  /** Takes the next line of prose. */
  read(line: string): void;
  /** The path for an edit that begins here; undefined where no line so far had one. */
  readonly path: string | undefined;
  /** Says that an edit was for this path: one without a path that follows is for it too. */
  use(path: string): void;
}

const fence = /^\s*(?:`{3,}|~{3,})/;

/**
 * Remembers the last path: of a line that is one, of a fence, or of a sentence right above the edit that names one file
 * (an edit after "In `src/b.ts`:" is not for the file before).
 */
export function createPathAbove(): PathAbove {
  let path: string | undefined;
  let named: string | undefined;
  return {
    read(line) {
      if (line.trim() === '') return;
      const own = fence.test(line) ? pathOnFence(line) : pathOnLine(line);
      if (own !== undefined) {
        path = own;
        named = undefined;
      } else if (!fence.test(line)) {
        named = pathInSentence(line);
      }
    },
    get path() {
      return named ?? path;
    },
    use(used) {
      path = used;
      named = undefined;
    },
  };
}
