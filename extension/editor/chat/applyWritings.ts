import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Writing } from '../../core/conversation/edits/review.ts';
import { EditsRefused } from '../failure.ts';
import { uriIn } from '../place.ts';

/** The file's text as the user sees it, unsaved changes included; undefined where there is no file. */
export async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

/** Replaces the part that differs and nothing else, so that cursors and markers around it stay. */
function replaceDifference(edit: vscode.WorkspaceEdit, document: vscode.TextDocument, after: string): void {
  const before = document.getText();
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(before.length - end));
  edit.replace(document.uri, range, after.slice(start, after.length - end));
}

/** @throws EditsRefused for a path that leads out of the folder. */
async function placeToWrite(root: string, path: string): Promise<vscode.Uri> {
  const uri = await uriIn(root, path);
  if (!uri) throw new EditsRefused(l10n.t('{0} leads out of the folder. Nothing was changed.', path));
  return uri;
}

/**
 * Writes files as one step to undo. Nothing is saved: that is the user's to do.
 * @throws EditsRefused where the editor does not do it; nothing is changed then.
 */
export async function applyWritings(root: string, writings: readonly Writing[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { kind, path, to, before, after } of writings) {
    const uri = await placeToWrite(root, path);
    if (after === undefined) edit.deleteFile(uri, { ignoreIfNotExists: true });
    else if (before === undefined) edit.createFile(uri, { contents: new TextEncoder().encode(after) });
    else if (before !== after) replaceDifference(edit, await vscode.workspace.openTextDocument(uri), after);
    const target = kind === 'rename' && to !== undefined ? await placeToWrite(root, to) : undefined;
    if (target) edit.renameFile(uri, target);
  }
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
    throw new EditsRefused(l10n.t('The editor did not apply the edits. Nothing was changed.'));
  }
}
