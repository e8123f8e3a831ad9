import * as vscode from 'vscode';
import type { Attachment } from '../../core/conversation/attachments.ts';
import { placeName } from '../../core/conversation/attachments.ts';
import type { Glm } from '../../core/glm.ts';
import { largestFile, leftOutByName } from '../../core/repository/leftOut.ts';
import type { Chip } from '../../protocol/chat.ts';
import { placeOf } from '../place.ts';

/** Milliseconds of rest before the tokens of a changing selection are counted. */
const countAfter = 250;

/** The selection and the open file as context for the next message. */
export interface Chips extends vscode.Disposable {
  current(): readonly Chip[];
  toggle(id: Chip['id']): void;
  /** What the included chips stand for, read now. */
  attachments(): readonly Attachment[];
}

/** The selected lines of an editor, or undefined where nothing is selected. */
export function selectionOf(editor: vscode.TextEditor): Attachment | undefined {
  const { selection, document } = editor;
  if (selection.isEmpty) return undefined;
  // A selection that ends at the beginning of a line does not mean that line.
  const lastLine = selection.end.character === 0 ? selection.end.line - 1 : selection.end.line;
  const whole = new vscode.Range(selection.start.line, 0, lastLine, document.lineAt(lastLine).text.length);
  return {
    path: placeOf(document.uri).path,
    languageId: document.languageId,
    text: document.getText(whole),
    lines: [selection.start.line + 1, lastLine + 1],
  };
}

/** A whole document, or undefined where it may not leave the machine or is too large to be read. */
export function wholeOf(document: vscode.TextDocument): Attachment | undefined {
  const { path } = placeOf(document.uri);
  const end = document.lineAt(document.lineCount - 1).range.end;
  const characters = document.offsetAt(end);
  if (characters === 0 || leftOutByName(path, characters) || characters > largestFile) return undefined;
  return { path, languageId: document.languageId, text: document.getText() };
}

const isText = (editor: vscode.TextEditor | undefined): editor is vscode.TextEditor =>
  editor !== undefined && ['file', 'untitled', 'vscode-remote'].includes(editor.document.uri.scheme);

/** Follows the active editor and reports the chips whenever they change. */
export function createChips(glm: Glm, changed: (chips: readonly Chip[]) => void): Chips {
  const included: Record<Chip['id'], boolean> = { selection: true, file: false };
  const tokens = new Map<string, number>();
  let editor = isText(vscode.window.activeTextEditor) ? vscode.window.activeTextEditor : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function found(): [Chip['id'], Attachment][] {
    if (!editor || editor.document.isClosed) return [];
    const selection = leftOutByName(placeOf(editor.document.uri).path, 0) ? undefined : selectionOf(editor);
    const file = wholeOf(editor.document);
    return [...(selection ? [['selection', selection] as const] : []), ...(file ? [['file', file] as const] : [])].map(
      ([id, attachment]) => [id, attachment],
    );
  }

  const keyOf = (attachment: Attachment): string =>
    `${placeName(attachment)} ${editor?.document.version} ${attachment.text.length}`;

  const current = (): Chip[] =>
    found().map(([id, attachment]) => {
      const count = tokens.get(keyOf(attachment));
      const label = placeName({ ...attachment, path: attachment.path.split('/').at(-1) ?? '' });
      return { id, label, included: included[id], ...(count === undefined ? {} : { tokens: count }) };
    });

  async function count(): Promise<void> {
    const attachments = found().map(([, attachment]) => attachment);
    const keys = attachments.map(keyOf);
    const counts = await glm.count(attachments.map(({ text }) => text));
    tokens.clear();
    for (const [i, key] of keys.entries()) tokens.set(key, counts[i] ?? 0);
    changed(current());
  }

  function refresh(): void {
    changed(current());
    clearTimeout(timer);
    // A failed count leaves the chip without a number; the message is sent all the same.
    timer = setTimeout(() => void count().catch(() => {}), countAfter);
  }

  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor((next) => {
      // The sidebar taking the focus does not change what the user was looking at.
      if (next && !isText(next)) return;
      if (!next && vscode.window.visibleTextEditors.some((each) => each === editor)) return;
      editor = next;
      refresh();
    }),
    vscode.window.onDidChangeTextEditorSelection((event) => {
      if (event.textEditor === editor) refresh();
    }),
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === editor?.document) refresh();
    }),
  );
  refresh();

  return {
    current,
    toggle(id) {
      included[id] = !included[id];
      changed(current());
    },
    attachments: () => found().flatMap(([id, attachment]) => (included[id] ? [attachment] : [])),
    dispose() {
      clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}
