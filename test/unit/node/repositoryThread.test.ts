import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { FolderFailure } from '../../../extension/core/ports.ts';
import { createRepositoryThread } from '../../../extension/node/repositoryThread.ts';
import { makeWorkspace } from '../../support/workspace.ts';

const distribution = resolve('dist');
const never = new AbortController().signal;
const thread = createRepositoryThread({ distribution, translations: {} });
after(() => thread.dispose());

describe('the repository worker', () => {
  it('counts, special tokens as plain text', async () => {
    const [plain, special] = await thread.tokenizer.count(['hello world', '<|endoftext|>']);
    assert.equal(plain, 2);
    assert.ok((special ?? 0) > 1);
  });

  it('packs, in the language it was given', async () => {
    const workspace = await makeWorkspace({ 'a.ts': 'let a;\n', 'b.png': 'x' });
    const chinese = createRepositoryThread({ distribution, translations: { binary: '二进制文件' } });
    const pack = await chinese.packer.pack({ root: workspace.folder, budget: 100 }, never);
    assert.deepEqual(pack.omitted, [{ path: 'b.png', reason: '二进制文件' }]);
    await chinese.dispose();
    await workspace.dispose();
  });

  it('divides a repository, writes its parts, looks for files, and tells how far it is', async () => {
    const workspace = await makeWorkspace();
    const request = { root: workspace.folder, budget: 200 };
    const stages: string[] = [];
    const { parts, files } = await thread.packer.partition(request, never, ({ stage }) => stages.push(stage));
    const made = await Promise.all(parts.map((plan) => thread.packer.part({ ...request, plan }, never)));
    assert.equal(files, 5);
    assert.equal(new Set(made.flatMap((pack) => pack.files.map(({ path }) => path))).size, 5);
    assert.ok(stages.includes('counting'));
    const likely = { root: workspace.folder, question: 'tax', except: ['src/basket.ts'], most: 1 };
    assert.deepEqual(
      (await thread.packer.likely(likely, never)).map(({ path }) => path),
      ['src/price.ts'],
    );
    await thread.packer.pack({ ...request, question: 'tax' }, never, ({ stage }) => stages.push(stage));
    assert.equal(stages.at(-1), 'choosing');
    await workspace.dispose();
  });

  it('hands failures over as what they are', async () => {
    await assert.rejects(thread.packer.pack({ root: '/no/such/folder', budget: 1 }, never), FolderFailure);
  });

  it('stops when told to, and works on afterwards', async () => {
    const controller = new AbortController();
    const counting = thread.tokenizer.count(Array(500).fill('some text to be counted '.repeat(400)), controller.signal);
    controller.abort();
    await assert.rejects(counting, /abort/i);
    assert.deepEqual(await thread.tokenizer.count(['a']), [1]);
  });

  it('looks into a repository for tools, through the same gate', async () => {
    const workspace = await makeWorkspace();
    const { reader } = thread;
    const folder = { root: workspace.folder };
    const read = await reader.read({ ...folder, path: 'notes.txt' }, never);
    assert.deepEqual(read, { text: 'Buy milk.\n' });
    assert.ok('refused' in (await reader.read({ ...folder, path: '../notes.txt' }, never)));
    const query = { text: 'withTax(', isRegex: false };
    const found = await reader.search({ ...folder, query }, never);
    assert.equal('hits' in found && found.hits.length, 2);
    const { found: definitions } = await reader.definitions({ ...folder, name: 'Stock.add' }, never);
    assert.deepEqual(definitions[0], {
      path: 'src/stock.ts',
      name: 'add',
      kind: 'method',
      startLine: 5,
      endLine: 7,
      depth: 1,
    });
    await assert.rejects(reader.read({ root: `${workspace.folder}/none`, path: 'a' }, never), {
      name: 'FolderFailure',
    });
    await assert.rejects(reader.search({ ...folder, query }, AbortSignal.abort(new Error('stopped'))), /stopped/);
    await workspace.dispose();
  });
});
