import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMissingFilter, judgeAnswer } from '../../../extension/core/conversation/evidence/missing.ts';

/** An answer, what is shown of it, and what it says is missing; undefined for nothing. */
const cases: readonly (readonly [name: string, answer: string, shown: string, what: readonly string[] | undefined])[] =
  [
    ['the form', 'Not there.\n\nMISSING: the retry policy', 'Not there.', ['the retry policy']],
    ['bold', 'Not there.\n\n**MISSING:** the retry policy', 'Not there.', ['the retry policy']],
    ['bold all', 'Not there.\n\n**MISSING: the retry policy**', 'Not there.', ['the retry policy']],
    ['in backticks', 'Not there.\n`MISSING: src/retry.ts`\n', 'Not there.', ['src/retry.ts']],
    ['as a heading with a list', 'No.\n\n### MISSING:\n- retry.ts\n- its tests\n', 'No.', ['retry.ts', 'its tests']],
    ['as an item', 'No.\n- MISSING: retry.ts', 'No.', ['retry.ts']],
    ['as a quote', 'No.\n> MISSING: retry.ts', 'No.', ['retry.ts']],
    ['twice', 'No.\nMISSING: a.ts\nMISSING: b.ts\n', 'No.', ['a.ts', 'b.ts']],
    ['alone', 'MISSING: everything about payments', '', ['everything about payments']],
    ['in small letters', 'No.\n\nMissing: retry.ts', 'No.', ['retry.ts']],
    ['with a full-width colon', '没有。\n\nMISSING：重试策略', '没有。', ['重试策略']],
    ['translated', '没有相关代码。\n\n缺失：重试策略的实现', '没有相关代码。', ['重试策略的实现']],
    ['translated, bold', '没有。\n**缺少内容**：支付模块', '没有。', ['支付模块']],
    ['with nothing behind it', 'I do not know.\nMISSING:', 'I do not know.', []],
    ['that nothing is missing', 'In `src/a.ts:1`.\nMISSING: none', 'In `src/a.ts:1`.', undefined],
    ['that nothing is missing, in Chinese', '在 `src/a.ts:1`。\nMISSING：无。', '在 `src/a.ts:1`。', undefined],
    [
      'a mark in the middle',
      'MISSING: is what we write.\nIt is read in `a/b.ts:3`.',
      'MISSING: is what we write.\nIt is read in `a/b.ts:3`.',
      undefined,
    ],
    ['a mark in code', 'So:\n```\nMISSING: x\n```\n', 'So:\n```\nMISSING: x\n```', undefined],
    ['a mark in code that is cut off', 'So:\n```\nMISSING: x', 'So:\n```\nMISSING: x', undefined],
    [
      'an item of a review',
      'Review of `a/b.ts:3`:\n- Missing: tests',
      'Review of `a/b.ts:3`:\n- Missing: tests',
      undefined,
    ],
    ['an answer', 'Tax is added in `src/price.ts:8-10`.', 'Tax is added in `src/price.ts:8-10`.', undefined],
    [
      'its own words',
      'The provided files do not contain a retry policy.',
      'The provided files do not contain a retry policy.',
      ['The provided files do not contain a retry policy'],
    ],
    [
      'other words',
      "Sorry, but I couldn't find where that is done.",
      "Sorry, but I couldn't find where that is done.",
      ["Sorry, but I couldn't find where that is done"],
    ],
    [
      'Chinese words',
      '提供的代码中没有包含支付逻辑。',
      '提供的代码中没有包含支付逻辑。',
      ['提供的代码中没有包含支付逻辑'],
    ],
    [
      'Chinese words of not finding',
      '我没有在这些文件里找到退款流程。',
      '我没有在这些文件里找到退款流程。',
      ['我没有在这些文件里找到退款流程'],
    ],
    [
      'words about code that cites',
      'The file does not contain locks (`src/a.ts:1-3`).',
      'The file does not contain locks (`src/a.ts:1-3`).',
      undefined,
    ],
    ['nothing', '', '', undefined],
  ];

describe('what an answer says it lacks', () => {
  for (const [name, answer, shown, what] of cases) {
    it(name, () => {
      const judged = judgeAnswer(answer);
      assert.equal(judged.text, shown);
      assert.deepEqual(judged.missing?.what, what);
    });

    it(`${name}, however it is cut into pieces`, () => {
      for (const size of [1, 2, 3, 7]) {
        const filter = createMissingFilter();
        let text = '';
        for (let at = 0; at < answer.length; at += size) text += filter.push(answer.slice(at, at + size));
        const { rest, missing } = filter.end();
        assert.equal((text + rest).trimEnd(), shown, `pieces of ${size}`);
        assert.deepEqual(missing?.what, what, `pieces of ${size}`);
      }
    });
  }

  it('is never shown while it streams, and other text is not held back', () => {
    const filter = createMissingFilter();
    assert.equal(filter.push('The Mi'), 'The Mi');
    assert.equal(filter.push('ll.\n\n'), 'll.\n\n');
    assert.equal(filter.push('MISS'), '');
    assert.equal(filter.push('ISSIPPI is a river'), 'MISSISSIPPI is a river');
    assert.equal(filter.push('.\nMISSING'), '.\n');
    assert.equal(filter.push(': the delta'), '');
    assert.deepEqual(filter.end(), { rest: '', missing: { what: ['the delta'] } });
  });
});
