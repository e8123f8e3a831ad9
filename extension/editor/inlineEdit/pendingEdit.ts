import * as vscode from 'vscode';
import { type Placed, placed } from '../../core/conversation/inlineEdit/replacement.ts';
import { moved, type Span } from '../../core/conversation/inlineEdit/target.ts';
import type { ErrorView } from '../../protocol/chat.ts';

/** How far an edit is. */
export type EditState =
  | { readonly phase: 'asking' }
  | { readonly phase: 'waiting'; readonly note: string }
  | { readonly phase: 'writing' | 'proposed'; readonly lines: readonly string[] }
  | { readonly phase: 'failed'; readonly error: ErrorView; readonly isBackend: boolean };

/** An edit that was asked for and is not judged yet. The document stays as it is until it is accepted. */
export interface PendingEdit {
  readonly document: vscode.TextDocument;
  instruction: string;
  /** The lines as they were when it was asked for, with `\n`. */
  readonly original: string;
  /** Where they stand now, in characters of the document. */
  span: Span;
  state: EditState;
}

/** Where the lines of an edit stand now. */
export const rangeOf = ({ document, span: { start, end } }: PendingEdit): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));

/** The lines of an edit as they are now. */
export const linesNow = (edit: PendingEdit): string[] => edit.document.getText(rangeOf(edit)).split(/\r?\n/);

/** Follows changes of the document around and in the lines. */
export function follow(edit: PendingEdit, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
  for (const { rangeOffset: offset, rangeLength: length, text } of changes) {
    const { start, end } = moved(edit.span, { offset, length, text });
    edit.span = { start, end };
  }
}

/** What accepting did when it was last asked, which one drawing does several times. */
const known = new WeakMap<PendingEdit, { version: number; state: EditState; result: Placed | undefined }>();

/** What accepting does; undefined where nothing is proposed, or the user has changed the same lines meanwhile. */
export function accepting(edit: PendingEdit): Placed | undefined {
  const { document, span, original, state } = edit;
  if (state.phase !== 'proposed') return undefined;
  const last = known.get(edit);
  if (last?.version === document.version && last.state === state) return last.result;
  const lineBreak = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const result = placed(document.getText(), span, original, state.lines, lineBreak);
  known.set(edit, { version: document.version, state, result });
  return result;
}

/** Writes what is accepted, as one step to undo. False where the editor does not do it. */
export async function write(document: vscode.TextDocument, { change }: Placed): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  const { offset, length, text } = change;
  edit.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)), text);
  return vscode.workspace.applyEdit(edit);
}
