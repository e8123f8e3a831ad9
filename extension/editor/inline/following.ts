import * as vscode from 'vscode';
import type { Glm } from '../../core/glm.ts';
import type { RecentFiles } from '../recentFiles.ts';
import { inlineEnabled } from '../settings.ts';
import { isCompleted, requestAt } from './requestAt.ts';
import type { Snooze } from './snooze.ts';

/** Follows what the user types, ahead of VS Code's own question for completions, which comes 50 ms later. */
export interface Following extends vscode.Disposable {
  /** The question that VS Code asks now is one of ours, not the user's. */
  readonly isRefreshing: boolean;
  /** Has VS Code ask again, and show what there is by now in place of what it shows. */
  refresh(): Promise<void>;
}

/** Milliseconds in which the cursor's new place is told after a change; they come one after the other. */
const cursorPatience = 10;

/** Milliseconds of rest in a file that was opened or come back to, and after a click in it, before anything is asked ahead. */
const restInFile = 300;
const restAtPlace = 800;

/** Characters of a change that may have been typed, or accepted; more was pasted or generated. */
const longestTyped = 2_000;

/** Starts to follow. */
export function follow(glm: Glm, recent: RecentFiles, snooze: Snooze): Following {
  let isRefreshing = false;
  let changed: vscode.TextDocument | undefined;
  let late: NodeJS.Timeout | undefined;
  let warming: NodeJS.Timeout | undefined;

  const isOn = (document: vscode.TextDocument): boolean =>
    isCompleted(document) && snooze.why === undefined && inlineEnabled(document);

  function go(): void {
    clearTimeout(late);
    const editor = vscode.window.activeTextEditor;
    const document = changed;
    changed = undefined;
    if (!document || editor?.document !== document || !editor.selection.isEmpty || !isOn(document)) return;
    const place = requestAt(document, editor.selection.active, recent);
    if (place) glm.inline.follow(place.request);
  }

  function warmSoon(editor: vscode.TextEditor | undefined, rest: number): void {
    clearTimeout(warming);
    if (!editor || !isOn(editor.document)) return;
    warming = setTimeout(() => {
      if (vscode.window.activeTextEditor !== editor) return;
      if (!editor.selection.isEmpty) return;
      const place = requestAt(editor.document, editor.selection.active, recent);
      if (place) glm.inline.warm(place.request);
    }, rest);
  }

  const events = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      const [change] = contentChanges;
      if (!change || document !== vscode.window.activeTextEditor?.document) return;
      clearTimeout(warming);
      if (reason !== undefined || contentChanges.length > 1 || change.text.length > longestTyped) return;
      changed = document;
      clearTimeout(late);
      late = setTimeout(go, cursorPatience);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      if (textEditor.document === changed) go();
      else if (kind !== undefined && textEditor === vscode.window.activeTextEditor) warmSoon(textEditor, restAtPlace);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => warmSoon(editor, restInFile)),
  );
  warmSoon(vscode.window.activeTextEditor, restInFile);

  return {
    get isRefreshing() {
      return isRefreshing;
    },
    async refresh() {
      const editor = vscode.window.activeTextEditor;
      if (!editor || !isOn(editor.document) || !vscode.window.state.focused) return;
      isRefreshing = true;
      try {
        // VS Code keeps what it shows for as long as it fits, so it must let go of that first.
        await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
        await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      } finally {
        isRefreshing = false;
      }
    },
    dispose() {
      clearTimeout(late);
      clearTimeout(warming);
      events.dispose();
    },
  };
}
