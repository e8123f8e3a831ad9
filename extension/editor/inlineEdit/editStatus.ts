import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { sizeOf } from './editThreads.ts';
import type { PendingEdit } from './pendingEdit.ts';

function words(edit: PendingEdit): { readonly text: string; readonly spoken: string } {
  switch (edit.state.phase) {
    case 'asking':
    case 'waiting':
      return { text: `$(loading~spin) ${l10n.t('Edit')}`, spoken: l10n.t('Waiting for the model to edit.') };
    case 'writing':
      return { text: `$(loading~spin) ${l10n.t('Edit')}`, spoken: l10n.t('The model is writing the edit.') };
    case 'failed':
      return { text: `$(error) ${l10n.t('Edit')}`, spoken: edit.state.error.summary };
    case 'proposed': {
      const { added, removed } = sizeOf(edit);
      const spoken = l10n.t('The edit is ready: {0} lines added, {1} removed. Accept or reject it.', added, removed);
      return { text: `$(sparkle) +${added} −${removed}`, spoken };
    }
  }
}

/** Tells in the status bar, and to screen readers, how far the last edit is; a click shows it. */
export function createEditStatus(): vscode.Disposable & { draw(edit: PendingEdit | undefined): void } {
  const item = vscode.window.createStatusBarItem('glmCoder.inlineEdit', vscode.StatusBarAlignment.Right, 99);
  item.name = l10n.t('GLM Coder: Edit');
  return {
    draw(edit) {
      if (!edit) return item.hide();
      const { text, spoken } = words(edit);
      item.text = text;
      item.tooltip = `${edit.instruction}\n${spoken}`;
      // A live region: what changes in it is read out.
      item.accessibilityInformation = { label: spoken, role: 'status' };
      item.command = { command: 'glmCoder.revealEdit', title: l10n.t('Show Edit'), arguments: [edit.document.uri] };
      item.show();
    },
    dispose: () => item.dispose(),
  };
}
