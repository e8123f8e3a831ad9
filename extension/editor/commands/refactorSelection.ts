import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { BackendError } from '../../core/backend/backendError.ts';
import type { Glm } from '../../core/glm.ts';
import type { ChatView } from '../chat/chatView.ts';
import { selectionOf, wholeOf } from '../chat/chips.ts';
import { placeOf } from '../place.ts';

/** "Refactor Selection…": the model's edits become a diff that the user accepts or rejects. */
export async function refactorSelection(glm: Glm, chat: ChatView): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selection = editor && selectionOf(editor);
  const whole = editor && wholeOf(editor.document);
  if (!selection) {
    void vscode.window.showInformationMessage(l10n.t('Select the code to refactor first.'));
    return;
  }
  if (!whole || placeOf(editor.document.uri).root === undefined) {
    const reason = l10n.t('Only files of an open folder can be refactored, and none that may hold secrets.');
    void vscode.window.showInformationMessage(reason);
    return;
  }
  const { backend } = await glm.probe(AbortSignal.timeout(10_000));
  if (!backend.writesEdits) {
    throw new BackendError({
      kind: 'no-model',
      summary: l10n.t('Refactoring needs a model, and none is connected.'),
      nextStep: l10n.t('Start a local model server or enter an API key.'),
      retryable: false,
      detail: 'refactor with the matcher',
    });
  }
  const instruction = await vscode.window.showInputBox({
    title: l10n.t('Refactor Selection'),
    prompt: l10n.t('What should change? The edits are shown as a diff before anything is changed.'),
    placeHolder: l10n.t('Extract the parsing into a function of its own'),
    ignoreFocusOut: true,
  });
  if (instruction?.trim()) await chat.begin('edit', instruction.trim(), [whole, selection]);
}
