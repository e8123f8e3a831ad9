import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Packer } from '../../../extension/core/ports.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';
import { makeWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const never = new AbortController().signal;
const password = ['hunter2', 'Tr0ub4dor', 'Zebra99'].join('-');

const files: Record<string, string> = {
  '.glmignore': 'src/own/\n',
  '.gitignore': 'src/built/\n',
  'src/a.ts': 'export const a = 1;\n',
  'src/deep/er/b.ts': 'export const b = 2;\n',
  'src/large.ts': Array.from({ length: 400 }, (_, i) => `export const value${i} = ${i};`).join('\n'),
  'src/login.ts': `export const password = '${password}';\n`,
  'src/.env': 'TOKEN=1\n',
  'src/own/mine.ts': 'export const mine = 1;\n',
  'src/built/out.ts': 'export const out = 1;\n',
  'src/picture.png': 'png',
  'srcs/other.ts': 'export const other = 1;\n',
  'main.ts': 'export const main = 1;\n',
};

describe('a pack of a folder', () => {
  let workspace: TestWorkspace;
  let packer: Packer;
  before(async () => {
    workspace = await makeWorkspace(files);
    await symlink('/etc/hostname', join(workspace.folder, 'src', 'host.txt'));
    packer = createNodePacker({ distribution: resolve('dist') }, await createTiktoken(resolve('dist')));
  });
  after(() => workspace.dispose());

  const pack = (within: string | undefined, budget: number) =>
    packer.pack({ root: workspace.folder, budget, ...(within === undefined ? {} : { within }) }, never);

  it('holds its readable files, whole, and no others', async () => {
    const made = await pack('src', 8_000);
    assert.deepEqual(
      made.files.map(({ path, level }) => [path, level]),
      ['src/a.ts', 'src/deep/er/b.ts', 'src/large.ts', 'src/login.ts'].map((path) => [path, 'full']),
    );
    assert.match(made.text, /export const password = /);
    assert.ok(!made.text.includes(password));
  });

  it('names what of it is left out, and why, and nothing beside it', async () => {
    const { omitted } = await pack('src', 8_000);
    const reasons = Object.fromEntries(omitted.map(({ path, reason }) => [path, reason]));
    assert.equal(reasons['src/.env'], 'may hold secrets');
    assert.equal(reasons['src/picture.png'], 'binary');
    assert.match(reasons['src/own/mine.ts'] ?? '', /\.glmignore/);
    assert.ok(
      omitted.every(({ path }) => path.startsWith('src/')),
      JSON.stringify(omitted),
    );
  });

  it('leaves out whole files where not all have room', async () => {
    const made = await pack('src', 200);
    assert.ok(made.tokens <= 200);
    assert.deepEqual(
      made.files.map(({ path }) => path),
      ['src/a.ts', 'src/deep/er/b.ts', 'src/login.ts'],
    );
    assert.equal(made.omitted.find(({ path }) => path === 'src/large.ts')?.reason, 'over the budget');
  });

  it('disturbs no other pack: the whole repository is there before and after', async () => {
    const whole = await pack(undefined, 8_000);
    await pack('src/deep', 8_000);
    assert.equal((await pack(undefined, 8_000)).text, whole.text);
    assert.ok(whole.files.some(({ path }) => path === 'main.ts'));
  });

  it('is empty for a folder that is not there, or holds nothing readable', async () => {
    assert.deepEqual((await pack('gone', 8_000)).files, []);
    assert.deepEqual((await pack('src/built', 8_000)).files, []);
  });
});
