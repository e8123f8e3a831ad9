import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createProposals, type Proposals } from '../../extension/editor/chat/proposals.ts';
import { closeAll, root, writeFile } from './editor.ts';

const edit = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

const textOf = async (uri: vscode.Uri) => (await vscode.workspace.openTextDocument(uri)).getText();

describe('proposed edits', () => {
  let proposals: Proposals;
  let folder: string;
  before(() => {
    // The extension under test has registered its own; a provider answers for its own proposals only.
    proposals = createProposals();
    folder = root().fsPath;
  });
  after(() => proposals.dispose());
  afterEach(closeAll);

  it('are applied in one undo step', async () => {
    const uri = await writeFile('edits/a.ts', 'one\ntwo\nthree\nfour\n');
    await vscode.window.showTextDocument(uri);
    const view = await proposals.propose(
      '1',
      folder,
      edit('edits/a.ts', 'one', 'ONE') + edit('edits/a.ts', 'four', 'FOUR\nFIVE'),
    );
    assert.deepEqual(view?.files, [{ path: 'edits/a.ts', added: 3, removed: 2 }]);
    assert.equal(await textOf(uri), 'one\ntwo\nthree\nfour\n');
    assert.equal((await proposals.decide('1', 'accepted'))?.decision, 'accepted');
    assert.equal(await textOf(uri), 'ONE\ntwo\nthree\nFOUR\nFIVE\n');
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('undo');
    assert.equal(await textOf(uri), 'one\ntwo\nthree\nfour\n');
  });

  it('change nothing when they are rejected', async () => {
    const uri = await writeFile('edits/b.ts', 'one\n');
    await proposals.propose('2', folder, edit('edits/b.ts', 'one', 'ONE'));
    assert.equal((await proposals.decide('2', 'rejected'))?.decision, 'rejected');
    assert.equal((await proposals.decide('2', 'accepted'))?.decision, 'rejected');
    assert.equal(await textOf(uri), 'one\n');
  });

  it('keep what the user wrote meanwhile, or are refused whole', async () => {
    const a = await writeFile('edits/c.ts', 'one\ntwo\n');
    const b = await writeFile('edits/d.ts', 'one\ntwo\n');
    await proposals.propose('3', folder, edit('edits/c.ts', 'two', 'TWO') + edit('edits/d.ts', 'two', 'TWO'));
    const change = new vscode.WorkspaceEdit();
    change.insert(a, new vscode.Position(0, 0), 'mine\n');
    await vscode.workspace.applyEdit(change);
    await proposals.decide('3', 'accepted');
    assert.equal(await textOf(a), 'mine\none\nTWO\n');

    await proposals.propose('4', folder, edit('edits/c.ts', 'one', 'ONE') + edit('edits/d.ts', 'TWO', 'two again'));
    const other = new vscode.WorkspaceEdit();
    other.replace(b, new vscode.Range(1, 0, 1, 3), 'changed');
    await vscode.workspace.applyEdit(other);
    await assert.rejects(proposals.decide('4', 'accepted'), /edits\/d\.ts/);
    assert.equal(await textOf(a), 'mine\none\nTWO\n');
    await vscode.workspace.saveAll();
  });

  it('make new files, and never leave the folder', async () => {
    const answer = edit('edits/new.ts', '', 'fresh') + edit('../outside.ts', '', 'bad') + edit('/etc/bad', '', 'bad');
    const view = await proposals.propose('5', folder, answer);
    assert.deepEqual(
      view?.files.map(({ path }) => path),
      ['edits/new.ts'],
    );
    assert.equal(view?.refused.length, 2);
    await proposals.decide('5', 'accepted');
    assert.equal(await textOf(vscode.Uri.joinPath(root(), 'edits/new.ts')), 'fresh\n');
  });

  it('that do not fit are refused with the reason', async () => {
    await writeFile('edits/e.ts', 'same\nsame\n');
    const view = await proposals.propose(
      '6',
      folder,
      edit('edits/e.ts', 'same', 'x') + edit('edits/none.ts', 'a', 'b'),
    );
    assert.equal(view?.decision, 'rejected');
    assert.deepEqual(
      view?.refused.map(({ reason }) => reason),
      ['the lines to replace are in the file more than once', 'there is no such file'],
    );
    assert.equal(await proposals.propose('7', folder, 'Just words.'), undefined);
  });
});
