import * as vscode from 'vscode';
import type { Usage } from '../../core/backend/backend.ts';
import type { Statistics } from '../../core/completion/statistics.ts';
import type { Glm } from '../../core/glm.ts';

/** Learns what becomes of suggestions. */
export interface Acceptance extends vscode.Disposable {
  /** A suggestion was accepted whole in the active editor. */
  accepted(text: string): void;
  /** A suggestion was handed to VS Code. */
  shown(document: vscode.TextDocument, milliseconds: number, isReused: boolean): void;
  /** What the newest answer took. */
  answered(usage: Usage | undefined): void;
}

/**
 * What VS Code runs when a suggestion was accepted: it asks for the next one. Without arguments it is run where the editor
 * is; a command of ours would go to the extension host and back first.
 */
export const askForNext: vscode.Command = { title: '', command: 'editor.action.inlineSuggest.trigger' };

const dismissed = 'glmCoder.dismissInline';

/** Milliseconds after which an accepted text counts as kept if most of it still stands. */
const judgedAfter = 30_000;

/** Lines by which it may have moved. */
const moved = 40;

/** Share of its lines that must stand. */
const mostOfIt = 0.8;

/** Creates the watch over suggestions; `changed` is told when the statistics have. */
export function createAcceptance(glm: Glm, statistics: Statistics, changed: () => void): Acceptance {
  const timers = new Set<NodeJS.Timeout>();
  /** What is shown now: VS Code asks again at every key while it is followed. */
  let last: { readonly uri: string; readonly line: number } | undefined;

  function judge(document: vscode.TextDocument, line: number, text: string): void {
    if (document.isClosed) return;
    const from = Math.max(0, line - moved);
    const to = Math.min(document.lineCount, line + moved + text.split('\n').length);
    const around = document.getText(new vscode.Range(from, 0, to, 0));
    const lines = text
      .split('\n')
      .map((each) => each.trim())
      .filter((each) => each !== '');
    const standing = lines.filter((each) => around.includes(each)).length;
    statistics.judged(document.languageId, standing >= mostOfIt * lines.length);
    changed();
  }

  const command = vscode.commands.registerCommand(dismissed, async () => {
    glm.inline.dismissed();
    await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
  });

  return {
    accepted(text) {
      last = undefined;
      const editor = vscode.window.activeTextEditor;
      if (!editor) return;
      const { document, selection } = editor;
      statistics.accepted(document.languageId, text.length);
      changed();
      const line = Math.max(0, selection.active.line - text.split('\n').length);
      const timer = setTimeout(() => {
        timers.delete(timer);
        judge(document, line, text);
      }, judgedAfter);
      timers.add(timer);
    },
    shown({ uri, languageId }, milliseconds, isReused) {
      const line = vscode.window.activeTextEditor?.selection.active.line ?? 0;
      const isSame = last?.uri === uri.toString() && last.line === line && isReused;
      last = { uri: uri.toString(), line };
      if (isSame) return;
      statistics.shown(languageId, milliseconds, isReused);
      changed();
    },
    answered(usage) {
      const language = vscode.window.activeTextEditor?.document.languageId;
      if (usage && language !== undefined) statistics.answered(language, usage);
      changed();
    },
    dispose() {
      for (const timer of timers) clearTimeout(timer);
      command.dispose();
    },
  };
}
