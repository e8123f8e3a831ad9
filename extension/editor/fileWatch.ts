import * as vscode from 'vscode';

/** Milliseconds without another change before it is told: a branch switch changes thousands of files. */
const settled = 1_000;

/** Changes that say nothing about sources. */
const ignored = /(^|[\\/])(\.git|node_modules)[\\/]/;

/** Tells of files of the workspace that were saved, made, renamed or taken away. */
export interface FileWatch extends vscode.Disposable {
  /** Told once they have come to rest. */
  readonly onChange: vscode.Event<void>;
}

/** Begins to watch. */
export function watchFiles(): FileWatch {
  const changes = new vscode.EventEmitter<void>();
  const changed = (): void => changes.fire();
  let timer: NodeJS.Timeout | undefined;
  const note = (uri: vscode.Uri): void => {
    if (uri.scheme !== 'file' && uri.scheme !== 'vscode-remote') return;
    if (ignored.test(uri.path)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, settled);
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  const events = vscode.Disposable.from(
    changes,
    watcher,
    watcher.onDidChange(note),
    watcher.onDidCreate(note),
    watcher.onDidDelete(note),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => note(uri)),
    vscode.workspace.onDidChangeWorkspaceFolders(changed),
    { dispose: () => clearTimeout(timer) },
  );
  return { onChange: changes.event, dispose: () => events.dispose() };
}
