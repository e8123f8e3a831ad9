import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CompletionRequest } from '../../../extension/core/backend/backend.ts';
import { type FimOrder, fimPrompt } from '../../../extension/core/backend/fimPrompt.ts';
import { probeFimOrder } from '../../../extension/core/backend/local/fimOrder.ts';

const right = new Map([
  ['swap.ts', 'first, second'],
  ['prices.py', 'sum_of_prices = 0\n'],
  ['join.js', 'path'],
]);

/** A model that fills gaps in the orders it knows, and goes on writing anything in others. */
function model(...known: readonly FimOrder[]) {
  const asked: FimOrder[] = [];
  const fill = async (order: FimOrder, { path }: CompletionRequest): Promise<string> => {
    asked.push(order);
    return known.includes(order) ? (right.get(path) ?? '') : '// The rest of the file\nexport';
  };
  return { fill, asked };
}

describe('the order of the FIM tokens', () => {
  it('is the one in which the model fills gaps', async () => {
    assert.equal(await probeFimOrder(model('prefix-first').fill), 'prefix-first');
    assert.equal(await probeFimOrder(model('suffix-first').fill), 'suffix-first');
  });

  it('is the one that keeps the cache where both or neither do', async () => {
    assert.equal(await probeFimOrder(model('prefix-first', 'suffix-first').fill), 'suffix-first');
    assert.equal(await probeFimOrder(model().fill), 'suffix-first');
  });

  it('is asked for no longer than it is open', async () => {
    for (const [known, requests] of [
      [['prefix-first'], 4],
      [['suffix-first'], 2],
      [['prefix-first', 'suffix-first'], 2],
      [[], 4],
    ] as const) {
      const { fill, asked } = model(...known);
      await probeFimOrder(fill);
      assert.equal(asked.length, requests, known.join());
    }
  });

  it('takes nothing, or what goes on after the right words, for wrong', async () => {
    const talkative = async (order: FimOrder, { path }: CompletionRequest) =>
      order === 'prefix-first' ? `${right.get(path)}; and more of it` : '';
    assert.equal(await probeFimOrder(talkative), 'suffix-first');
  });
});

describe('a prompt with the prefix first', () => {
  const gap = { path: 'a.ts', languageId: 'typescript', prefix: 'let a = ', mode: 'block', maxTokens: 8 } as const;

  it('ends with the suffix', () => {
    assert.equal(
      fimPrompt('glm', { ...gap, suffix: ';\n' }, 'prefix-first'),
      '###PATH: a.ts\n<|code_prefix|>let a = <|code_suffix|>;\n<|code_middle|>',
    );
  });

  it('has a short one, of whole lines: each key has the server read it again', () => {
    const suffix = ';\n'.repeat(5_000);
    const prompt = fimPrompt('glm', { ...gap, suffix }, 'prefix-first');
    assert.ok(prompt.length < 1_200);
    assert.ok(prompt.endsWith(';\n<|code_middle|>'));
    assert.ok(fimPrompt('glm', { ...gap, suffix: 'x'.repeat(5_000) }, 'prefix-first').length < 1_200);
  });
});

describe('a prompt that begins with what a server holds', () => {
  const gap = {
    path: 'a.ts',
    languageId: 'typescript',
    prefix: 'a',
    suffix: 'b',
    mode: 'block',
    maxTokens: 8,
  } as const;
  const head = '[gMASK]<sop><|system|>\nR<|user|>\nQ<|assistant|>\nA<|user|>\n';

  it('has that as it is', () => {
    assert.equal(
      fimPrompt('glm', { ...gap, head }),
      `${head}###PATH: a.ts\n<|code_suffix|>b<|code_prefix|>a<|code_middle|>`,
    );
  });

  it("is in CodeGeeX4's own turn", () => {
    const prompt = fimPrompt('codegeex4', { ...gap, head });
    assert.ok(prompt.startsWith(`${head}###PATH:a.ts\n###LANGUAGE:`));
    assert.ok(prompt.endsWith('<|code_middle|><|assistant|>\n'));
  });
});
