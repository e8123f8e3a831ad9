import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { uriIn } from '../place.ts';

/** The editor that was used last; the sidebar has the keyboard when this is asked. */
const lastEditor = (): vscode.TextEditor | undefined =>
  vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];

/** Puts code in place of the selection of the last editor, as one step to undo, and gives that the keyboard. */
export async function insertAtCursor(text: string): Promise<void> {
  const editor = lastEditor();
  if (!editor) {
    void vscode.window.showInformationMessage(l10n.t('No editor is open to put the code into.'));
    return;
  }
  const isDone = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (isDone) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  else void vscode.window.showWarningMessage(l10n.t('The code was not inserted: the file cannot be changed.'));
}

/** Names under which Markdown has languages, where VS Code has others. */
const aliases: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  sh: 'shellscript',
  shell: 'shellscript',
  zsh: 'shellscript',
  'c++': 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  golang: 'go',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  md: 'markdown',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  ts: 'typescript',
  tsx: 'typescriptreact',
  yml: 'yaml',
};

/** Opens code as a file that has no name yet. */
export async function openAsFile(text: string, fenceLanguage: string): Promise<void> {
  const name = fenceLanguage.toLowerCase();
  const language = aliases[name] ?? name;
  const known = await vscode.languages.getLanguages();
  const document = await vscode.workspace.openTextDocument({
    content: text,
    ...(known.includes(language) ? { language } : {}),
  });
  await vscode.window.showTextDocument(document);
}

/** Opens lines of a file below a folder, 1-based; a path that leads out of it is not followed. */
export async function openPlace(
  root: string | undefined,
  { path, startLine, endLine }: { readonly path: string; readonly startLine: number; readonly endLine: number },
): Promise<void> {
  const uri = root === undefined ? undefined : await uriIn(root, path);
  if (!uri) return;
  try {
    const selection = new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER);
    await vscode.window.showTextDocument(uri, { selection, preview: true });
  } catch {
    void vscode.window.showWarningMessage(l10n.t('{0} cannot be opened. It may have been moved or deleted.', path));
  }
}
