import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LineTest, linearRegex } from '../../../extension/core/repository/lookup/linearRegex.ts';

const compiled = (pattern: string, ignoresCase = false): LineTest => {
  const test = linearRegex(pattern, ignoresCase);
  assert.ok(typeof test === 'function', JSON.stringify(test));
  return test;
};

const patterns = [
  ...['a.*b', '^foo$', '\\bget\\w+\\(', '(get|set)Price', 'a{2,3}b', '[^a-c]+$', 'x?y*z+', '[\\w.-]+@', '(ab)+c'],
  ...['\\d{3}', 'a|', '(?:a|b)*c', '[]a', '\\.', '^\\s*import .* from ["\'].*price', '[a-z]+\\d?\\b', '(a|b|)c'],
  ...[
    '\\Bfoo',
    '[\\d-]x',
    'a{0}b',
    '(a*)*b',
    '(?<n>a)b',
    '\\x41\\u0042',
    '[\\]]',
    '^$',
    'a+?b',
    '{a}',
    'x{,2}',
    '\\$\\{',
  ],
];
const lines = [
  ...[
    '',
    'aXXb',
    'foo',
    'xfoo',
    ' getPrice(1)',
    'setPrice',
    'aab',
    'aaaab',
    'ab',
    'abc',
    'zz',
    'xz',
    'q.w@x',
    'abababc',
  ],
  ...['12', '123', 'c', 'abac', "import { x } from './price.ts'", 'hello7', '3x', '-x', 'b', 'ünï', 'a\tb', 'AB', ']'],
  ...['{a}', 'x{,2}', 'GETPRICE', '税', 'Ünï'],
];

describe('regular expressions in linear time', () => {
  it('match what those of JavaScript match', () => {
    for (const pattern of patterns)
      for (const ignoresCase of [false, true]) {
        const test = compiled(pattern, ignoresCase);
        const own = new RegExp(pattern, ignoresCase ? 'i' : '');
        for (const line of lines)
          assert.equal(test(line), own.test(line), `${pattern} ${ignoresCase} on ${JSON.stringify(line)}`);
      }
  });

  it('match random patterns as those of JavaScript do', () => {
    let state = 7;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return Math.floor((state / 0x7fffffff) * below);
    };
    const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
    const piece = (depth: number): string => {
      const atom =
        depth > 0 && random(3) === 0 ? `(${piece(depth - 1)})` : pick(['a', 'b', '.', '[ab]', '[^a]', '\\w', ' ']);
      const more = random(2) === 0 ? piece(depth) : '';
      return `${atom}${pick(['', '', '*', '+', '?', '{1,2}'])}${random(4) === 0 ? '|' : ''}${more}`;
    };
    for (let round = 0; round < 400; round++) {
      const pattern = `${pick(['', '^', '\\b'])}${piece(2)}${pick(['', '$', '\\b'])}`;
      const test = compiled(pattern);
      const own = new RegExp(pattern);
      for (let time = 0; time < 12; time++) {
        const line = Array.from({ length: random(7) }, () => pick(['a', 'b', ' ', 'c'])).join('');
        assert.equal(test(line), own.test(line), `${pattern} on ${JSON.stringify(line)}`);
      }
    }
  });

  it('take no time that grows with more than the line, where going back would take for ever', () => {
    const began = performance.now();
    for (const pattern of ['(a+)+$', '(x+x+)+y', '(a|a)*b', '(.*)*=.*;', 'a*a*a*a*a*b', '(a?){50}a{50}b'])
      assert.equal(compiled(pattern)('a'.repeat(20_000)), pattern === '(a+)+$');
    assert.ok(performance.now() - began < 5_000, `${performance.now() - began} ms`);
  });

  it('are refused where they cannot be matched so, with the reason', () => {
    const refused: readonly (readonly [string, RegExp])[] = [
      ['(?=a)', /looking ahead/],
      ['(?!a)b', /looking ahead/],
      ['(?<=a)b', /looking behind/],
      ['(a)\\1', /back references/],
      ['(a', /not closed/],
      ['a)', /not opened/],
      ['*a', /nothing stands before \*/],
      ['a**', /two quantifiers/],
      ['[z-a]', /wrong order/],
      ['a{3,1}', /wrong order/],
      ['a{1000}', /more than 100 times/],
      ['\\p{L}', /not supported/],
      ['((((a{100}){100}){100}){100})', /too long/],
      ['(((((){100}){100}){100}){100}){100}', /too long/],
      ['('.repeat(60), /nested too deeply/],
      ['\\', /backslash/],
      ['[a', /not closed/],
    ];
    for (const [pattern, why] of refused) {
      const test = linearRegex(pattern, false);
      assert.ok(typeof test !== 'function', pattern);
      assert.match(test.wrong, why);
    }
  });
});
