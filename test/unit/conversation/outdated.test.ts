import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { attachmentText } from '../../../extension/core/conversation/attachments.ts';
import { type PackedTexts, packedTexts } from '../../../extension/core/conversation/outdated.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';
import { makeWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const never = new AbortController().signal;
const filler = Array.from({ length: 400 }, (_, at) => `const filler${at} = ${at};`).join('\n');

const files: Record<string, string> = {
  'src/price.ts': 'export const price = 1;\n\n\nexport const tax = 2;\n',
  'src/open.ts': 'export const last = 1;',
  'src/windows.ts': 'export const one = 1;\r\nexport const two = 2;\r\n',
  'src/blank.ts': '\n\nexport const tax = 1;\n\n\n',
  'src/large.ts': `${filler}\n\nexport function addTax() {}\n\n${filler}\n`,
};

describe('what a pack shows of files', () => {
  let workspace: TestWorkspace;
  let whole: PackedTexts;
  let passages: PackedTexts;
  before(async () => {
    workspace = await makeWorkspace(files);
    const packer = createNodePacker({ distribution: resolve('dist') }, await createTiktoken(resolve('dist')));
    const request = { root: workspace.folder, question: 'Where is addTax?' };
    whole = packedTexts(await packer.pack({ ...request, budget: 64_000 }, never));
    passages = packedTexts(await packer.pack({ ...request, budget: 900 }, never));
  });
  after(() => workspace.dispose());

  it('is as they are as long as nobody changes them, however their lines end', async () => {
    assert.ok(Object.keys(files).every((path) => whole.paths.includes(path)));
    for (const texts of [whole, passages])
      for (const path of texts.paths) {
        const text = await readFile(join(workspace.folder, path), 'utf8');
        assert.equal(texts.isOutdated(path, text), false, path);
      }
  });

  it('is outdated by a line that is another, is new, or is gone', () => {
    const { 'src/price.ts': text = '' } = files;
    assert.ok(whole.isOutdated('src/price.ts', text.replace('tax = 2', 'tax = 3')));
    assert.ok(whole.isOutdated('src/price.ts', `${text}export const more = 3;\n`));
    assert.ok(whole.isOutdated('src/price.ts', text.replace('export const tax = 2;\n', '')));
    assert.equal(whole.isOutdated('src/price.ts', text.replaceAll('\n', '\r\n')), false, 'line ends are no news');
  });

  it('is not outdated by what stands beyond the lines that it shows', () => {
    const { 'src/large.ts': text = '' } = files;
    assert.ok(passages.paths.includes('src/large.ts'));
    assert.equal(passages.isOutdated('src/large.ts', `${text}const more = 1;\n`), false);
    assert.ok(passages.isOutdated('src/large.ts', text.replace('addTax()', 'addTax(price)')));
    assert.ok(passages.isOutdated('src/large.ts', `const first = 1;\n${text}`), 'its lines have other numbers');
  });

  it('is told of to the model', () => {
    const newer = { path: 'a.ts', languageId: 'typescript', text: 'x', isNewer: true } as const;
    assert.equal(attachmentText(newer), 'a.ts has changed. It is now:\n```typescript\nx\n```\n\n');
  });
});
