import { mostPaths } from '../extension/protocol/chat.ts';

/** What a drag or the clipboard carries, as far as it concerns us. */
export interface Carried {
  readonly types: readonly string[];
  getData(type: string): string;
}

/**
 * The kinds of data that name files, the fullest first. VS Code puts all of the files into its own, since Chromium tells
 * only the first of the standard one (microsoft/vscode `DataTransfers.INTERNAL_URI_LIST`).
 */
const uriLists = ['application/vnd.code.uri-list', 'text/uri-list'] as const;

/** Whether a drag carries something that can be dropped here. */
export const canDrop = ({ types }: Pick<Carried, 'types'>): boolean =>
  [...uriLists, 'text/plain'].some((type) => types.includes(type));

/** The lines of a list of addresses (RFC 2483): lines that begin with `#` are comments. */
const linesOf = (list: string): string[] =>
  list
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

const isFileAddress = (line: string): boolean => /^(file|vscode-remote):\/\//i.test(line);
const isAbsolutePath = (line: string): boolean => /^(\/[^/\s]|[a-z]:[\\/]|\\\\)/i.test(line);

/** The files that dropped or pasted data names, by address or absolute path; none for plain text. */
export function pathsIn(carried: Carried): readonly string[] {
  for (const type of uriLists) {
    const lines = linesOf(carried.getData(type)).filter(isFileAddress);
    if (lines.length > 0) return lines.slice(0, mostPaths);
  }
  const lines = linesOf(carried.getData('text/plain'));
  const arePaths = lines.length > 0 && lines.every((line) => isFileAddress(line) || isAbsolutePath(line));
  return arePaths ? lines.slice(0, mostPaths) : [];
}
