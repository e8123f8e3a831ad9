import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { BackendError } from '../../core/backend/backendError.ts';
import { InlineEditRefused, inlineEdit } from '../../core/conversation/inlineEdit/inlineEdit.ts';
import type { Glm } from '../../core/glm.ts';
import type { Log, Memory } from '../../core/ports.ts';
import type { ErrorView } from '../../protocol/chat.ts';
import { signalOf } from '../cancellation.ts';
import { EditsRefused, explain } from '../failure.ts';
import { placeOf } from '../place.ts';
import { excludedPatterns } from '../settings.ts';
import { askInstruction } from './askInstruction.ts';
import { createEditContext } from './editContext.ts';
import { createEditDiffs, fileOf } from './editDiff.ts';
import { createEditLenses } from './editLenses.ts';
import { createEditMarks } from './editMarks.ts';
import { createEditStatus } from './editStatus.ts';
import { createEditThreads } from './editThreads.ts';
import { hasTab } from './hasTab.ts';
import { linesToEdit } from './linesToEdit.ts';
import { accepting, follow, linesNow, type PendingEdit, rangeOf, write } from './pendingEdit.ts';
import { progressNote } from './progressNote.ts';
import { ensureEditable, targetOf } from './target.ts';

/** What inline edits work with. */
export interface InlineEditsPorts {
  readonly glm: Glm;
  readonly log: Log;
  /** Of this workspace. */
  readonly memory: Memory;
}

/** What the commands do; each is for the edit that its argument names, or else that of the active editor. */
export interface InlineEdits extends vscode.Disposable {
  /** Asks what to change at the cursor, and has it written. */
  start(): Promise<void>;
  accept(argument: unknown): Promise<void>;
  /** Drops an edit, be it proposed or still on its way. */
  reject(argument: unknown): void;
  retry(argument: unknown): Promise<void>;
  showDiff(argument: unknown): Promise<void>;
  reveal(argument: unknown): Promise<void>;
}

/** Milliseconds for which what streams is gathered before it is drawn. */
const gathering = 60;

/** Creates the inline edits; what shows them is there only as long as one is. */
export function createInlineEdits({ glm, log, memory }: InlineEditsPorts): InlineEdits {
  let edits: readonly PendingEdit[] = [];
  /** Accepted, and on their way into the document. */
  const writing = new Set<PendingEdit>();
  const running = new Map<PendingEdit, vscode.CancellationTokenSource>();
  const shown = (): readonly PendingEdit[] => edits.filter(({ state }) => state.phase !== 'asking');
  const marks = createEditMarks();
  const threads = createEditThreads();
  const lenses = createEditLenses(shown);
  const diffs = createEditDiffs(shown);
  const status = createEditStatus();
  const context = createEditContext();

  let drawing: NodeJS.Timeout | undefined;
  function draw(): void {
    clearTimeout(drawing);
    drawing = undefined;
    const visible = shown();
    marks.draw(edits);
    threads.draw(visible);
    lenses.draw();
    diffs.draw(visible);
    status.draw(visible.at(-1));
    context.draw(visible);
  }
  const drawSoon = (): void => {
    drawing ??= setTimeout(draw, gathering);
  };

  function drop(edit: PendingEdit): void {
    if (!edits.includes(edit)) return;
    running.get(edit)?.cancel();
    edits = edits.filter((each) => each !== edit);
    void diffs.close(edit.document.uri);
    draw();
  }

  function find(argument: unknown): PendingEdit | undefined {
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    const active = vscode.window.activeTextEditor?.document.uri;
    const inDiff = input instanceof vscode.TabInputTextDiff ? input.modified : active;
    // A lens gives an address, a thread is an object that has one.
    const named = argument instanceof vscode.Uri ? argument : (argument as { uri?: unknown } | undefined)?.uri;
    const uri = named instanceof vscode.Uri ? named : inDiff;
    const file = uri && fileOf(uri).toString();
    return edits.find(({ document }) => document.uri.toString() === file);
  }

  function explained(error: unknown): ErrorView {
    if (error instanceof InlineEditRefused)
      return { summary: error.message, nextStep: l10n.t('Ask again, or make the change by hand.') };
    return explain(error, log);
  }

  async function run(edit: PendingEdit): Promise<void> {
    const source = new vscode.CancellationTokenSource();
    const signal = signalOf(source.token);
    running.set(edit, source);
    edit.state = { phase: 'waiting', note: l10n.t('Waiting for the model…') };
    draw();
    const request = {
      root: placeOf(edit.document.uri).root,
      target: targetOf(edit),
      instruction: edit.instruction,
      exclude: excludedPatterns(),
    };
    try {
      for await (const event of inlineEdit(glm, request, signal)) {
        signal.throwIfAborted();
        const note = progressNote(event);
        if (event.type === 'lines') edit.state = { phase: event.isWhole ? 'proposed' : 'writing', lines: event.lines };
        else if (note && edit.state.phase === 'waiting') edit.state = { phase: 'waiting', note };
        drawSoon();
      }
    } catch (error) {
      if (!signal.aborted) {
        const isBackend = error instanceof BackendError;
        edit.state = { phase: 'failed', error: explained(error), isBackend };
      }
    } finally {
      running.delete(edit);
      source.dispose();
      if (edits.includes(edit)) draw();
    }
  }

  /** Asks for the instruction and begins; an edit that it takes the place of stays where the user leaves it. */
  async function begin(
    document: vscode.TextDocument,
    range: vscode.Range,
    about: string,
    old?: PendingEdit,
  ): Promise<void> {
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const edit: PendingEdit = { document, instruction: '', original: '', span, state: { phase: 'asking' } };
    edits = [...edits, edit];
    draw();
    const instruction = await askInstruction(memory, about, old?.instruction);
    if (!instruction || document.isClosed) {
      edits = edits.filter((each) => each !== edit);
      return draw();
    }
    if (old) drop(old);
    edit.instruction = instruction;
    // What is selected hides the marks, and the keys that judge an edit are for a cursor in it.
    const editor = vscode.window.activeTextEditor;
    const { start } = rangeOf(edit);
    if (editor?.document === document) editor.selection = new vscode.Selection(start, start);
    await run(Object.assign(edit, { original: linesNow(edit).join('\n') }));
  }

  const nameOf = (document: vscode.TextDocument, { start, end }: vscode.Range): string => {
    const name = placeOf(document.uri).path.split('/').at(-1) ?? '';
    return start.line === end.line
      ? l10n.t('{0}, line {1}', name, start.line + 1)
      : l10n.t('{0}, lines {1} to {2}', name, start.line + 1, end.line + 1);
  };

  async function reveal(edit: PendingEdit): Promise<void> {
    const range = rangeOf(edit);
    const editor = await vscode.window.showTextDocument(edit.document, { preview: false });
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    threads.expand(edit);
  }

  const subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const own = edits.filter((edit) => edit.document === document);
      if (own.length === 0 || contentChanges.length === 0) return;
      for (const edit of own) follow(edit, contentChanges);
      drawSoon();
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      // Another language closes a document as well, and opens it again at once.
      if (document.isClosed) for (const edit of edits) if (edit.document === document) drop(edit);
    }),
    // A document may stay open for minutes after its last tab was closed.
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.length > 0) for (const edit of edits) if (!hasTab(edit.document)) drop(edit);
    }),
    vscode.window.onDidChangeVisibleTextEditors(() => edits.length > 0 && marks.draw(edits)),
    vscode.window.onDidChangeActiveTextEditor(() => context.draw(shown())),
    vscode.window.onDidChangeTextEditorSelection(() => context.draw(shown())),
  );

  return {
    async start() {
      const editor = vscode.window.activeTextEditor;
      if (!editor) throw new EditsRefused(l10n.t('No file is open to edit.'));
      const { document } = editor;
      const pending = edits.find((edit) => edit.document === document);
      if (pending) {
        await reveal(pending);
        void vscode.window.showInformationMessage(l10n.t('An edit of this file waits: accept or reject it first.'));
        return;
      }
      await ensureEditable(document, glm);
      const range = await linesToEdit(editor);
      const name = nameOf(document, range);
      const { length } = editor.selections;
      await begin(document, range, length > 1 ? l10n.t('{0} (the first of {1} selections)', name, length) : name);
    },

    async accept(argument) {
      const edit = find(argument);
      // It is judged once, however often the key is pressed; until it is written, it stays before the user.
      if (edit?.state.phase !== 'proposed' || writing.has(edit)) return;
      const accepted = accepting(edit);
      if (!accepted) throw new EditsRefused(l10n.t('You changed the same lines meanwhile. Nothing was changed.'));
      writing.add(edit);
      try {
        const isWritten = !edit.document.isClosed && (await write(edit.document, accepted));
        if (!isWritten) throw new EditsRefused(l10n.t('The editor did not apply the edits. Nothing was changed.'));
      } finally {
        writing.delete(edit);
      }
      edits = edits.filter((each) => each !== edit);
      draw();
      await diffs.close(edit.document.uri);
    },

    reject(argument) {
      const edit = find(argument);
      if (edit) drop(edit);
    },

    async retry(argument) {
      const edit = find(argument);
      if (!edit) return;
      const range = rangeOf(edit);
      await begin(edit.document, range, nameOf(edit.document, range), edit);
    },

    async showDiff(argument) {
      const edit = find(argument);
      if (edit) await diffs.show(edit);
    },

    async reveal(argument) {
      const edit = find(argument);
      if (edit) await reveal(edit);
    },

    dispose() {
      clearTimeout(drawing);
      for (const source of running.values()) source.cancel();
      vscode.Disposable.from(subscriptions, marks, threads, lenses, diffs, status).dispose();
    },
  };
}
