import * as vscode from 'vscode';
import type { Attachment } from '../../core/conversation/attachments.ts';
import { placeName } from '../../core/conversation/attachments.ts';
import type { Glm } from '../../core/glm.ts';
import { leftOutByName } from '../../core/repository/leftOut.ts';
import type { Chip } from '../../protocol/chat.ts';
import { placeOf } from '../place.ts';

/** Milliseconds without a change before the chips are looked at again. */
const rest = 150;

/** Context that the user has chosen, under one name. */
export interface ChosenContext {
  readonly label: string;
  readonly attachments: readonly Attachment[];
}

/** The selection and the open file as context for the next message. */
export interface Chips extends vscode.Disposable {
  current(): readonly Chip[];
  /** Includes or leaves out what follows the editor; takes away what was added. */
  toggle(id: string): void;
  add(context: ChosenContext): void;
  /** Looks again, because the sidebar has become visible. */
  refresh(): void;
  /** What the included chips stand for, read now; what was added goes along once. */
  take(): readonly Attachment[];
  /** The open file and what is selected of it, whether included or not. */
  editor(): readonly Attachment[];
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
  const characters = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
  if (characters === 0 || leftOutByName(path, characters)) return undefined;
  return { path, languageId: document.languageId, text: document.getText() };
}

const isText = (editor: vscode.TextEditor | undefined): editor is vscode.TextEditor =>
  editor !== undefined && ['file', 'untitled', 'vscode-remote'].includes(editor.document.uri.scheme);

/** Follows the active editor and reports the chips whenever they change while the sidebar is visible. */
export function createChips(glm: Glm, visible: () => boolean, changed: (chips: readonly Chip[]) => void): Chips {
  const included: Record<'selection' | 'file', boolean> = { selection: true, file: false };
  let added: readonly (ChosenContext & { readonly id: string; readonly tokens?: number })[] = [];
  let names = 0;
  let counted = new Map<string, number>();
  let editor = isText(vscode.window.activeTextEditor) ? vscode.window.activeTextEditor : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function found(): { readonly id: 'selection' | 'file'; readonly attachment: Attachment }[] {
    if (!editor || editor.document.isClosed) return [];
    const selection = leftOutByName(placeOf(editor.document.uri).path, 0) ? undefined : selectionOf(editor);
    const file = wholeOf(editor.document);
    return [
      ...(selection ? [{ id: 'selection', attachment: selection } as const] : []),
      ...(file ? [{ id: 'file', attachment: file } as const] : []),
    ];
  }

  const keyOf = (attachment: Attachment): string => `${placeName(attachment)} ${editor?.document.version}`;

  const current = (): Chip[] => [
    ...found().map(({ id, attachment }) => {
      const tokens = counted.get(keyOf(attachment));
      const label = placeName({ ...attachment, path: attachment.path.split('/').at(-1) ?? '' });
      return { id, label, included: included[id], ...(tokens === undefined ? {} : { tokens }) };
    }),
    ...added.map(({ id, label, tokens }) => ({
      ...{ id, label, included: true, isAdded: true },
      ...(tokens === undefined ? {} : { tokens }),
    })),
  ];

  async function countAdded(id: string, attachments: readonly Attachment[]): Promise<void> {
    const counts = await glm.count(attachments.map(({ text }) => text));
    const tokens = counts.reduce((sum, each) => sum + each, 0);
    added = added.map((each) => (each.id === id ? { ...each, tokens } : each));
    changed(current());
  }

  async function count(): Promise<void> {
    const attachments = found().map(({ attachment }) => attachment);
    const keys = attachments.map(keyOf);
    const tokens = await glm.count(attachments.map(({ text }) => text));
    counted = new Map(keys.map((key, i) => [key, tokens[i] ?? 0]));
    changed(current());
  }

  /** Reads the editor only when the user rests: this runs at every keystroke. */
  function refresh(): void {
    clearTimeout(timer);
    if (!visible()) return;
    timer = setTimeout(() => {
      changed(current());
      // A failed count leaves the chips without numbers; messages are sent all the same.
      void count().catch(() => {});
    }, rest);
  }

  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor((next) => {
      // The sidebar taking the focus does not change what the user was looking at.
      if (next ? !isText(next) : vscode.window.visibleTextEditors.some((each) => each === editor)) return;
      editor = next;
      refresh();
    }),
    vscode.window.onDidChangeTextEditorSelection((event) => {
      if (event.textEditor === editor) refresh();
    }),
  );

  return {
    current,
    refresh,
    toggle(id) {
      if (id === 'selection' || id === 'file') included[id] = !included[id];
      else added = added.filter((each) => each.id !== id);
      changed(current());
    },
    add(context) {
      const id = `added ${++names}`;
      added = [...added.filter(({ label }) => label !== context.label), { ...context, id }];
      changed(current());
      void countAdded(id, context.attachments).catch(() => {});
    },
    take() {
      const taken = added.flatMap(({ attachments }) => attachments);
      added = [];
      changed(current());
      return [...taken, ...found().flatMap(({ id, attachment }) => (included[id] ? [attachment] : []))];
    },
    editor: () => {
      const order = ['file', 'selection'];
      return found()
        .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
        .map(({ attachment }) => attachment);
    },
    dispose() {
      clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}
