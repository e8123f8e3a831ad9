import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Glm } from '../../core/glm.ts';
import { signalOf } from '../cancellation.ts';

/** Shows what answers where and what it can do. */
export interface Doctor extends vscode.Disposable {
  show(): Promise<void>;
}

const address = vscode.Uri.from({ scheme: 'glm-coder-doctor', path: 'GLM Coder Doctor.txt' });

/** Creates "Doctor": its report is a read-only document that can be copied; no key is in it. */
export function createDoctor(glm: Glm): Doctor {
  let report = '';
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(address.scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => report,
  });
  return {
    async show() {
      const title = l10n.t('Looking for model servers…');
      const { lines } = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title, cancellable: true },
        (_, token) => glm.diagnose(signalOf(token)),
      );
      report = `${lines.join('\n')}\n`;
      changed.fire(address);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(address));
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}
