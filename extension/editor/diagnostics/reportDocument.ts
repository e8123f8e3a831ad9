import * as vscode from 'vscode';

/** A report as a document of its own: read-only, so that closing it asks for nothing. */
export interface ReportDocument extends vscode.Disposable {
  show(text: string): Promise<void>;
}

const address = vscode.Uri.from({ scheme: 'glm-coder-doctor', path: 'GLM Coder Report.md' });

/** Registers the document; it shows when there is something to show. */
export function createReportDocument(): ReportDocument {
  let report = '';
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(address.scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => report,
  });
  return {
    async show(text) {
      report = text;
      changed.fire(address);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(address));
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}
