import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAnswers } from '../../../extension/core/windowProbe/answers.ts';
import { grade } from '../../../extension/core/windowProbe/grade.ts';
import type { Expected, Question } from '../../../extension/core/windowProbe/question.ts';

const paths = ['src/price.ts', 'src/basket.ts', 'lib/basket.ts', 'test/price.test.ts', 'src/not/known.py', 'README.md'];

const ask = (name: string, expected: Expected): Question => ({ about: 'real', depth: 50, name, text: '', expected });
const planted = ask('AMBER_FALCON_LIMIT', { type: 'number', value: 482_131 });
const small = ask('patience', { type: 'number', value: 2_000 });
const rate = ask('warnAt', { type: 'number', value: 0.85 });
const code2 = ask('utf8Limit', { type: 'number', value: 64 });
const text = ask('section', { type: 'text', value: 'glmCoder' });
const phrase = ask('greeting', { type: 'text', value: 'is not here: 好' });
const place = ask('withTax', { type: 'place', path: 'src/price.ts', line: 42, tolerance: 10 });
const twice = ask('receipt', { type: 'place', path: 'src/basket.ts', line: 5, tolerance: 10 });
const denying = ask('known', { type: 'place', path: 'src/not/known.py', line: 5, tolerance: 10 });
const names = ask('withTax', { type: 'names', names: ['price', 'rate'] });
const single = ask('forget', { type: 'names', names: ['chat'] });
const three = ask('make', { type: 'names', names: ['root', 'not', 'signal'] });

/** Question, answer, and whether it is right. */
const cases: readonly (readonly [Question, string, boolean])[] = [
  // Values.
  [planted, '482131', true],
  [planted, '482,131', true],
  [planted, '482_131', true],
  [planted, '`482131`', true],
  [planted, '**482131**.', true],
  [planted, 'AMBER_FALCON_LIMIT = 482131', true],
  [planted, 'The value is 482131 (line 12 of src/price.ts).', true],
  [planted, '482131; it stands at src/price.ts:12', true],
  [planted, '值为 482131。', true],
  [planted, '其值是482131', true],
  [planted, '４８２１３１', true],
  [planted, '482131（第 12 行）', true],
  [planted, '`AMBER_FALCON_LIMIT` 的值为 `482131`，位于 src/price.ts 第 12 行。', true],
  [planted, '482132', false],
  [planted, '48213', false],
  [planted, '4821310', false],
  [planted, '1482131', false],
  [planted, '-482131', false],
  [planted, '482131.5', false],
  [planted, '482131 or 482132', false],
  [planted, 'not 482131', false],
  [planted, '不是 482131', false],
  [planted, 'unknown', false],
  [planted, '未知', false],
  [planted, '文件中没有给出', false],
  [planted, '', false],
  [planted, 'AMBER_FALCON_LIMIT', false],
  [planted, 'x482131', false],
  [small, '2_000', true],
  [small, '2000', true],
  [small, '2.000', false],
  [small, '20000', false],
  [small, '2000 毫秒', true],
  [small, '2,000 milliseconds', true],
  [rate, '0.85', true],
  [rate, '0.850', true],
  [rate, '85', false],
  [rate, '.85', false],
  [code2, 'utf8Limit is 64', true],
  [code2, 'utf8Limit is 8', false],
  // Strings.
  [text, 'glmCoder', true],
  [text, '"glmCoder"', true],
  [text, "`'glmCoder'`", true],
  [text, 'It is set to `glmCoder`.', true],
  [text, 'The value is glmCoder.', true],
  [text, '值为“glmCoder”。', true],
  [text, '设置为 glmCoder', true],
  [text, 'section: "glmCoder"', true],
  [text, '`section` is `glmCoder`', true],
  [text, 'glmcoder', false],
  [text, 'glmCoder2', false],
  [text, 'glm', false],
  [text, '"glmCoder" or "glm"', false],
  [text, 'not "glmCoder"', false],
  [text, '"my glmCoder"', false],
  [phrase, 'is not here: 好', true],
  [phrase, '"is not here: 好"', true],
  [phrase, 'is here: 好', false],
  // Places.
  [place, 'src/price.ts:42', true],
  [place, '`src/price.ts:42`', true],
  [place, './src/price.ts:42-50', true],
  [place, 'src\\price.ts:45', true],
  [place, 'src/price.ts', true],
  [place, 'price.ts:42', true],
  [place, 'src/price.ts, line 40', true],
  [place, '在 src/price.ts 第 42 行', true],
  [place, '定义于`src/price.ts`（第50行）', true],
  [place, '`withTax` is defined in src/price.ts:42.', true],
  [place, 'src/price.ts:52', true],
  [place, 'src/price.ts:53', false],
  [place, 'src/price.ts:31', false],
  [place, 'src/price.ts 第 99 行', false],
  [place, 'src/basket.ts:42', false],
  [place, 'test/price.test.ts:42', false],
  [place, 'lib/price.ts:42', false],
  [place, 'src/price.ts:42 or src/basket.ts:42', false],
  [place, 'not in src/price.ts', false],
  [place, '不在 src/price.ts 中', false],
  [place, 'unknown', false],
  [place, 'line 42', false],
  [twice, 'src/basket.ts:5', true],
  [twice, 'basket.ts:5', false],
  [twice, 'lib/basket.ts:5', false],
  [denying, 'src/not/known.py:5', true],
  [denying, 'known.py', true],
  // Names.
  [names, 'price, rate', true],
  [names, '`price`, `rate`', true],
  [names, 'price、rate', true],
  [names, 'price 和 rate', true],
  [names, 'price and rate.', true],
  [names, '(price: Price, rate: number)', true],
  [names, 'withTax(price: Price, rate = 0.2)', true],
  [names, '`withTax` takes `price` and `rate`.', true],
  [names, '参数依次为 price，rate。', true],
  [names, 'Parameters: price, rate', true],
  [names, 'price: Map<string, number>, rate?: number', true],
  [names, 'rate, price', false],
  [names, 'price', false],
  [names, 'price, rate, signal', false],
  [names, 'prices, rate', false],
  [names, 'price, rates', false],
  [names, 'unknown', false],
  [single, 'chat', true],
  [single, 'It takes one parameter, `chat`.', true],
  [single, 'chats', false],
  [three, 'root, not, signal', true],
  [three, 'root, signal', false],
];

describe('answers of a window probe', () => {
  for (const [question, answer, isRight] of cases) {
    it(`${isRight ? 'takes' : 'does not take'} for ${JSON.stringify(question.expected)}: ${answer || '(nothing)'}`, () => {
      assert.equal(grade(question, answer, paths), isRight);
    });
  }

  const lists: Readonly<Record<string, string>> = {
    'a plain list': '1. one\n2. two\n3. three',
    parentheses: '1) one\n2) two\n3) three',
    'colons and bold numbers': '**1.** one\n**2:** two\n**3**. three',
    'a list of a list': '- 1. one\n- 2. two\n- 3. three',
    'Chinese punctuation': '１．one\n2、two\n3：three',
    'Chinese words': '第1题：one\n第2题：two\n问题3：three',
    'a table': '| # | answer |\n|---|---|\n| 1 | one |\n| 2 | two |\n| 3 | three |',
    'answers below their numbers': '1.\none\n2.\ntwo\n\n3.\n\nthree',
    'words around them': 'Here you are:\n1. one\n\n2. two\nand\n3. three\nDone.',
    'the questions repeated before': '1. What?\n2. Where?\n3. Who?\n\n1. one\n2. two\n3. three',
    'numbers that were not asked for': '0. zero\n1. one\n2. two\n3. three\n4. four',
  };
  for (const [name, list] of Object.entries(lists)) {
    it(`are read by their numbers: ${name}`, () => {
      assert.deepEqual([...readAnswers(list, 3)].sort(), [
        [1, 'one'],
        [2, 'two'],
        [3, 'three'],
      ]);
    });
  }

  it('may be missing, and the only one needs no number', () => {
    assert.deepEqual([...readAnswers('1. one\n3. three', 3).keys()], [1, 3]);
    assert.equal(readAnswers('482131', 1).get(1), '482131');
    assert.equal(readAnswers('noise without a list', 3).size, 0);
  });
});
