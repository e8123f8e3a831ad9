import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Writing } from '../../extension/core/conversation/edits/review.ts';
import type { Checkpoints } from '../../extension/core/conversation/history/checkpoints.ts';
import { applyWritings } from '../../extension/editor/chat/applyWritings.ts';
import { changesOf, restoreFiles } from '../../extension/editor/chat/restoreFiles.ts';
import { createCheckpoints } from '../../extension/node/history/checkpoints.ts';
import { closeAll, root, writeFile } from './editor.ts';

const at = (path: string) => vscode.Uri.joinPath(root(), path);
const textOf = async (path: string) => (await vscode.workspace.openTextDocument(at(path))).getText();

/** The bytes of a file; undefined where there is none. */
const onDisk = async (path: string): Promise<number[] | undefined> => {
  try {
    return [...(await vscode.workspace.fs.readFile(at(path)))];
  } catch {
    return undefined;
  }
};
const bytes = (text: string): number[] => [...new TextEncoder().encode(text)];

const change = (path: string, before: string, after: string): Writing => ({ kind: 'change', path, before, after });
const make = (path: string, after: string): Writing => ({ kind: 'make', path, before: undefined, after });
const remove = (path: string, before: string): Writing => ({ kind: 'delete', path, before, after: undefined });
const rename = (path: string, to: string, before: string, after = before): Writing => ({
  ...{ kind: 'rename', path, to, before, after },
});

describe('files are written', () => {
  const apply = (...writings: Writing[]) => applyWritings(root().fsPath, writings);
  afterEach(closeAll);

  it('not at all where one is in the way: a file at the new name, or where a folder should be', async () => {
    await writeFile('written/a.ts', 'one\n');
    await writeFile('written/old.ts', 'old\n');
    await writeFile('written/gone.ts', 'gone\n');
    await writeFile('written/taken.ts', 'mine\n');
    const others = [remove('written/gone.ts', 'gone\n'), change('written/a.ts', 'one\n', 'ONE\n')];
    const moved = rename('written/old.ts', 'written/taken.ts', 'old\n', 'OLD\n');
    await assert.rejects(apply(moved, ...others), /taken\.ts cannot be written: the file exists already. Nothing/);
    await assert.rejects(apply(...others, make('written/a.ts/b.ts', 'b\n')), /written\/a\.ts is a file and no folder/);
    assert.equal(await textOf('written/a.ts'), 'one\n');
    assert.equal(await textOf('written/old.ts'), 'old\n');
    assert.deepEqual(await onDisk('written/gone.ts'), bytes('gone\n'));
    assert.deepEqual(await onDisk('written/taken.ts'), bytes('mine\n'));
    // What the same edits make room for is free.
    await apply(rename('written/old.ts', 'written/new.ts', 'old\n'), make('written/old.ts', 'fresh\n'), ...others);
    assert.deepEqual(await onDisk('written/old.ts'), bytes('fresh\n'));
    await vscode.workspace.saveAll();
  });

  it('and taken back where the editor stops in the middle', async () => {
    const withMark = [0xef, 0xbb, 0xbf, ...bytes('gone\n')];
    await writeFile('written/bom.ts', new Uint8Array(withMark));
    await writeFile('written/b.ts', 'one\n');
    await writeFile('written/from.ts', 'from\n');
    const tooLong = `written/${'x'.repeat(300)}.ts`;
    await assert.rejects(
      apply(
        remove('written/bom.ts', 'gone\n'),
        rename('written/from.ts', 'written/onto.ts', 'from\n', 'FROM\n'),
        change('written/b.ts', 'one\n', 'ONE\n'),
        make('written/made.ts', 'made\n'),
        make(tooLong, 'never\n'),
      ),
      /Nothing was changed/,
    );
    assert.deepEqual(await onDisk('written/bom.ts'), withMark);
    assert.equal(await textOf('written/b.ts'), 'one\n');
    assert.equal(await textOf('written/from.ts'), 'from\n');
    assert.deepEqual([await onDisk('written/onto.ts'), await onDisk('written/made.ts')], [undefined, undefined]);
  });

  it('unless the editor reads them in another encoding than theirs, and would lose what it cannot read', async () => {
    const latin = [0x61, 0xe9, 0x0a, 0x62, 0x0a];
    await writeFile('written/latin.ts', new Uint8Array(latin));
    const text = await textOf('written/latin.ts');
    await assert.rejects(
      apply(change('written/latin.ts', text, text.replace('b', 'c'))),
      /reopen it with its encoding/,
    );
    await assert.rejects(apply(remove('written/latin.ts', text)), /Nothing was changed/);
    assert.deepEqual(await onDisk('written/latin.ts'), latin);
    // The sign itself is a character like others.
    await writeFile('written/sign.ts', '\uFFFD\n');
    await apply(change('written/sign.ts', '\uFFFD\n', '\uFFFD!\n'));
    assert.equal(await textOf('written/sign.ts'), '\uFFFD!\n');
  });
});

describe('files are restored', () => {
  let folder: string;
  let checkpoints: Checkpoints;
  const ask = vscode.window.showWarningMessage;
  let said = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glm-coder-restore-'));
    checkpoints = createCheckpoints(folder, { maxBytes: 1 << 20 });
    const agree = async (_: string, options: { detail?: string }, yes?: string) => {
      said = options.detail ?? '';
      return yes;
    };
    Object.assign(vscode.window, { showWarningMessage: agree });
  });
  after(async () => {
    Object.assign(vscode.window, { showWarningMessage: ask });
    await rm(folder, { recursive: true });
  });
  afterEach(closeAll);

  async function accept(turn: string, ...writings: Writing[]): Promise<void> {
    await checkpoints.record('chat', turn, await changesOf(root().fsPath, writings));
    await applyWritings(root().fsPath, writings);
    await vscode.workspace.saveAll();
  }
  const restore = (turn: string) => restoreFiles(checkpoints, root().fsPath, 'chat', turn);

  it('byte by byte: those that were deleted and renamed, with their byte order marks and encodings', async () => {
    const files: Readonly<Record<string, number[]>> = {
      'restored/bom.ts': [0xef, 0xbb, 0xbf, ...bytes('one\r\ntwo\r\n')],
      'restored/wide.ts': [0xff, 0xfe, 0x61, 0, 0x0d, 0, 0x0a, 0, 0x2d, 0x4e],
      'restored/name.ts': [0xef, 0xbb, 0xbf, ...bytes('name')],
    };
    for (const [path, content] of Object.entries(files)) await writeFile(path, new Uint8Array(content));
    const name = await textOf('restored/name.ts');
    await accept(
      't1',
      remove('restored/bom.ts', await textOf('restored/bom.ts')),
      remove('restored/wide.ts', await textOf('restored/wide.ts')),
      rename('restored/name.ts', 'restored/deep/named.ts', name, `${name}d`),
    );
    assert.deepEqual(await onDisk('restored/bom.ts'), undefined);
    assert.ok(await restore('t1'));
    await vscode.workspace.saveAll();
    for (const [path, content] of Object.entries(files)) assert.deepEqual(await onDisk(path), content, path);
    assert.equal(await onDisk('restored/deep/named.ts'), undefined);
  });

  it('but for those that the user has changed since, saved or not, and deleted', async () => {
    for (const name of ['kept', 'dirty', 'gone', 'back']) await writeFile(`restored/${name}.ts`, 'one\n');
    await accept(
      't2',
      ...['kept', 'dirty', 'gone', 'back'].map((name) => change(`restored/${name}.ts`, 'one\n', 'ONE\n')),
    );
    await writeFile('restored/kept.ts', 'mine\n');
    const typed = new vscode.WorkspaceEdit();
    typed.insert(at('restored/dirty.ts'), new vscode.Position(0, 0), 'mine ');
    typed.deleteFile(at('restored/gone.ts'));
    await vscode.workspace.applyEdit(typed);
    // The editor reads again what others have written.
    while ((await textOf('restored/kept.ts')) !== 'mine\n') await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(await restore('t2'));
    assert.match(
      said,
      /Restored: restored\/back\.ts\n.*changed them: restored\/dirty\.ts, restored\/gone\.ts, restored\/kept\.ts/,
    );
    assert.deepEqual(
      [await textOf('restored/kept.ts'), await textOf('restored/dirty.ts'), await textOf('restored/back.ts')],
      ['mine\n', 'mine ONE\n', 'one\n'],
    );
    assert.equal(await onDisk('restored/gone.ts'), undefined);
    await vscode.workspace.saveAll();
  });
});
