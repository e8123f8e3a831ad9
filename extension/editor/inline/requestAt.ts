import * as vscode from 'vscode';
import type { InlineRequest } from '../../core/completion/inlineRequest.ts';
import { leftOutByName } from '../../core/repository/leftOut.ts';
import { placeOf } from '../place.ts';
import type { RecentFiles } from '../recentFiles.ts';
import { excludedPatterns } from '../settings.ts';
import { cellsAround } from './cells.ts';

/** Lines read around the cursor: more than any window takes, and the first is a multiple of its block of 64. */
const linesBefore = 2_048;
const linesAfter = 512;

/** Characters; a longer line is data, and reading it at each keystroke would block the editor. */
const longestLine = 10_000;

/** What to ask for at a position, and what the answer replaces. */
export interface InlinePlace {
  readonly request: InlineRequest;
  /** Where the text before the cursor that the answer begins with starts. */
  readonly start: vscode.Position;
  /** That text: what the suggest widget is about to insert. */
  readonly typed: string;
}

/** Documents that completions are for. */
export const completed: readonly vscode.DocumentFilter[] = [
  { scheme: 'file' },
  { scheme: 'untitled' },
  { scheme: 'vscode-notebook-cell' },
];

/** Whether completions are for a document. */
export const isCompleted = ({ uri: { scheme } }: vscode.TextDocument): boolean =>
  completed.some((filter) => filter.scheme === scheme);

const plain = (document: vscode.TextDocument, text: string): string =>
  document.eol === vscode.EndOfLine.CRLF ? text.replaceAll('\r\n', '\n') : text;

/** The request for a position; undefined where nothing is ever completed. */
export function requestAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  recent: RecentFiles,
  selected?: vscode.SelectedCompletionInfo,
): InlinePlace | undefined {
  const { root, path } = placeOf(document.uri);
  if (document.lineAt(position.line).text.length > longestLine) return undefined;

  const start = selected?.range.start ?? position;
  const typed = selected?.text ?? '';
  const firstLine = Math.max(0, Math.floor((position.line - linesBefore) / 64) * 64);
  const lastLine = Math.min(document.lineCount - 1, position.line + linesAfter);
  // A file of secrets is not even read: the core refuses it by its name.
  const isReadable = leftOutByName(path, 0) === undefined;
  const before = isReadable
    ? new vscode.Range(firstLine, 0, start.line, start.character)
    : new vscode.Range(0, 0, 0, 0);
  const after = new vscode.Range(position, isReadable ? document.lineAt(lastLine).range.end : position);
  const around = cellsAround(document);
  return {
    typed,
    start,
    request: {
      root,
      cursor: { path, line: position.line + 1, column: position.character + 1 },
      languageId: document.languageId,
      prefix: around.above + plain(document, document.getText(before)) + typed,
      suffix: plain(document, document.getText(after)) + around.below,
      isKnownOnly: selected !== undefined,
      // Looked up only where a request is made of it, which not every key does.
      get recent() {
        return root ? recent.of(root).filter((other) => other !== path) : [];
      },
      get exclude() {
        return excludedPatterns();
      },
    },
  };
}
