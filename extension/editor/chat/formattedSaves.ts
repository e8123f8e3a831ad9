import * as vscode from 'vscode';
import type { Writing } from '../../core/conversation/edits/review.ts';
import { uriIn } from '../place.ts';

/** A file as we left it, and as it was saved after. */
export interface FormattedSave {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Told of a save that formatted what we wrote. */
type Formatted = (save: FormattedSave) => Promise<void>;

/**
 * Follows files that we wrote until they are saved. What is done to a text while it is saved (formatting, organising imports)
 * was not done by the user, so that it can be restored like our own: provided that the save began with just what we wrote.
 */
export interface FormattedSaves extends vscode.Disposable {
  follow(root: string, writings: readonly Writing[], formatted: Formatted): void;
}

/** Begins to listen to saves. */
export function followSaves(failed: (error: unknown) => void): FormattedSaves {
  interface Followed {
    readonly path: string;
    readonly text: string;
    readonly formatted: Formatted;
    /** A save of just this text is under way. */
    isSaving: boolean;
  }
  const followed = new Map<string, Followed>();
  const keyOf = ({ uri }: vscode.TextDocument): string => uri.toString();

  const subscriptions = vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document }) => {
      const file = followed.get(keyOf(document));
      if (!file) return;
      file.isSaving = document.getText() === file.text;
      // The user wrote something: from now on the file is theirs.
      if (!file.isSaving) followed.delete(keyOf(document));
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const file = followed.get(keyOf(document));
      if (!file?.isSaving) return;
      followed.delete(keyOf(document));
      const after = document.getText();
      if (after === file.text) return;
      void file.formatted({ path: file.path, before: file.text, after }).catch(failed);
    }),
  );

  return {
    follow(root, writings, formatted) {
      for (const { path: from, to, after } of writings) {
        const path = to ?? from;
        const uri = uriIn(root, path);
        if (!uri || after === undefined) continue;
        followed.set(uri.toString(), { path, text: after, formatted, isSaving: false });
      }
    },
    dispose() {
      subscriptions.dispose();
      followed.clear();
    },
  };
}
