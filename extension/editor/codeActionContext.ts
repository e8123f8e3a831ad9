import * as vscode from 'vscode';
import type { Attachment } from '../core/conversation/attachments.ts';
import { selectionOf, wholeOf } from './chat/chips.ts';

/** Lines around a problem that are shown to the model as the place that is meant. */
const around = 3;

/** What goes along with a code action: the document, and what is selected or stands around the place. */
export function attachmentsAt(document: vscode.TextDocument, range: vscode.Range): readonly Attachment[] {
  const whole = wholeOf(document);
  if (!whole) return [];
  const selection = vscode.window.activeTextEditor;
  const selected = selection?.document === document ? selectionOf(selection) : undefined;
  if (selected) return [whole, selected];
  const first = Math.max(0, range.start.line - around);
  const last = Math.min(document.lineCount - 1, range.end.line + around);
  const text = document.getText(new vscode.Range(first, 0, last, document.lineAt(last).text.length));
  return [whole, { path: whole.path, languageId: document.languageId, text, lines: [first + 1, last + 1] }];
}
