import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { placeOf } from './place.ts';
import type { SteeringStore } from './steering.ts';

/** Shows in the Explorer what is pinned and what is excluded, and lets its menu reset that. */
export function markSteering(steering: SteeringStore): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();

  function decorate(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const { root, path } = uri.scheme === 'file' ? placeOf(uri) : { root: undefined, path: '' };
    const { pinned = [], excluded = [] } = (root !== undefined && steering.get(root)) || {};
    if (excluded.includes(path))
      return new vscode.FileDecoration('⊘', l10n.t('Excluded from the context of GLM Coder'));
    if (!pinned.some((pin) => pin.path === path)) return undefined;
    return new vscode.FileDecoration('◆', l10n.t('Pinned in the context of GLM Coder'));
  }

  /** Tells the Explorer's menu which paths have a rule of their own. */
  function tellMenus(): void {
    const paths = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri: { fsPath } }) => {
      const { pinned = [], excluded = [], levels = {} } = steering.get(fsPath) ?? {};
      const all = [...pinned.map(({ path }) => path), ...excluded, ...Object.keys(levels)];
      return all.map((path) => vscode.Uri.joinPath(vscode.Uri.file(fsPath), ...path.split('/')).fsPath);
    });
    void vscode.commands.executeCommand('setContext', 'glmCoder.steered', paths);
  }

  tellMenus();
  return vscode.Disposable.from(
    changed,
    vscode.window.registerFileDecorationProvider({
      onDidChangeFileDecorations: changed.event,
      provideFileDecoration: decorate,
    }),
    steering.onChange(() => {
      changed.fire(undefined);
      tellMenus();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(tellMenus),
  );
}
