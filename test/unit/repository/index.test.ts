import assert from 'node:assert/strict';
import { createHash, hash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { OutlineParser } from '../../../extension/core/ports.ts';
import { createRepositoryIndex, type RepositoryIndex } from '../../../extension/core/repository/repositoryIndex.ts';
import { createBulkFiles } from '../../../extension/node/bulkFiles.ts';
import { createIndexStore } from '../../../extension/node/indexStore.ts';
import { run } from '../../support/processes.ts';
import { makeWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const never = new AbortController().signal;
const parser: OutlineParser = { outline: async () => undefined };
const ports = { files: createBulkFiles(), parser, hash: (text: string) => hash('sha1', text, 'base64') };

const files = {
  'src/index.ts': "export * from './shapes';\nexport { area as areaOf } from './area';\n",
  'src/shapes.ts': 'export interface Circle {\n  readonly radius: number;\n}\n',
  'src/area.ts':
    "import type { Circle } from './index';\n\nexport function area(circle: Circle): number {\n  return 3 * circle.radius ** 2;\n}\n",
  'src/main.ts':
    "import { areaOf, type Circle } from '.';\n\nexport const small: Circle = { radius: 1 };\nareaOf(small);\n",
};

describe('the index of a repository', () => {
  let workspace: TestWorkspace;
  let index: RepositoryIndex;
  const paths = () => index.files.flatMap((file) => (file ? [file.path] : [])).sort();
  const termsOf = (path: string) =>
    [...(index.find(path)?.facts.terms.ids ?? [])].map((id) => index.vocabulary.term(id));
  const frequency = (term: string) => index.frequency(index.vocabulary.find(term) ?? -1);

  before(async () => {
    workspace = await makeWorkspace(files);
  });
  beforeEach(async () => {
    index = createRepositoryIndex(workspace.folder, ports);
    await index.refresh({}, never);
  });
  after(() => workspace.dispose());

  it('knows the terms, the names and the imports of every file', () => {
    assert.deepEqual(paths(), Object.keys(files).sort());
    assert.ok(termsOf('src/area.ts').includes('radius'));
    assert.equal(frequency('radius'), 3);
    assert.deepEqual(
      index.definers('area').map((slot) => index.files[slot]?.path),
      ['src/area.ts'],
    );
  });

  it('finds what an import means behind the files that pass it on', () => {
    const main = index.find('src/main.ts');
    assert.ok(main);
    const names = index.graph.of(main).names.map(({ name, slot }) => [name, index.files[slot]?.path]);
    assert.deepEqual(names, [
      ['areaOf', 'src/area.ts'],
      ['Circle', 'src/shapes.ts'],
    ]);
  });

  it('follows what is saved, renamed, made and deleted', async () => {
    const at = (path: string) => join(workspace.folder, path);
    await writeFile(at('src/area.ts'), 'export const volume = 1;\n');
    await rename(at('src/shapes.ts'), at('src/forms.ts'));
    await writeFile(at('src/fresh.ts'), 'export class Fresh {}\n');
    await rm(at('src/main.ts'));
    await index.refresh({ unchanged: true }, never);
    assert.deepEqual(paths(), Object.keys(files).sort(), 'nothing is looked at where nothing has changed');
    await index.refresh({}, never);
    assert.deepEqual(paths(), ['src/area.ts', 'src/forms.ts', 'src/fresh.ts', 'src/index.ts']);
    assert.equal(index.definers('area').length, 0);
    assert.equal(frequency('areaOf'), 1);
    assert.equal(frequency('circle'), 0);
    for (const [path, text] of Object.entries(files)) await writeFile(at(path), text);
    await rm(at('src/forms.ts'));
    await rm(at('src/fresh.ts'));
    await index.refresh({}, never);
    assert.deepEqual(paths(), Object.keys(files).sort());
    assert.equal(frequency('radius'), 3);
  });

  it('puts unsaved buffers in place of files as long as they are given', async () => {
    await index.refresh({ unchanged: true, overlay: { 'src/shapes.ts': 'export interface Square {}\n' } }, never);
    assert.equal(frequency('Square'), 1);
    assert.equal(index.definers('Circle').length, 0);
    await index.refresh({ unchanged: true }, never);
    assert.equal(frequency('Square'), 0);
    assert.equal(index.definers('Circle').length, 1);
  });

  it('keeps nothing of unsaved texts', async () => {
    const { revision } = index;
    for (const name of ['One', 'Two', 'Three']) {
      await index.refresh({ unchanged: true, overlay: { 'src/shapes.ts': `export class ${name} {}\n` } }, never);
      assert.equal(
        index.image().rows.some(({ path }) => path === 'src/shapes.ts'),
        false,
      );
    }
    await index.refresh({ unchanged: true }, never);
    assert.equal(index.revision, revision);
    assert.equal(index.image().rows.length, 4);
  });

  it('reads nothing again that its image holds', async () => {
    let reads = 0;
    const { files } = ports;
    const counted = {
      ...ports,
      files: {
        ignores: files.ignores,
        list: files.list,
        history: files.history,
        read: (root: string, path: string, most: number) => {
          if (path !== '.glmignore') reads++;
          return files.read(root, path, most);
        },
      },
    };
    const again = createRepositoryIndex(workspace.folder, counted, structuredClone(index.image()));
    await again.refresh({}, never);
    assert.equal(reads, 0);
    assert.equal(again.fileCount, 4);
    assert.equal(again.definers('area').length, 1);
  });

  it('learns from the history which files change together, and reads it once for each newest commit', async () => {
    const commit = (...paths: string[]) => run('git', [...identity, 'commit', '-qm', 'x', '--', ...paths], inFolder);
    const inFolder = { cwd: workspace.folder };
    const identity = ['-c', 'user.name=mei', '-c', 'user.email=mei@localhost'];
    await commit('src/area.ts', 'src/shapes.ts');
    await commit('src/main.ts');
    await index.refresh({}, never);
    const together = () =>
      [...index.changedWith('src/area.ts')].map(([slot, share]) => [index.files[slot]?.path, share > 0 && share < 1]);
    assert.deepEqual(together(), [['src/shapes.ts', true]]);
    assert.deepEqual([...index.changedWith('src/main.ts')], []);
    const history = await ports.files.history(workspace.folder, undefined, never);
    assert.equal(history?.commits.length, 2);
    assert.equal(await ports.files.history(workspace.folder, history?.head, never), undefined);
    await index.refresh({}, never);
    assert.equal(together().length, 1);
  });

  it('never follows a link out of the folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'glm-coder-outside-'));
    await writeFile(join(outside, 'private.ts'), 'export const privateThing = 1;\n');
    await symlink(outside, join(workspace.folder, 'linked'));
    await symlink(join(outside, 'private.ts'), join(workspace.folder, 'src/link.ts'));
    await index.refresh({}, never);
    assert.equal(index.find('linked/private.ts'), undefined);
    assert.equal(frequency('privateThing'), 0);
    assert.ok(index.omitted.some(({ path, reason }) => path === 'src/link.ts' && reason === 'symbolic link'));
    const read = await ports.files.read(workspace.folder, 'linked/private.ts', 1_000);
    assert.ok('refused' in read);
    await rm(join(workspace.folder, 'linked'));
    await rm(join(workspace.folder, 'src/link.ts'));
    await rm(outside, { recursive: true });
  });

  it('takes up a scan that was cancelled', async () => {
    const fresh = createRepositoryIndex(workspace.folder, ports);
    await assert.rejects(fresh.refresh({}, AbortSignal.abort(new Error('stopped'))), /stopped|abort/i);
    await fresh.refresh({ unchanged: true }, never);
    assert.equal(fresh.fileCount, 4);
  });
});

describe('the store of indexes', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glm-coder-store-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('gives back what was saved, for each folder its own', async () => {
    const store = createIndexStore(folder);
    await store.save('/one', { numbers: new Uint32Array([1, 2]), map: new Map([['a', 1]]) });
    await store.save('/two', { other: true });
    assert.deepEqual(await store.load('/one'), { numbers: new Uint32Array([1, 2]), map: new Map([['a', 1]]) });
    assert.deepEqual(await store.load('/two'), { other: true });
    assert.equal(await store.load('/three'), undefined);
  });

  it('takes a damaged, short or strange file for none, and leaves nothing unfinished', async () => {
    const store = createIndexStore(folder);
    await store.save('/one', { text: 'x'.repeat(1_000) });
    const file = join(folder, `${createHash('sha1').update('/one').digest('hex')}.index`);
    const bytes = await readFile(file);
    for (const broken of [
      bytes.subarray(0, 500),
      Buffer.alloc(0),
      Buffer.from('not an index'),
      Buffer.concat([bytes.subarray(0, 200), Buffer.from([bytes[200] ? 0 : 1]), bytes.subarray(201)]),
    ]) {
      await writeFile(file, broken);
      assert.equal(await store.load('/one'), undefined);
    }
    await Promise.all(Array.from({ length: 8 }, (_, i) => store.save('/one', { i })));
    assert.ok(await store.load('/one'));
    assert.deepEqual(
      (await readdir(folder)).filter((name) => !name.endsWith('.index')),
      [],
    );
    await mkdir(join(folder, 'readonly'));
  });
});
