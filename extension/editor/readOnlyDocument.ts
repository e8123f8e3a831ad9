import * as vscode from 'vscode';

/** A text as a document of its own: read-only, so that closing it asks for nothing. */
export interface ReadOnlyDocument extends vscode.Disposable {
  /** Takes over another text; where the document is open, it changes. */
  set(text: string): void;
  /** Puts it before the user, in a tab that stays. */
  open(): Promise<void>;
}

/** Registers the only document of an address's scheme. */
export function createReadOnlyDocument(address: vscode.Uri): ReadOnlyDocument {
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
