import * as vscode from 'vscode';
import { type PendingEdit, rangeOf } from './pendingEdit.ts';

/** Tells the keybindings whether the cursor is at an edit, and how far that is: elsewhere Escape means something else. */
export function createEditContext(): { draw(edits: readonly PendingEdit[]): void } {
  let told = '';
  return {
    draw(edits) {
      const editor = vscode.window.activeTextEditor;
      const here = edits.find(
        (edit) => edit.document === editor?.document && rangeOf(edit).intersection(editor.selection) !== undefined,
      );
      const phase = here?.state.phase ?? '';
      if (phase === told) return;
      told = phase;
      void vscode.commands.executeCommand('setContext', 'glmCoder.inlineEdit', phase);
    },
  };
}
