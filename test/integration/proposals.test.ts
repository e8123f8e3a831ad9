import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, symlink, writeFile as writeOutside } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Writing } from '../../extension/core/conversation/edits/review.ts';
import { createProposals, type Proposals } from '../../extension/editor/chat/proposals.ts';
import type { Judged } from '../../extension/protocol/chat.ts';
import { closeAll, root, writeFile } from './editor.ts';

const edit = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

/** An answer, and those to the messages about what was refused. */
const answersOf = ([first = '', ...mended]: readonly string[]) => ({ written: [first], mended });

const textOf = async (uri: vscode.Uri) => (await vscode.workspace.openTextDocument(uri)).getText();

const change = async (uri: vscode.Uri, by: (edit: vscode.WorkspaceEdit) => void) => {
  const edits = new vscode.WorkspaceEdit();
  by(edits);
  assert.ok(await vscode.workspace.applyEdit(edits), uri.path);
};

describe('proposed edits', () => {
  let proposals: Proposals;
  let folder: string;
  let written: Writing[] = [];
  before(() => {
    // The extension under test has registered its own; a provider answers for its own proposals only.
    proposals = createProposals({ faults: async (_, text) => (text.includes('broken(') ? [1] : []) });
    folder = root().fsPath;
  });
  after(() => proposals.dispose());
  afterEach(closeAll);

  const propose = async (id: string, ...answers: string[]) =>
    (await proposals.propose(id, folder, answersOf(answers))).view;
  const decide = (id: string, decision: 'accepted' | 'rejected', what: Judged = {}) =>
    proposals.decide(id, decision, what, async (writings) => {
      written = [...writings];
    });

  it('are applied in one undo step', async () => {
    const uri = await writeFile('edits/a.ts', 'one\ntwo\nthree\nfour\n');
    await vscode.window.showTextDocument(uri);
    const view = await propose('1', edit('edits/a.ts', 'one', 'ONE') + edit('edits/a.ts', 'four', 'FOUR\nFIVE'));
    const [file] = view?.files ?? [];
    assert.deepEqual([file?.path, file?.added, file?.removed, file?.kind], ['edits/a.ts', 3, 2, 'change']);
    assert.equal(await textOf(uri), 'one\ntwo\nthree\nfour\n');
    assert.equal((await decide('1', 'accepted'))?.decision, 'accepted');
    assert.equal(await textOf(uri), 'ONE\ntwo\nthree\nFOUR\nFIVE\n');
    assert.deepEqual(
      written.map(({ path, before }) => [path, before]),
      [['edits/a.ts', 'one\ntwo\nthree\nfour\n']],
    );
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('undo');
    assert.equal(await textOf(uri), 'one\ntwo\nthree\nfour\n');
  });

  it('do not leave the folder by a symbolic link, neither to read nor to write', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'glm-coder-outside-'));
    await writeOutside(join(outside, 'a.ts'), 'one\n');
    await writeFile('edits/here.ts', 'one\n');
    await symlink(outside, join(folder, 'edits', 'out'));
    try {
      const read = await propose('l1', edit('edits/out/a.ts', 'one', 'ONE'));
      assert.deepEqual([read?.files, read?.refused.map(({ path }) => path)], [[], ['edits/out/a.ts']]);
      await propose('l2', edit('edits/out/new.ts', '', 'new') + edit('edits/here.ts', 'one', 'ONE'));
      await assert.rejects(decide('l2', 'accepted'), /leads out of the folder/);
      assert.deepEqual(await readdir(outside), ['a.ts']);
      assert.equal(await textOf(vscode.Uri.joinPath(root(), 'edits/here.ts')), 'one\n');
    } finally {
      await rm(join(folder, 'edits', 'out'));
      await rm(outside, { recursive: true });
    }
  });

  it('are judged hunk by hunk', async () => {
    const uri = await writeFile('edits/h.ts', 'one\ntwo\nthree\nfour\nfive\n');
    const answer = ['one', 'three', 'five'].map((word) => edit('edits/h.ts', word, word.toUpperCase())).join('');
    const view = await propose('h', answer);
    assert.deepEqual(
      view?.files[0]?.hunks.map(({ line, lines }) => [line, lines.filter((each) => !each.startsWith(' '))]),
      [
        [1, ['-one', '+ONE']],
        [3, ['-three', '+THREE']],
        [5, ['-five', '+FIVE']],
      ],
    );
    const after = await decide('h', 'accepted', { path: 'edits/h.ts', hunk: 2 });
    assert.equal(after?.decision, 'pending');
    assert.equal(await textOf(uri), 'one\ntwo\nthree\nfour\nFIVE\n');
    await decide('h', 'rejected', { path: 'edits/h.ts', hunk: 0 });
    await change(uri, (edits) => edits.insert(uri, new vscode.Position(5, 0), 'mine\n'));
    const last = await decide('h', 'accepted');
    assert.equal(last?.decision, 'partly');
    assert.deepEqual(
      last?.files[0]?.hunks.map(({ decision }) => decision),
      ['rejected', 'accepted', 'accepted'],
    );
    assert.equal(await textOf(uri), 'one\ntwo\nTHREE\nfour\nFIVE\nmine\n');
  });

  it('change nothing when they are rejected', async () => {
    const uri = await writeFile('edits/b.ts', 'one\n');
    await propose('2', edit('edits/b.ts', 'one', 'ONE'));
    assert.equal((await decide('2', 'rejected'))?.decision, 'rejected');
    assert.equal((await decide('2', 'accepted'))?.decision, 'rejected');
    assert.equal(await textOf(uri), 'one\n');
  });

  it('keep what the user wrote meanwhile, or are refused whole', async () => {
    const a = await writeFile('edits/c.ts', 'one\ntwo\n');
    const b = await writeFile('edits/d.ts', 'one\ntwo\n');
    await propose('3', edit('edits/c.ts', 'two', 'TWO') + edit('edits/d.ts', 'two', 'TWO'));
    await change(a, (edits) => edits.insert(a, new vscode.Position(0, 0), 'mine\n'));
    await decide('3', 'accepted');
    assert.equal(await textOf(a), 'mine\none\nTWO\n');

    await propose('4', edit('edits/c.ts', 'one', 'ONE') + edit('edits/d.ts', 'TWO', 'two again'));
    await change(b, (edits) => edits.replace(b, new vscode.Range(1, 0, 1, 3), 'changed'));
    await assert.rejects(decide('4', 'accepted'), /edits\/d\.ts/);
    assert.equal(await textOf(a), 'mine\none\nTWO\n');
    assert.equal(await textOf(b), 'one\nchanged\n');
    await vscode.workspace.saveAll();
  });

  it('make new files, and never leave the folder', async () => {
    const answer = edit('edits/new.ts', '', 'fresh') + edit('../outside.ts', '', 'bad') + edit('/etc/bad', '', 'bad');
    const view = await propose('5', answer);
    assert.deepEqual(
      view?.files.map(({ path }) => path),
      ['edits/new.ts'],
    );
    assert.equal(view?.refused.length, 2);
    await decide('5', 'accepted');
    assert.equal(await textOf(vscode.Uri.joinPath(root(), 'edits/new.ts')), 'fresh\n');
  });

  it('delete and rename files', async () => {
    const gone = await writeFile('edits/gone.ts', 'gone\n');
    await writeFile('edits/old.ts', 'name\n');
    const view = await propose(
      'r',
      '<<<<<<< DELETE edits/gone.ts >>>>>>>\n<<<<<<< RENAME edits/old.ts -> edits/renamed.ts >>>>>>>\n',
    );
    assert.deepEqual(view?.files.map(({ kind }) => kind).sort(), ['delete', 'rename']);
    await decide('r', 'accepted');
    assert.equal(await textOf(vscode.Uri.joinPath(root(), 'edits/renamed.ts')), 'name\n');
    await assert.rejects(async () => vscode.workspace.fs.stat(gone));
  });

  it('are decided one after the other: a second click finds nothing left to do', async () => {
    const gone = await writeFile('edits/twice.ts', 'gone\n');
    await writeFile('edits/from.ts', 'name\n');
    await writeFile('edits/kept.ts', 'one\n');
    await propose(
      'd',
      `<<<<<<< DELETE edits/twice.ts >>>>>>>\n<<<<<<< RENAME edits/from.ts -> edits/onto.ts >>>>>>>\n${edit('edits/kept.ts', 'one', 'ONE')}`,
    );
    const views = await Promise.all([
      decide('d', 'accepted'),
      decide('d', 'accepted'),
      decide('d', 'rejected', { path: 'edits/kept.ts' }),
    ]);
    assert.deepEqual(
      views.map((view) => view?.decision),
      ['accepted', 'accepted', 'accepted'],
    );
    assert.equal(await textOf(vscode.Uri.joinPath(root(), 'edits/onto.ts')), 'name\n');
    assert.equal(await textOf(vscode.Uri.joinPath(root(), 'edits/kept.ts')), 'ONE\n');
    await assert.rejects(async () => vscode.workspace.fs.stat(gone));
    await vscode.workspace.saveAll();
  });

  it('can be decided after a decision that failed', async () => {
    const uri = await writeFile('edits/failed.ts', 'one\n');
    await propose('f', edit('edits/failed.ts', 'one', 'ONE'));
    await change(uri, (edits) => edits.replace(uri, new vscode.Range(0, 0, 0, 3), 'two'));
    const [first, second] = await Promise.allSettled([decide('f', 'accepted'), decide('f', 'rejected')]);
    assert.equal(first.status, 'rejected');
    assert.equal(second.status === 'fulfilled' && second.value?.decision, 'rejected');
    await vscode.workspace.saveAll();
  });

  it('that do not fit are refused with the reason, and what to tell the model', async () => {
    await writeFile('edits/e.ts', 'same\nsame\n');
    const answer = edit('edits/e.ts', 'same', 'x') + edit('edits/none.ts', 'a', 'b');
    const { view, retry } = await proposals.propose('6', folder, answersOf([answer]));
    assert.equal(view?.decision, 'rejected');
    assert.deepEqual(
      view?.refused.map(({ reason }) => reason),
      ['the lines to replace are in the file more than once', 'there is no such file'],
    );
    assert.match(retry ?? '', /edits\/e\.ts/);
    const mended = await propose('6', answer, edit('edits/e.ts', 'same\nsame', 'x') + edit('edits/none.ts', '', 'b'));
    assert.deepEqual(mended?.refused, []);
    assert.equal(mended?.files.length, 2);
    assert.equal(await propose('7', 'Just words.'), undefined);
  });

  it('tell what they break before they are accepted', async () => {
    await writeFile('edits/f.ts', 'fine();\n');
    const view = await propose('8', edit('edits/f.ts', 'fine();', 'broken('));
    assert.deepEqual(view?.files[0]?.problems, ['Line 1 does not parse: broken(']);
  });

  it('can be judged again after what was accepted was undone', async () => {
    const uri = await writeFile('edits/g.ts', 'one\n');
    await propose('9', edit('edits/g.ts', 'one', 'ONE'));
    await decide('9', 'accepted');
    await change(uri, (edits) => edits.replace(uri, new vscode.Range(0, 0, 0, 3), 'one'));
    assert.equal(proposals.reopen('9')?.decision, 'pending');
    await decide('9', 'accepted');
    assert.equal(await textOf(uri), 'ONE\n');
  });
});
