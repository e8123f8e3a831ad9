import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type PendingEdit, rangeOf } from './pendingEdit.ts';

/** What can be done with an edit, by how far it is. */
function actionsFor({ state }: PendingEdit): readonly (readonly [title: string, command: string])[] {
  const again = [`$(refresh) ${l10n.t('Try Again')}`, 'retryEdit'] as const;
  switch (state.phase) {
    case 'asking':
      return [];
    case 'waiting':
    case 'writing':
      return [[`$(debug-stop) ${l10n.t('Stop')}`, 'rejectEdit']];
    case 'failed':
      return [again, [`$(close) ${l10n.t('Close')}`, 'rejectEdit']];
    case 'proposed':
      return [
        [`$(check) ${l10n.t('Accept')}`, 'acceptEdit'],
        [`$(close) ${l10n.t('Reject')}`, 'rejectEdit'],
        again,
        [`$(diff) ${l10n.t('Show Diff')}`, 'showEditDiff'],
      ];
  }
}

/** Shows what can be done above the lines of each edit. */
export function createEditLenses(edits: () => readonly PendingEdit[]): vscode.Disposable & { draw(): void } {
  const changed = new vscode.EventEmitter<void>();
  const registration = vscode.languages.registerCodeLensProvider([{ scheme: '*' }], {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) =>
      edits()
        .filter((edit) => edit.document === document)
        .flatMap((edit) => {
          const range = rangeOf(edit);
          return actionsFor(edit).map(
            ([title, command]) =>
              new vscode.CodeLens(range, { title, command: `glmCoder.${command}`, arguments: [document.uri] }),
          );
        }),
  });
  return { draw: () => changed.fire(), dispose: () => vscode.Disposable.from(registration, changed).dispose() };
}
