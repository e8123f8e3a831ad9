import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Backend } from '../../extension/core/backend/backend.ts';
import type { TurnEvent } from '../../extension/core/conversation/turn.ts';
import type { Glm } from '../../extension/core/glm.ts';
import type { Log } from '../../extension/core/ports.ts';
import { createInlineEdits, type InlineEdits } from '../../extension/editor/inlineEdit/inlineEdits.ts';
import { linesToEdit } from '../../extension/editor/inlineEdit/linesToEdit.ts';
import { closeAll, eventually, openAt, writeFile } from './editor.ts';

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

describe('inline edits', () => {
  let edits: InlineEdits;
  /** What the model says next; it waits for the release before its last piece. */
  let answer: readonly string[] = [];
  let release: (() => void) | undefined;
  let aborted = 0;
  let asked = 0;

  before(() => {
    const glm = {
      probe: async () => ({ backend: { window: 32_768, writesEdits: true } as Backend, reason: '' }),
      projectRules: async () => '',
      screen: async (_root: unknown, attachments: readonly unknown[]) => ({ attachments, refused: [] }),
      async *rewrite(_request: unknown, signal: AbortSignal): AsyncGenerator<TurnEvent> {
        asked++;
        for (const [at, text] of answer.entries()) {
          if (at === answer.length - 1 && release === undefined) {
            await new Promise<void>((resolve) => {
              release = resolve;
              signal.addEventListener('abort', () => resolve(), { once: true });
            });
          }
          if (signal.aborted) aborted++;
          signal.throwIfAborted();
          yield { type: 'text', text };
        }
        yield { type: 'finish', reason: 'stop' };
      },
    } as unknown as Glm;
    const kept = new Map<string, unknown>([['editInstructions', ['Do it.']]]);
    edits = createInlineEdits({
      glm,
      log,
      memory: { get: (name) => kept.get(name), set: (name, value) => void kept.set(name, value) },
    });
  });
  after(() => edits.dispose());
  afterEach(closeAll);

  /** Begins an edit with the last instruction, and lets the model come to its end unless told otherwise. */
  async function begin(code: string, ends = true): Promise<{ readonly done: Promise<void> }> {
    answer = ['```\n', ...code.split(/(?<=\n)/), '\n```'];
    release = ends ? () => {} : undefined;
    const before = asked;
    const done = edits.start();
    await eventually('the model was asked', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return asked > before;
    });
    if (ends) await done;
    else await eventually('the model waits', () => release !== undefined);
    return { done };
  }

  const insert = async (uri: vscode.Uri, line: number, character: number, text: string) => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(line, character), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  };

  it('change nothing until they are accepted, and then are one step to undo', async () => {
    const text = 'one();\n\tif (a) {\n\t\ttwo();\n\t}\nthree();\n';
    const editor = await openAt(await writeFile('here/a.ts', text), 2, 2);
    await begin('two(2);\ntwoMore();');
    assert.equal(editor.document.getText(), text);
    assert.ok(!editor.document.isDirty);
    await edits.accept(undefined);
    const changed = 'one();\n\tif (a) {\n\t\ttwo(2);\n\t\ttwoMore();\n\t}\nthree();\n';
    assert.equal(editor.document.getText(), changed);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), text);
    assert.ok(!editor.document.isDirty);
    await vscode.commands.executeCommand('redo');
    assert.equal(editor.document.getText(), changed);
  });

  it('keep CRLF, and delete whole lines', async () => {
    const text = 'one();\r\ntwo();\r\nthree();\r\n';
    const editor = await openAt(await writeFile('here/crlf.ts', text), 1, 0);
    await begin('two(2);\ntwoMore();');
    await edits.accept(undefined);
    assert.equal(editor.document.getText(), 'one();\r\ntwo(2);\r\ntwoMore();\r\nthree();\r\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), text);
    await begin('');
    await edits.accept(undefined);
    assert.equal(editor.document.getText(), 'one();\r\nthree();\r\n');
  });

  it('leave every byte where they are rejected', async () => {
    const text = 'one();  \r\n\ttwo();';
    const editor = await openAt(await writeFile('here/reject.ts', text), 1, 0);
    await begin('two(2);');
    edits.reject(editor.document.uri);
    await edits.accept(undefined);
    assert.equal(editor.document.getText(), text);
    assert.ok(!editor.document.isDirty);
  });

  it('are stopped at the model when they are rejected on their way', async () => {
    const editor = await openAt(await writeFile('here/stop.ts', 'one();\n'), 0, 0);
    const before = aborted;
    const { done } = await begin('two();', false);
    edits.reject(undefined);
    await done;
    assert.equal(aborted, before + 1);
    assert.equal(editor.document.getText(), 'one();\n');
  });

  it('keep what is written around their lines while the model writes', async () => {
    const uri = await writeFile('here/meanwhile.ts', 'one();\ntwo();\nthree();\n');
    const editor = await openAt(uri, 1, 0);
    const { done } = await begin('two(2);', false);
    await insert(uri, 0, 0, 'zero();\n');
    await insert(uri, 3, 8, ' // last');
    release?.();
    await done;
    await edits.accept(undefined);
    assert.equal(editor.document.getText(), 'zero();\none();\ntwo(2);\nthree(); // last\n');
  });

  it('are refused where the user wrote in the same lines, and then can be rejected', async () => {
    const uri = await writeFile('here/conflict.ts', 'one();\ntwo();\n');
    const editor = await openAt(uri, 1, 0);
    await begin('two(2);');
    await insert(uri, 1, 6, ' // mine');
    await assert.rejects(edits.accept(undefined), /same lines/);
    edits.reject(undefined);
    assert.equal(editor.document.getText(), 'one();\ntwo(); // mine\n');
  });

  it('work in files without a name and in cells of notebooks', async () => {
    const untitled = await vscode.workspace.openTextDocument({ content: 'one();\n', language: 'typescript' });
    await vscode.window.showTextDocument(untitled);
    await begin('two();');
    await edits.accept(undefined);
    assert.equal(untitled.getText(), 'two();\n');
    await closeAll();

    const cells = [{ cell_type: 'code', source: ['one()'], metadata: {}, outputs: [], execution_count: null }];
    const file = { cells, metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 };
    const notebook = await vscode.workspace.openNotebookDocument(await writeFile('here/a.ipynb', JSON.stringify(file)));
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    await eventually(
      'the cell is edited',
      () => vscode.window.activeTextEditor?.document.uri.scheme === 'vscode-notebook-cell',
    );
    await begin('two()');
    await edits.accept(undefined);
    assert.equal(notebook.cellAt(0).document.getText(), 'two()');
    // An unsaved notebook would ask before it is closed.
    await notebook.save();
  });

  it('are one at a time in a file, and gone with it', async () => {
    const uri = await writeFile('here/close.ts', 'one();\n');
    await openAt(uri, 0, 0);
    await begin('two();');
    const before = asked;
    await edits.start();
    assert.equal(asked, before);
    await closeAll();
    await eventually('the file is closed', () => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0));
    const editor = await openAt(uri, 0, 0);
    await edits.accept(uri);
    assert.equal(editor.document.getText(), 'one();\n');
  });

  it('say why where they cannot be made', async () => {
    await openAt(await writeFile('here/.env', 'A=1\n'), 0, 0);
    await assert.rejects(edits.start(), /may hold secrets/);
    await closeAll();
    await eventually('no editor is open', () => vscode.window.activeTextEditor === undefined);
    await assert.rejects(edits.start(), /No file is open/);
  });

  it('are about whole lines: what is selected, or what stands at the cursor', async () => {
    const uri = await writeFile('here/lines.py', 'def f():\n    a = 1\n\n    return a\n\nf()\n');
    const editor = await openAt(uri, 0, 5);
    const at = async (...[from, to]: [vscode.Position, vscode.Position]) => {
      editor.selection = new vscode.Selection(from, to);
      const { start, end } = await linesToEdit(editor);
      assert.equal(start.character, 0);
      assert.equal(end.character, editor.document.lineAt(end.line).text.length);
      return [start.line, end.line];
    };
    const position = (line: number, character: number) => new vscode.Position(line, character);
    assert.deepEqual(await at(position(0, 5), position(0, 5)), [0, 3]);
    assert.deepEqual(await at(position(1, 6), position(1, 6)), [1, 1]);
    assert.deepEqual(await at(position(2, 0), position(2, 0)), [2, 2]);
    assert.deepEqual(await at(position(1, 6), position(3, 2)), [1, 3]);
    assert.deepEqual(await at(position(3, 0), position(1, 6)), [1, 2]);
  });
});
