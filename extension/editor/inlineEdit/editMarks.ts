import * as vscode from 'vscode';
import { type DiffLine, lineDiff } from '../../core/conversation/inlineEdit/lineDiff.ts';
import { accepting, linesNow, type PendingEdit, rangeOf } from './pendingEdit.ts';

/** The difference that an edit makes of the lines as they are now; empty where none is known. */
export function differenceOf(edit: PendingEdit): readonly DiffLine[] {
  const { state } = edit;
  if (state.phase === 'writing') return lineDiff(linesNow(edit), state.lines, false);
  const accepted = accepting(edit);
  return accepted ? lineDiff(linesNow(edit), accepted.lines, true) : [];
}

/** What marks the lines of edits in the editors that show them. */
export interface EditMarks extends vscode.Disposable {
  draw(edits: readonly PendingEdit[]): void;
}

/** Creates the marks: lines that are meant have a bar, and those that will go are struck through. */
export function createEditMarks(): EditMarks {
  const meant = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.modifiedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  const going = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('diffEditor.removedLineBackground'),
  });
  // By a line as well as by colour: high contrast themes have no such background.
  const struck = vscode.window.createTextEditorDecorationType({ textDecoration: 'line-through' });
  return {
    draw(edits) {
      for (const editor of vscode.window.visibleTextEditors) {
        const own = edits.filter(({ document }) => document === editor.document);
        const gone = own.flatMap((edit) => {
          const first = rangeOf(edit).start.line;
          return differenceOf(edit).flatMap(({ sign, at }) => (sign === '-' ? [first + at] : []));
        });
        const lines = gone
          .filter((line) => line < editor.document.lineCount)
          .map((line) => editor.document.lineAt(line));
        editor.setDecorations(meant, own.map(rangeOf));
        editor.setDecorations(
          going,
          lines.map(({ range }) => range),
        );
        editor.setDecorations(
          struck,
          lines
            .filter(({ isEmptyOrWhitespace }) => !isEmptyOrWhitespace)
            .map(({ range, firstNonWhitespaceCharacterIndex: from }) => range.with(range.start.with(undefined, from))),
        );
      }
    },
    dispose: () => vscode.Disposable.from(meant, going, struck).dispose(),
  };
}
