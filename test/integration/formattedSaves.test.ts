import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type FormattedSave, type FormattedSaves, followSaves } from '../../extension/editor/chat/formattedSaves.ts';
import { closeAll, eventually, root, writeFile } from './editor.ts';

describe('a save after edits were accepted', () => {
  let saves: FormattedSaves;
  let formatter: vscode.Disposable;
  let told: FormattedSave[] = [];
  const configuration = () => vscode.workspace.getConfiguration('editor');

  before(async () => {
    saves = followSaves((error) => assert.fail(String(error)));
    // A formatter that changes more than white space, as they do.
    formatter = vscode.languages.registerDocumentFormattingEditProvider(
      { scheme: 'file', pattern: '**/formatted/*.txt' },
      {
        provideDocumentFormattingEdits(document) {
          const all = new vscode.Range(0, 0, document.lineCount, 0);
          return [vscode.TextEdit.replace(all, document.getText().replaceAll("'", '"').replaceAll('  ', ' '))];
        },
      },
    );
    await configuration().update('formatOnSave', true, vscode.ConfigurationTarget.Workspace);
  });
  after(async () => {
    await configuration().update('formatOnSave', undefined, vscode.ConfigurationTarget.Workspace);
    formatter.dispose();
    saves.dispose();
  });
  afterEach(closeAll);

  /** Writes a text into a file as an accepted edit does, without saving it. */
  async function accept(name: string, after: string): Promise<vscode.TextDocument> {
    told = [];
    const uri = await writeFile(`formatted/${name}`, 'before\n');
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const path = `formatted/${name}`;
    saves.follow(root().fsPath, [{ kind: 'change', path, before: 'before\n', after }], async (save) => {
      told.push(save);
    });
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), after);
    assert.ok(await vscode.workspace.applyEdit(edit));
    return document;
  }

  it('has what a formatter does to them count as ours', async () => {
    const document = await accept('a.txt', "let a =  'x';\n");
    assert.ok(await document.save());
    assert.equal(document.getText(), 'let a = "x";\n');
    await eventually('the save was told', () => told.length > 0);
    assert.deepEqual(told, [{ path: 'formatted/a.txt', before: "let a =  'x';\n", after: 'let a = "x";\n' }]);
    // The next save is the user's own.
    const more = new vscode.WorkspaceEdit();
    more.insert(document.uri, new vscode.Position(1, 0), "'mine'\n");
    await vscode.workspace.applyEdit(more);
    assert.ok(await document.save());
    assert.equal(told.length, 1);
  });

  it('leaves what the user wrote before it to the user', async () => {
    const document = await accept('b.txt', "let b = 'x';\n");
    const more = new vscode.WorkspaceEdit();
    more.insert(document.uri, new vscode.Position(1, 0), 'mine\n');
    await vscode.workspace.applyEdit(more);
    assert.ok(await document.save());
    assert.equal(document.getText(), 'let b = "x";\nmine\n');
    assert.deepEqual(told, []);
  });

  it('takes nothing for formatting that stood there for a while', async () => {
    const document = await accept('d.txt', 'let d = 1 + 2 * 3;\n');
    const more = new vscode.WorkspaceEdit();
    more.replace(document.uri, new vscode.Range(0, 8, 0, 13), '(1 + 2)');
    await vscode.workspace.applyEdit(more);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    assert.ok(await document.save());
    assert.deepEqual(told, []);
  });

  it('tells nothing where nothing was formatted', async () => {
    const document = await accept('c.txt', 'let c = 1;\n');
    assert.ok(await document.save());
    assert.deepEqual(told, []);
  });
});
