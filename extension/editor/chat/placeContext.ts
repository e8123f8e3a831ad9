import { basename, isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Glm } from '../../core/glm.ts';
import { leftOutByName } from '../../core/repository/leftOut.ts';
import { mostPaths } from '../../protocol/chat.ts';
import { placeOf, uriIn } from '../place.ts';
import type { ChosenContext, ComingContext } from './addedContext.ts';
import { wholeOf } from './chips.ts';
import { folderContext, folderLabel } from './folderContext.ts';

const refused = (label: string, path: string, reason: string): ChosenContext => ({
  label,
  attachments: [],
  leftOut: [{ path, reason }],
});

/** A file as context, or why it is none. */
export async function fileContext(uri: vscode.Uri): Promise<ChosenContext> {
  const { path } = placeOf(uri);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    const reason = size === 0 ? l10n.t('empty') : leftOutByName(path, size);
    if (reason) return refused(path, path, reason);
    const attachment = wholeOf(await vscode.workspace.openTextDocument(uri));
    return attachment ? { label: path, attachments: [attachment] } : refused(path, path, l10n.t('empty'));
  } catch {
    // VS Code opens no pictures and the like as text.
    return refused(path, path, l10n.t('not a text file that can be read'));
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

/** A file or folder of the workspace as context; undefined for what lies outside of it. */
export function contextAt(glm: Glm, uri: vscode.Uri): ComingContext | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (uri.scheme !== 'file' || !folder) return undefined;
  const root = folder.uri.fsPath;
  const isRoot = folder.uri.path === uri.path;
  const path = isRoot ? '' : placeOf(uri).path;
  const label = isRoot ? folderLabel(root, '') : path;
  return {
    label,
    async read(signal) {
      if (!isRoot && !(await uriIn(root, path))) return refused(label, path, l10n.t('leads out of the folder'));
      return (await isFolder(uri)) ? folderContext(glm, root, path, signal) : fileContext(uri);
    },
  };
}

/** Context for a place that is not in the workspace: it says so where the user looks for it. */
const outside = (uri: vscode.Uri): ComingContext => {
  const label = basename(uri.path);
  return { label, read: async () => refused(label, label, l10n.t('not in the open folder')) };
};

/** Every place as context; those outside of the workspace with the reason why nothing of them goes along. */
export const contextsAt = (glm: Glm, uris: readonly vscode.Uri[]): ComingContext[] =>
  uris.slice(0, mostPaths).map((uri) => contextAt(glm, uri) ?? outside(uri));

/** The address that a dropped or pasted line is; undefined where it is none of a file. */
function addressOf(line: string): vscode.Uri | undefined {
  if (isAbsolute(line)) return vscode.Uri.file(line);
  try {
    const { scheme, path } = vscode.Uri.parse(line, true);
    // The window calls the files of a remote machine by another scheme than the extensions that run on it.
    return scheme === 'file' || scheme === 'vscode-remote' ? vscode.Uri.file(path) : undefined;
  } catch {
    return undefined;
  }
}

/** What dropped or pasted lines stand for; nothing where none of them is in the workspace: they may just be text. */
export function droppedContexts(glm: Glm, lines: readonly string[]): ComingContext[] {
  const uris = lines.map(addressOf).filter((uri) => uri !== undefined);
  const isMeant = uris.some((uri) => vscode.workspace.getWorkspaceFolder(uri));
  return isMeant ? contextsAt(glm, uris) : [];
}
