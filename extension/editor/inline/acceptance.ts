import * as vscode from 'vscode';
import type { Usage } from '../../core/backend/backend.ts';
import type { Statistics } from '../../core/completion/statistics.ts';
import type { Glm } from '../../core/glm.ts';

/** Learns what becomes of suggestions. */
export interface Acceptance extends vscode.Disposable {
  /** What VS Code runs when a suggestion was accepted whole. */
  commandFor(document: vscode.TextDocument, position: vscode.Position, text: string): vscode.Command;
  /** A suggestion was handed to VS Code. */
  shown(document: vscode.TextDocument, milliseconds: number, isReused: boolean): void;
  /** What the newest answer took. */
  answered(usage: Usage | undefined): void;
}

const accepted = 'glmCoder.inlineAccepted';
const dismissed = 'glmCoder.dismissInline';

/** Milliseconds after which an accepted text counts as kept if most of it still stands. */
const judgedAfter = 30_000;

/** Lines by which it may have moved. */
const moved = 40;

/** Share of its lines that must stand. */
const mostOfIt = 0.8;

/** Creates the watch over suggestions; `refresh` has VS Code ask for the next one. */
export function createAcceptance(glm: Glm, statistics: Statistics, refresh: () => Promise<void>): Acceptance {
  const timers = new Set<NodeJS.Timeout>();
  let usage: Usage | undefined;
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
  }

  const commands = vscode.Disposable.from(
    vscode.commands.registerCommand(accepted, async (uri: vscode.Uri, line: number, text: string) => {
      glm.inline.accepted();
      last = undefined;
      const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
      if (document) {
        statistics.accepted(document.languageId, text.length);
        const timer = setTimeout(() => {
          timers.delete(timer);
          judge(document, line, text);
        }, judgedAfter);
        timers.add(timer);
      }
      // VS Code itself would ask at the next key only.
      await refresh();
    }),
    vscode.commands.registerCommand(dismissed, async () => {
      glm.inline.dismissed();
      await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
    }),
  );

  return {
    commandFor: ({ uri }, { line }, text) => ({ title: '', command: accepted, arguments: [uri, line, text] }),
    shown({ uri, languageId }, milliseconds, isReused) {
      const line = vscode.window.activeTextEditor?.selection.active.line ?? 0;
      const isSame = last?.uri === uri.toString() && last.line === line && isReused;
      last = { uri: uri.toString(), line };
      if (isSame) return;
      statistics.shown(languageId, milliseconds, isReused ? undefined : usage, isReused);
      usage = undefined;
    },
    answered(newest) {
      usage = newest;
    },
    dispose() {
      for (const timer of timers) clearTimeout(timer);
      commands.dispose();
    },
  };
}
