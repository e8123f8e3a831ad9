import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Writing } from '../../core/conversation/edits/review.ts';
import { EditsRefused } from '../failure.ts';
import { uriIn } from '../place.ts';
import { refuseObstacles } from './writeObstacles.ts';

/** The file's text as the user sees it, unsaved changes included; undefined where there is no file. */
export async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

/** The text of a file of a folder; undefined where there is none. */
export async function textAt(root: string, path: string): Promise<string | undefined> {
  const uri = await uriIn(root, path);
  return uri && textOf(uri);
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

/** How a document is encoded, where that is not the editor's to choose: of a file that is there. */
export async function encodingOf(root: string, path: string): Promise<string | undefined> {
  const uri = await uriIn(root, path);
  try {
    return uri && (await vscode.workspace.openTextDocument(uri)).encoding;
  } catch {
    return undefined;
  }
}

async function editFor(root: string, writings: readonly Writing[]): Promise<vscode.WorkspaceEdit> {
  const edit = new vscode.WorkspaceEdit();
  for (const { kind, path, to, before, after, encoding } of writings) {
    const uri = await placeToWrite(root, path);
    if (after === undefined) edit.deleteFile(uri, { ignoreIfNotExists: true });
    else if (before === undefined) {
      // A file that was there is what it was; a new one is encoded as the settings say.
      const { encode } = vscode.workspace;
      const contents = encoding === undefined ? encode(after, { uri }) : encode(after, { encoding });
      edit.createFile(uri, { contents: await contents });
    } else if (before !== after) replaceDifference(edit, await vscode.workspace.openTextDocument(uri), after);
    const target = kind === 'rename' && to !== undefined ? await placeToWrite(root, to) : undefined;
    if (target) edit.renameFile(uri, target);
  }
  return edit;
}

/** What would bring a file back to what it was before a writing; undefined where the writing has done nothing to it, or others have. */
async function inverseOf(
  root: string,
  { kind, path, to, before, after, encoding }: Writing,
): Promise<Writing | undefined> {
  const now = await textAt(root, path);
  const moved = to === undefined ? undefined : await textAt(root, to);
  if (to !== undefined && now === undefined && (moved === after || moved === before)) {
    return { kind, path: to, to: path, before: moved, after: before };
  }
  if (now !== after || now === before) return undefined;
  return { kind, path, before: now, after: before, ...(encoding === undefined ? {} : { encoding }) };
}

/** Takes back what the editor has done of some writings; returns the paths of files that are not what they were. */
async function takeBack(root: string, writings: readonly Writing[]): Promise<string[]> {
  for (const writing of writings.toReversed()) {
    const inverse = await inverseOf(root, writing);
    if (inverse) await vscode.workspace.applyEdit(await editFor(root, [inverse]));
  }
  const left: string[] = [];
  for (const { path, before } of writings) if ((await textAt(root, path)) !== before) left.push(path);
  return left;
}

/**
 * Writes files as one step to undo, all of them or none. Nothing is saved: that is the user's to do.
 * @throws EditsRefused where the editor does not do it.
 */
export async function applyWritings(root: string, writings: readonly Writing[]): Promise<void> {
  await refuseObstacles(root, writings);
  const known = await Promise.all(
    writings.map(async (each): Promise<Writing> => {
      const encoding = each.after === undefined ? await encodingOf(root, each.path) : undefined;
      return encoding === undefined ? each : { ...each, encoding };
    }),
  );
  const edit = await editFor(root, known);
  if (await vscode.workspace.applyEdit(edit, { isRefactoring: true })) return;
  // The editor does one thing after the other, and leaves what it has done by then.
  const left = await takeBack(root, known);
  throw new EditsRefused(
    left.length === 0
      ? l10n.t('The editor did not apply the edits. Nothing was changed.')
      : l10n.t('The editor applied only a part of the edits: {0} changed. Undo it with the editor.', left.join(', ')),
  );
}
