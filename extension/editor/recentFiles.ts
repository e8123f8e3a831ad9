import * as vscode from 'vscode';
import { placeOf } from './place.ts';

/** Where the user has been. */
export interface RecentFiles extends vscode.Disposable {
  /** Paths in a folder that the user looked at or changed, the latest first, then those of other open tabs. */
  of(root: string): readonly string[];
}

/** Files that are remembered. */
const remembered = 20;

/** Follows which files the user looks at and changes. */
export function followRecentFiles(): RecentFiles {
  let visited: vscode.Uri[] = [];
  const note = (document: vscode.TextDocument | undefined): void => {
    const uri = document?.uri;
    if (uri?.scheme !== 'file' || uri === visited[0]) return;
    visited = [uri, ...visited.filter((other) => other.path !== uri.path)].slice(0, remembered);
  };
  note(vscode.window.activeTextEditor?.document);
  const events = vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor((editor) => note(editor?.document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) note(document);
    }),
  );

  return {
    of(root) {
      const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
      const open = tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
      const paths = [...visited, ...open].flatMap((uri) => {
        const place = placeOf(uri);
        return place.root === root ? [place.path] : [];
      });
      return [...new Set(paths)].slice(0, remembered);
    },
    dispose: () => events.dispose(),
  };
}
