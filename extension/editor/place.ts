import * as vscode from 'vscode';
import { staysInside } from './realPath.ts';

/** Where a document belongs: its workspace folder and its path in it, with `/`. */
export interface WorkspacePlace {
  /** Absolute path of the folder; undefined for a document outside of every folder. */
  readonly root: string | undefined;
  readonly path: string;
}

/** The notebook of a cell; undefined for every other document. A cell's address may name the host, its notebook's does not. */
export function notebookOf({ scheme, path }: vscode.Uri): vscode.NotebookDocument | undefined {
  if (scheme !== 'vscode-notebook-cell') return undefined;
  return vscode.workspace.notebookDocuments.find(({ uri }) => uri.path === path);
}

/** Tells where a document belongs; a cell belongs where its notebook does. */
export function placeOf(uri: vscode.Uri): WorkspacePlace {
  const file = notebookOf(uri)?.uri ?? uri;
  const folder = file.scheme === 'file' ? vscode.workspace.getWorkspaceFolder(file) : undefined;
  if (!folder) return { root: undefined, path: uri.path.split('/').at(-1) ?? '' };
  return { root: folder.uri.fsPath, path: vscode.workspace.asRelativePath(file, false) };
}

/** The folder that a conversation is about: the active editor's, or the first. */
export function activeRoot(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const own = uri && placeOf(uri).root;
  return own ?? vscode.workspace.workspaceFolders?.find(({ uri: { scheme } }) => scheme === 'file')?.uri.fsPath;
}

/** The unsaved buffers of a folder: text by relative path. */
export function unsavedIn(root: string): Record<string, string> {
  const unsaved: Record<string, string> = {};
  for (const document of vscode.workspace.textDocuments) {
    const place = placeOf(document.uri);
    if (document.isDirty && document.uri.scheme === 'file' && place.root === root)
      unsaved[place.path] = document.getText();
  }
  return unsaved;
}

/** The address of a path in a folder, or undefined where the path leads out of it, be it by a symbolic link. */
export async function uriIn(root: string, path: string): Promise<vscode.Uri | undefined> {
  const parts = path.split('/');
  if (path === '' || path.startsWith('/') || /^[a-z]:/i.test(path) || path.includes('\\') || parts.includes('..')) {
    return undefined;
  }
  return (await staysInside(root, path)) ? vscode.Uri.joinPath(vscode.Uri.file(root), ...parts) : undefined;
}
