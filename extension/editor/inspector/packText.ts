import * as vscode from 'vscode';

/** The exact text of the pack that the inspector shows, as a read-only document. */
export interface PackText extends vscode.Disposable {
  /** Takes over another text; where its document is open, it changes. */
  set(text: string): void;
  open(): Promise<void>;
}

const address = vscode.Uri.from({ scheme: 'glm-coder-pack', path: 'GLM Coder Pack.txt' });

/** Creates the document. */
export function createPackText(): PackText {
  let text = '';
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(address.scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => text,
  });
  return {
    set(next) {
      text = next;
      if (vscode.workspace.textDocuments.some(({ uri }) => uri.scheme === address.scheme)) changed.fire(address);
    },
    async open() {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(address), { preview: false });
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}
