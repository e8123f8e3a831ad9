import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createBulkFiles } from '../../../extension/node/bulkFiles.ts';
import { diskFiles } from '../../../extension/node/diskFiles.ts';
import { run } from '../../support/processes.ts';
import { makeWorkspace } from '../../support/workspace.ts';

const bulkFiles = createBulkFiles();
const never = new AbortController().signal;
const listed = async (root: string) => {
  const listing = await bulkFiles.list(root, never);
  return { source: listing.source, paths: listing.files.map(({ path }) => path), omitted: listing.omitted };
};

const tree = {
  '.gitignore': '*.log\n/build/\n',
  'a.ts': '1',
  'a.log': '1',
  'build/out.ts': '1',
  'sub/.gitignore': '!keep.log\ndrop.ts\n',
  'sub/keep.log': '1',
  'sub/drop.ts': '1',
  'sub/deep/drop.ts': '1',
  'sub/build/in.ts': '1',
  'node_modules/x/index.js': '1',
};

describe('listing files', () => {
  it('is what git says, tracked and untracked, the same as a walk without git', async () => {
    const withGit = await makeWorkspace({ ...tree, '.gitignore': `${tree['.gitignore']}node_modules/\n` });
    const without = await makeWorkspace(tree, { git: false });
    const expected = ['.gitignore', 'a.ts', 'sub/.gitignore', 'sub/build/in.ts', 'sub/keep.log'];
    assert.deepEqual(await listed(withGit.folder), { source: 'git', paths: expected, omitted: [] });
    assert.deepEqual(await listed(without.folder), { source: 'walk', paths: expected, omitted: [] });
    await writeFile(join(withGit.folder, 'untracked 名.ts'), '1');
    await run('git', ['rm', '-q', '--cached', '-r', 'sub'], { cwd: withGit.folder });
    assert.deepEqual((await listed(withGit.folder)).paths, [...expected, 'untracked 名.ts']);
    await withGit.dispose();
    await without.dispose();
  });

  it('follows no symbolic link, and reads nothing outside of the folder', async () => {
    const outside = await makeWorkspace({ 'secret.txt': 'secret' }, { git: false });
    const workspace = await makeWorkspace({ 'a.ts': '1' }, { git: false });
    await symlink(join(outside.folder, 'secret.txt'), join(workspace.folder, 'link.txt'));
    const { paths, omitted } = await listed(workspace.folder);
    assert.deepEqual(paths, ['a.ts']);
    assert.deepEqual(omitted, [{ path: 'link.txt', reason: 'symbolic link' }]);
    for (const path of ['link.txt', '../secret.txt', join(outside.folder, 'secret.txt'), '', '.', 'missing']) {
      for (const files of [diskFiles, bulkFiles])
        assert.ok('refused' in (await files.read(workspace.folder, path, 100)), path);
    }
    for (const files of [diskFiles, bulkFiles]) {
      assert.ok('refused' in (await files.read(workspace.folder, 'a.ts', 0)));
      assert.ok('bytes' in (await files.read(workspace.folder, 'a.ts', 1)));
    }
    await outside.dispose();
    await workspace.dispose();
  });

  it('of an empty folder is empty', async () => {
    const workspace = await makeWorkspace({}, { git: false });
    assert.deepEqual(await listed(workspace.folder), { source: 'walk', paths: [], omitted: [] });
    await workspace.dispose();
  });
});
