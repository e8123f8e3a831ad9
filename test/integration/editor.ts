import * as vscode from 'vscode';

/** The folder that the tests work in. */
export function root(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('the tests need a folder');
  return folder.uri;
}

/** Writes a file of the folder. */
export async function writeFile(path: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(root(), path);
  await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  return uri;
}

/** Opens a file with the cursor at a place, both 0-based. */
export async function openAt(uri: vscode.Uri, line: number, character: number): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(uri);
  const position = new vscode.Position(line, character);
  editor.selection = new vscode.Selection(position, position);
  return editor;
}

/** Waits until something is true. @throws Error after `limit` ms. */
export async function eventually(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  limit = 15_000,
): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`not in ${limit} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Drops every unsaved change and closes all editors. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
