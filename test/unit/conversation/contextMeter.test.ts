import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import type { Backend } from '../../../extension/core/backend/backend.ts';
import { type Attachment, attachmentText, withAttachments } from '../../../extension/core/conversation/attachments.ts';
import { contextMeter, type MeterInput } from '../../../extension/core/conversation/contextMeter.ts';
import { createMeasure } from '../../../extension/core/conversation/measure.ts';
import { packBudget } from '../../../extension/core/conversation/packBudget.ts';
import { createCalibration } from '../../../extension/core/tokens/calibration.ts';
import { createLazyTiktoken } from '../../../extension/node/tiktoken.ts';

const input: MeterInput = {
  window: 32_000,
  factor: 1,
  answer: 8_192,
  rules: 200,
  conversation: 0,
  message: 10,
  attachments: [],
};
const tokensOf = (parts: ReturnType<typeof contextMeter>['parts'], kind: string) =>
  parts.find((part) => part.kind === kind)?.tokens;

describe('the context meter', () => {
  it('lists what takes part of the window, in the order of the prompt, and nothing that takes none', () => {
    const { parts, over, window } = contextMeter({ ...input, attachments: [{ id: 'a', tokens: 500 }] });
    assert.deepEqual(
      parts.map(({ kind, tokens, exact }) => [kind, tokens, exact]),
      [
        ['rules', 200, true],
        ['attachments', 500, true],
        ['message', 10, true],
        ['answer', 8_000, true],
      ],
    );
    assert.deepEqual([over, window], [0, 32_000]);
  });

  it('counts as the server does once that is known to count finer', () => {
    const { parts } = contextMeter({ ...input, factor: 1.1, rules: 199, conversation: 1_000 });
    assert.deepEqual([tokensOf(parts, 'rules'), tokensOf(parts, 'conversation')], [219, 1_100]);
    assert.equal(parts[0]?.exact, false);
  });

  it('leaves the repository what the rest does not take, as the turn will', () => {
    const attachments = [{ id: 'src/', tokens: 9_000 }];
    const repository = { wanted: 128_000 };
    const { parts, over, repositoryCut } = contextMeter({ ...input, attachments, repository });
    assert.equal(tokensOf(parts, 'repository'), packBudget(128_000, 32_000, 8_192, 9_210));
    assert.equal(over, 0);
    assert.equal(repositoryCut, 128_000);
    assert.equal(parts.find(({ kind }) => kind === 'repository')?.exact, false);

    const packed = contextMeter({ ...input, repository: { wanted: 128_000, packed: 12_345 } });
    assert.deepEqual(
      packed.parts.find(({ kind }) => kind === 'repository'),
      { kind: 'repository', tokens: 12_345, exact: true },
    );
    assert.equal(packed.repositoryCut, undefined);
  });

  it('names the smallest attachment that makes the rest fit, else the largest', () => {
    const attachments = [
      { id: 'small', tokens: 3_000 },
      { id: 'middle', tokens: 9_000 },
      { id: 'large', tokens: 20_000 },
      { id: 'nothing', tokens: 0 },
    ];
    const tight = contextMeter({ ...input, attachments });
    assert.equal(tight.over, 200 + 10 + 32_000 + 8_000 - 32_000);
    assert.equal(tight.remove, 'middle');
    assert.equal(contextMeter({ ...input, window: 8_000, attachments }).remove, 'large');
    assert.equal(contextMeter({ ...input, window: 8_000, conversation: 9_000 }).remove, undefined);
    assert.equal(contextMeter(input).remove, undefined);
  });

  it('makes room for what is said already when a repository is packed', () => {
    assert.equal(packBudget(128_000, 128_000, 8_192), 128_000 - 6_000 - 8_192);
    assert.equal(packBudget(128_000, 128_000, 8_192, 3_000), 128_000 - 6_000 - 8_192);
    assert.equal(packBudget(128_000, 128_000, 8_192, 40_000), 128_000 - 42_000 - 8_192);
    assert.equal(packBudget(128_000, 8_192, 8_192, 90_000), 0);
  });
});

describe('what a message takes', () => {
  const tokenizer = createLazyTiktoken(resolve('dist'));
  const attachment = (path: string, text: string, more: Partial<Attachment> = {}): Attachment => ({
    path,
    languageId: 'typescript',
    text,
    ...more,
  });

  it('is exactly the sum of its attachments and its question, however they end and begin', async () => {
    const ends = ['x', 'x\n', 'x \n\n\n', '```\ncode\n```', '  ', '}\n\t', '价格', '<|user|>', "'", '#\n#'];
    const attachments = ends.flatMap((text, i) => [
      attachment(`src/${i}.ts`, text),
      attachment(`.env${i}`, text, { lines: [1, 2] }),
      attachment(`${i} 文件/`, text, { languageId: '' }),
    ]);
    for (const question of ['What?', '/explain', '价格？', '12 or 3', "'s it"]) {
      const parts = await tokenizer.count([...attachments.map(attachmentText), question]);
      const [whole] = await tokenizer.count([withAttachments(question, attachments)]);
      assert.equal(
        parts.reduce((sum, count) => sum + count, 0),
        whole,
        question,
      );
    }
  });

  it('is counted once for each text, and again only for what is new', async () => {
    const asked: (readonly string[])[] = [];
    const counting = {
      encoding: 'test',
      count: async (texts: readonly string[]) => {
        asked.push(texts);
        return texts.map(({ length }) => length);
      },
    };
    const measure = createMeasure(counting, createCalibration());
    const backend = { window: 10_000, label: 'test' } as Backend;
    const said = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ role: 'user' as const, content: `message ${i}` }));
    const outgoing = { rules: 'rules', message: 'now', attachments: [], answer: 1_000 };
    const signal = new AbortController().signal;
    await measure({ ...outgoing, messages: said(2) }, backend, signal);
    const meter = await measure({ ...outgoing, message: 'then', messages: said(3) }, backend, signal);
    assert.deepEqual(asked, [
      ['rules', 'now', 'message 0', 'message 1'],
      ['then', 'message 2'],
    ]);
    assert.deepEqual(
      meter.parts.map(({ kind, tokens }) => [kind, tokens]),
      [
        ['rules', 5],
        ['conversation', 27],
        ['message', 4],
        ['answer', 1_000],
      ],
    );
  });
});
