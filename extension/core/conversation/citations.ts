import { reference } from '../../protocol/answerGrammar.ts';
import { lineCount } from '../context/section.ts';
import type { FileReader } from '../ports.ts';
import { largestFile } from '../repository/leftOut.ts';

/** A place that an answer refers to. Lines are 1-based and inclusive. */
export interface Citation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Whether the file and the lines exist. */
  readonly verified: boolean;
}

/** A path has a folder or an extension, and does not begin with a digit (a time) or a slash. */
const looksLikePath = (path: string): boolean => /[^/]\/[^/]|\w\.\w|^\.\w/.test(path) && !/^[\d/]/.test(path);

/** The places cited in a text, each once, in order, not yet verified. */
export function findCitations(text: string): Citation[] {
  const found = new Map<string, Citation>();
  for (const [whole, path = '', first, last] of text.matchAll(reference)) {
    if (!looksLikePath(path)) continue;
    const startLine = Number(first);
    found.set(whole, { path, startLine, endLine: Number(last ?? first), verified: false });
  }
  return [...found.values()];
}

/** Checks cited places against the files on disk (or their unsaved text). */
export async function verifyCitations(
  root: string,
  citations: readonly Citation[],
  files: FileReader,
  overlay: Readonly<Record<string, string>> = {},
): Promise<Citation[]> {
  return Promise.all(
    citations.map(async (citation) => {
      const text = overlay[citation.path] ?? (await textOf(root, citation.path, files));
      const { startLine, endLine } = citation;
      const verified = text !== undefined && startLine >= 1 && startLine <= endLine && endLine <= lineCount(text);
      return { ...citation, verified };
    }),
  );
}

async function textOf(root: string, path: string, files: FileReader): Promise<string | undefined> {
  const content = await files.read(root, path, largestFile);
  return 'bytes' in content ? new TextDecoder().decode(content.bytes) : undefined;
}
