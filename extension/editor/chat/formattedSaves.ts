import * as vscode from 'vscode';
import type { Writing } from '../../core/conversation/edits/review.ts';

/** A file as we left it, and as it was saved after. */
export interface FormattedSave {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Told of a save that formatted what we wrote. */
type Formatted = (save: FormattedSave) => Promise<void>;

/**
 * Follows files that we wrote until they are saved. What a formatter does to a text while it is saved was not done by the user, so
 * that it can be restored like our own. VS Code does not tell whose a change is: it counts as the formatter's where it came
 * just before the save, and words are the same.
 */
export interface FormattedSaves extends vscode.Disposable {
  /** Begins to follow files that are about to be written. */
  follow(root: string, writings: readonly Writing[], formatted: Formatted): void;
}

/** Milliseconds between the first change of a formatter and the end of the save, at the most. */
const longestSave = 1_000;

/** A text without all that formatters add, take away or replace. */
const words = (text: string): string => text.replace(/[\s"'`;,()]+/g, '');

/** Begins to listen to saves. */
export function followSaves(failed: (error: unknown) => void): FormattedSaves {
  interface Followed {
    readonly path: string;
    readonly text: string;
    readonly formatted: Formatted;
    /** When the text became another than ours; undefined while it is ours. */
    changed: number | undefined;
  }
  const followed = new Map<string, Followed>();
  const keyOf = ({ uri }: vscode.TextDocument): string => uri.toString();

  const subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const file = contentChanges.length > 0 ? followed.get(keyOf(document)) : undefined;
      if (!file) return;
      if (document.getText() === file.text) file.changed = undefined;
      else file.changed ??= performance.now();
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const file = followed.get(keyOf(document));
      const after = document.getText();
      // Saved as we wrote it, it may still be formatted by the next save.
      if (!file || after === file.text) return;
      followed.delete(keyOf(document));
      const isQuick = file.changed !== undefined && performance.now() - file.changed < longestSave;
      if (!isQuick || words(after) !== words(file.text)) return;
      void file.formatted({ path: file.path, before: file.text, after }).catch(failed);
    }),
  );

  return {
    follow(root, writings, formatted) {
      for (const { path: from, to, after } of writings) {
        const path = to ?? from;
        if (after === undefined) continue;
        const uri = vscode.Uri.joinPath(vscode.Uri.file(root), path);
        followed.set(uri.toString(), { path, text: after, formatted, changed: undefined });
      }
    },
    dispose() {
      subscriptions.dispose();
      followed.clear();
    },
  };
}
