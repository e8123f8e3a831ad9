import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { packedSources } from '../../../extension/core/context/packedSources.ts';
import type { Pack, PackRequest } from '../../../extension/core/pack.ts';
import { FolderFailure, type Packer, type Tokenizer } from '../../../extension/core/ports.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';
import { makeWorkspace, shop, type TestWorkspace } from '../../support/workspace.ts';

const never = new AbortController().signal;
const long = Array.from({ length: 400 }, (_, i) => `export const entry${i} = lookup(${i}); // 条目 ${i}\n`).join('');

const files: Record<string, string | Uint8Array> = {
  ...shop,
  'src/long.ts': long,
  'src/blank.ts': '\n\n  \n\tindented after blanks\n\n\n',
  'src/no-newline.ts': 'const last = 1;',
  'src/crlf.ts': 'a();\r\n\r\nb();\r\n',
  'src/special.md': 'Text with <|user|> and ###PATH: in it 😀\n',
  'empty.txt': '',
  'package-lock.json': '{}',
  '.env': 'SECRET_TOKEN=hunter2',
  'logo.png': 'not really',
  'image.dat': new Uint8Array([1, 0, 2]),
  'latin.txt': new Uint8Array([0x63, 0x61, 0x66, 0xe9]),
  'app.js': `var a=${'x+'.repeat(3_000)}1`,
  'ignored/by-git.ts': 'nothing',
  'private/by-us.ts': 'nothing',
  '.gitignore': 'ignored/\n',
  '.glmignore': 'private/\n',
};

describe('the packer', () => {
  let workspace: TestWorkspace;
  let tokenizer: Tokenizer;
  let packer: Packer;
  const pack = (request: Partial<PackRequest>): Promise<Pack> =>
    packer.pack({ root: workspace.folder, budget: 128_000, ...request }, never);

  before(async () => {
    workspace = await makeWorkspace(files);
    tokenizer = await createTiktoken(resolve('dist'));
    packer = createNodePacker({ distribution: resolve('dist') }, tokenizer);
  });
  after(() => workspace.dispose());

  it('counts exactly and never goes over any budget', async () => {
    const questions = [undefined, 'which entry is looked up?', 'how is tax added to a price?'];
    const budgets = [0, 1, 30, 100, 500, 501, 777, 1_000, 2_048, 3_333, 5_000, 8_192, 12_000, 32_768, 1_000_000];
    for (const budget of budgets) {
      for (const question of questions) {
        const made = await pack({ budget, ...(question ? { question } : {}) });
        const [counted] = await tokenizer.count([made.text]);
        assert.equal(made.tokens, counted, `budget ${budget}, ${question}`);
        assert.ok(made.tokens <= budget, `${made.tokens} > ${budget}`);
        assert.equal(
          made.tokens,
          made.files.reduce((sum, file) => sum + file.tokens, 0),
        );
      }
    }
  });

  it('gives the same bytes for the same input, warm or cold', async () => {
    const fresh = createNodePacker({ distribution: resolve('dist') }, tokenizer);
    const request = { root: workspace.folder, budget: 3_000, question: 'format a price' };
    assert.equal(JSON.stringify(await fresh.pack(request, never)), JSON.stringify(await pack(request)));
    assert.equal(JSON.stringify(await pack(request)), JSON.stringify(await pack(request)));
  });

  it('names a reason for everything it leaves out, and leaves out what must not go', async () => {
    const made = await pack({});
    const reasons = Object.fromEntries(made.omitted.map(({ path, reason }) => [path, reason]));
    assert.deepEqual(reasons, {
      '.env': 'may hold secrets',
      'app.js': 'minified',
      'empty.txt': 'empty',
      'image.dat': 'binary',
      'latin.txt': 'not UTF-8 text',
      'logo.png': 'binary',
      'package-lock.json': 'lock file',
      'private/by-us.ts': 'ignored by .glmignore or files.exclude',
    });
    assert.equal(made.text.includes('hunter2'), false);
    assert.equal(made.text.includes('by-git'), false);
  });

  it('lays the files out by path, whatever the question', async () => {
    for (const question of ['tax', 'stock of articles']) {
      const paths = (await pack({ question })).files.map(({ path }) => path);
      assert.deepEqual(paths, [...paths].sort());
    }
  });

  it('lets the files in first that the question is about', async () => {
    const made = await pack({ budget: 250, question: 'how is value added tax added to a price?' });
    assert.ok(made.files.some(({ path }) => path === 'src/price.ts'));
    assert.ok(
      made.omitted.some(
        ({ path, reason }) => path === 'src/stock.ts' && reason === 'nothing connects it with what is asked',
      ),
    );
  });

  it('takes the best passages of a file that does not fit', async () => {
    const made = await pack({ budget: 1_500, question: 'what does entry 399 look up?' });
    const file = made.files.find(({ path }) => path === 'src/long.ts');
    assert.equal(file?.level, 'excerpt');
    const own = packedSources(made).filter(({ path }) => path === 'src/long.ts');
    const lines = long.split('\n');
    for (const { text, firstLine } of own) assert.equal(text.split('\n')[0], lines[firstLine - 1]);
  });

  it('can be read back to the files it was made of', async () => {
    for (const { path, text, firstLine } of packedSources(await pack({}))) {
      const original = String(files[path]);
      assert.equal(text, original.endsWith('\n') ? original : `${original}\n`, path);
      assert.equal(firstLine, 1);
    }
  });

  it('leaves the file at the cursor to the caller, and reads unsaved buffers', async () => {
    const cursor = { path: 'src/basket.ts', line: 4, column: 1 };
    const made = await pack({ cursor, overlay: { 'src/stock.ts': 'unsaved text' } });
    assert.equal(
      made.files.some(({ path }) => path === 'src/basket.ts'),
      false,
    );
    assert.match(made.text, /unsaved text/);
  });

  it('stops when it is told to, and says what is wrong with a folder', async () => {
    await assert.rejects(packer.pack({ root: workspace.folder, budget: 1 }, AbortSignal.abort()), /abort/i);
    await assert.rejects(packer.pack({ root: `${workspace.folder}/no`, budget: 1 }, never), FolderFailure);
    await assert.rejects(packer.pack({ root: `${workspace.folder}/README.md`, budget: 1 }, never), FolderFailure);
  });
});
