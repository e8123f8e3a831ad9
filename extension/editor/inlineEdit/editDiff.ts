import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { placeOf } from '../place.ts';
import { accepting, type PendingEdit } from './pendingEdit.ts';

/** Address scheme of what a file would be once its edit is accepted, on the right of the diff editor. */
const scheme = 'glm-coder-edit';

const addressOf = (uri: vscode.Uri): vscode.Uri => vscode.Uri.from({ scheme, path: uri.path, query: uri.toString() });

/** The file that an address belongs to: its own, or that of the text proposed for it. */
export const fileOf = (uri: vscode.Uri): vscode.Uri => (uri.scheme === scheme ? vscode.Uri.parse(uri.query) : uri);

/** Shows edits in VS Code's own diff editor. */
export interface EditDiffs extends vscode.Disposable {
  show(edit: PendingEdit): Promise<void>;
  draw(edits: readonly PendingEdit[]): void;
  close(uri: vscode.Uri): Promise<void>;
}

/** Creates the diffs; they follow what the user writes meanwhile. */
export function createEditDiffs(edits: () => readonly PendingEdit[]): EditDiffs {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent(uri) {
      const edit = edits().find(({ document }) => document.uri.toString() === uri.query);
      const text = edit?.document.getText() ?? '';
      const change = edit && accepting(edit)?.change;
      return change ? text.slice(0, change.offset) + change.text + text.slice(change.offset + change.length) : text;
    },
  });
  return {
    async show({ document }) {
      const { path } = placeOf(document.uri);
      const title = l10n.t('{0} (proposed)', path);
      await vscode.commands.executeCommand('vscode.diff', document.uri, addressOf(document.uri), title, {
        preview: true,
      });
    },
    draw(all) {
      for (const { document } of all) changed.fire(addressOf(document.uri));
    },
    async close(uri) {
      const address = addressOf(uri).toString();
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const own = ({ input }: vscode.Tab) =>
        input instanceof vscode.TabInputTextDiff && input.modified.toString() === address;
      await vscode.window.tabGroups.close(tabs.filter(own), true);
    },
    dispose: () => vscode.Disposable.from(registration, changed).dispose(),
  };
}
