import * as vscode from 'vscode';

/** Milliseconds without another change before it is told: a branch switch changes thousands of files. */
const settled = 1_000;

/** Changes that say nothing about sources. */
const ignored = /(^|[\\/])(\.git|node_modules)[\\/]/;

/** Tells when files of the workspace were saved, made, renamed or taken away. */
export function watchFiles(changed: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const note = (uri: vscode.Uri): void => {
    if (uri.scheme !== 'file' && uri.scheme !== 'vscode-remote') return;
    if (ignored.test(uri.path)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, settled);
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(note),
    watcher.onDidCreate(note),
    watcher.onDidDelete(note),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => note(uri)),
    vscode.workspace.onDidChangeWorkspaceFolders(changed),
    { dispose: () => clearTimeout(timer) },
  );
}
