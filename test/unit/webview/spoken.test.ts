import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Spoken, spokenPieces } from '../../../webview/spoken.ts';

const text = [
  'The tax is added in **one** place. It is `withTax`, in the file of prices, and nowhere else.',
  '',
  '```ts',
  'const a = 1;',
  '```',
  '',
  '- Prices are kept in cents, as whole numbers.',
  '- They are shown with two digits. That is all there is to say about it',
].join('\n');

describe('what is spoken of an answer', () => {
  it('is its sentences without their marks, and of code only that it is there', () => {
    const { pieces } = spokenPieces(text, true, 'en');
    assert.equal(pieces[0], 'The tax is added in one place. It is withTax, in the file of prices, and nowhere else.');
    assert.equal(pieces[1], 'Code block.');
    assert.match(pieces.slice(2).join(' '), /whole numbers\..*two digits\. That is all/s);
  });

  for (const step of [1, 7, 40]) {
    it(`only grows while the answer does, ${step} characters at a time, and ends as the whole`, () => {
      let before: Spoken | undefined;
      for (let end = 0; end < text.length; end += step) {
        const now: Spoken = spokenPieces(text.slice(0, end), false, 'en', before?.blocks);
        const said = before?.pieces ?? [];
        assert.deepEqual(now.pieces.slice(0, said.length), said, text.slice(0, end));
        before = now;
      }
      const whole = spokenPieces(text, true, 'en', before?.blocks).pieces;
      assert.deepEqual(whole.slice(0, before?.pieces.length), before?.pieces);
      assert.deepEqual(whole, spokenPieces(text, true, 'en').pieces);
    });
  }

  it('knows sentences that end without a space', () => {
    const sentence =
      '税是在价格文件中加上的，而不是在购物篮求和的地方加上的，因为价格以分为单位保存，并在显示时才转换为两位小数的形式，这样更准确。';
    const { pieces } = spokenPieces(`${sentence}${sentence}还没有`, false, 'zh-cn');
    assert.deepEqual(pieces, [sentence, sentence]);
  });
});
