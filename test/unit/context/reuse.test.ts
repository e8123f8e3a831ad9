import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { commonPrefix, reusable } from '../../../extension/core/context/reuse.ts';
import { section } from '../../../extension/core/context/section.ts';
import type { Pack } from '../../../extension/core/pack.ts';
import type { Tokenizer } from '../../../extension/core/ports.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';

const never = new AbortController().signal;

describe('what of a pack a server has read before', () => {
  let tokenizer: Tokenizer;
  before(async () => {
    tokenizer = await createTiktoken(resolve('dist'));
  });

  async function packOf(files: Readonly<Record<string, string>>): Promise<Pack> {
    const texts = Object.entries(files).map(([path, text]) => section(path, text));
    const counts = await tokenizer.count(texts);
    return {
      ...{ budget: 1_000, encoding: 'cl100k_base', omitted: [], text: texts.join('') },
      tokens: counts.reduce((sum, count) => sum + count, 0),
      files: Object.entries(files).map(([path, text], at) => ({
        ...{ path, level: 'full' as const, tokens: counts[at] ?? 0 },
        ranges: [[1, text.split('\n').length - 1]] as const,
      })),
    };
  }

  it('is its beginning, to the token, up to the first change', async () => {
    const before = { 'a.ts': 'const a = 1;\n', 'b.ts': 'const b = 2;\nconst c = 3;\n', 'd.ts': 'const d = 4;\n' };
    const sent = await packOf(before);
    const made = await packOf({ ...before, 'b.ts': 'const b = 2;\nconst c = 33;\n', 'e.ts': 'new();\n' });
    const found = await reusable(made, sent, tokenizer, never);
    assert.deepEqual(found.files, ['cached', 'new', 'moved', 'new']);
    const shared = made.text.slice(0, commonPrefix(made.text, sent.text));
    assert.ok(shared.endsWith('const c = 3'));
    assert.deepEqual([found.tokens], await tokenizer.count([shared]));
  });

  it('is all of what is the same, and nothing where nothing was sent', async () => {
    const pack = await packOf({ 'a.ts': 'const a = 1;\n', 'b.ts': 'const b = 2;\n' });
    assert.deepEqual(await reusable(pack, pack, tokenizer, never), {
      tokens: pack.tokens,
      files: ['cached', 'cached'],
    });
    assert.deepEqual(await reusable(pack, undefined, tokenizer, never), { tokens: 0, files: ['new', 'new'] });
  });

  it('is found in long texts at any length', () => {
    const text = 'x'.repeat(10_000);
    for (const length of [0, 1, 4_095, 4_096, 4_097, 8_192, 9_999])
      assert.equal(commonPrefix(text, `${text.slice(0, length)}y${text}`), length);
    assert.equal(commonPrefix(text, text), text.length);
  });
});
