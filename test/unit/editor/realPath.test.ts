import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { staysInside } from '../../../extension/editor/realPath.ts';

describe('where a path really leads', () => {
  let base: string;
  let root: string;
  before(async () => {
    base = await mkdtemp(join(tmpdir(), 'glm-coder-paths-'));
    root = join(base, 'root');
    await mkdir(join(root, 'src'), { recursive: true });
    await mkdir(join(base, 'outside'));
    await writeFile(join(root, 'src', 'a.ts'), 'a');
    await writeFile(join(base, 'outside', 'secret.ts'), 's');
    await symlink(join(base, 'outside'), join(root, 'out'));
    await symlink(join(base, 'outside', 'secret.ts'), join(root, 'file.ts'));
    await symlink(join(base, 'outside', 'not-yet.ts'), join(root, 'dangling.ts'));
    await symlink(join(root, 'src'), join(root, 'lib'));
    await symlink(root, join(base, 'linked'));
  });
  after(() => rm(base, { recursive: true, force: true }));

  const cases: Readonly<Record<string, boolean>> = {
    'src/a.ts': true,
    'src/new.ts': true,
    'src/new/deep/er.ts': true,
    'lib/a.ts': true,
    'lib/new.ts': true,
    'src/': true,
    '': true,
    'out/secret.ts': false,
    'out/new.ts': false,
    'out/new/deep.ts': false,
    out: false,
    'file.ts': false,
    'dangling.ts': false,
    '../outside/secret.ts': false,
    'src/../../outside/secret.ts': false,
    '/etc/passwd': false,
  };
  for (const [path, expected] of Object.entries(cases)) {
    it(`${expected ? 'stays inside' : 'leads out'}: "${path}"`, async () => {
      assert.equal(await staysInside(root, path), expected);
      // The folder itself may be reached by a link.
      assert.equal(await staysInside(join(base, 'linked'), path), expected);
    });
  }

  it('leads nowhere from a folder that is not there', async () => {
    assert.equal(await staysInside(join(base, 'gone'), 'a.ts'), false);
  });

  it('is written as on disk where upper and lower case are the same', async () => {
    const onDisk = ['/r', '/r/src', '/r/src/Stock.ts'];
    const find = (path: string) => onDisk.find((each) => each.toLowerCase() === path.toLowerCase());
    const reader = {
      realpath: async (path: string) => find(path) ?? Promise.reject(new Error('ENOENT')),
      isThere: async (path: string) => find(path) !== undefined,
    };
    assert.equal(await staysInside('/r', 'src/Stock.ts', reader), true);
    assert.equal(await staysInside('/r', 'src/stock.ts', reader), false);
    assert.equal(await staysInside('/r', 'SRC/Stock.ts', reader), false);
    assert.equal(await staysInside('/r', 'SRC/new.ts', reader), false);
    assert.equal(await staysInside('/r', 'src/New.ts', reader), true);
  });
});
