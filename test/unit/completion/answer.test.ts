import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAnswerReader } from '../../../extension/core/completion/answer.ts';

/** name, prefix, suffix, answer, what is shown, why it ends. */
type Row = readonly [string, string, string, string, string, string | undefined];

const rows: readonly Row[] = [
  ['a plain answer is taken as it is', 'const x = ', '\n', '1;', '1;', undefined],
  ['fences go', 'const x = ', '\n', '```ts\n1 + 1;\n```', '1 + 1;', 'fence'],
  ['special tokens end it', 'x = ', '\n', '1<|user|>more', '1', 'fence'],
  ['white space is nothing', 'x = 1;', '\n', '  \n \n', '', undefined],
  ['CRLF is LF', 'f() {', '\n', '\r\n  a();\r\n}', '\n  a();\n}', 'scope'],
  ['the next lines are not repeated', '  ', '\n  second();\n}\n', 'first();\n  second();\n}', 'first();', 'suffix'],
  [
    'a long next line is not repeated',
    '  ',
    '\n  const total = sum(prices);\n',
    'const total = sum(prices);',
    '',
    'suffix',
  ],
  ['one short line may recur', '  ', '\n  a();\n  z();\n', 'a();\n  b();', 'a();\n  b();', undefined],
  [
    'a line said three times is said twice',
    '',
    '\n',
    'again();\nagain();\nagain();\nagain();',
    'again();\nagain();',
    'repetition',
  ],
  [
    'a group of lines is said once more at the most',
    '',
    '\n',
    'one();\ntwo();\none();\ntwo();',
    'one();\ntwo();\none();',
    'repetition',
  ],
  [
    'the lines above are not said again',
    'alpha();\nbeta();\n',
    '\n',
    'alpha();\nbeta();\ngamma();',
    'alpha();',
    'repetition',
  ],
  ['a block ends with its closer', 'if (a) {', '\n', '\n  b();\n}\nc();', '\n  b();\n}', 'scope'],
  ['else goes on', 'if (a) {', '\n', '\n  b();\n} else {\n  c();\n}\nd();', '\n  b();\n} else {\n  c();\n}', 'scope'],
  [
    'a scope ends where it is left',
    'function f() {\n  a();\n  ',
    '\n',
    'b();\n}\n\nfunction g() {',
    'b();\n}',
    'scope',
  ],
  [
    'a Python block ends by its indentation',
    'def f():\n    ',
    '\n',
    'return 1\n\ndef g():\n    return 2',
    'return 1',
    'scope',
  ],
  ['brackets of the suffix are not closed again', 'f(() => {\n  ', '\n});\n', 'a();\n});', 'a();', 'brackets'],
  ['brackets that are open may be closed', 'call(', '\n', 'x, [y]);', 'x, [y]);', undefined],
  ['brackets that are not open may not', 'const a = b', '\n', '));', '', 'brackets'],
  ['brackets in strings do not count', 'const a = ', '\n', '"}" + b;', '"}" + b;', undefined],
  ['the beginning of the line is not said again', '  const total', '\n', '  const total = 1;', ' = 1;', undefined],
  ['an indentation is not said again', 'f() {\n    ', '\n}', '    return 1;', 'return 1;', undefined],
  [
    'twelve lines are enough',
    '',
    '\n',
    Array.from({ length: 20 }, (_, i) => `line${i}();`).join('\n'),
    Array.from({ length: 12 }, (_, i) => `line${i}();`).join('\n'),
    'length',
  ],
];

describe('reading an answer', () => {
  for (const [name, prefix, suffix, answer, text, end] of rows) {
    it(name, () => {
      const read = createAnswerReader({ prefix, suffix }).read(answer, true);
      assert.equal(read.text.slice(0, read.stops[0]), text);
      if (end === 'scope') assert.equal(read.stops[0], text.length);
      else assert.equal(read.end, end);
    });
  }

  it('never takes back what it has shown, however the answer arrives', () => {
    for (const [name, prefix, suffix, answer] of rows) {
      const reader = createAnswerReader({ prefix, suffix });
      let shown = '';
      for (let length = 0; length <= answer.length; length++) {
        const { text, end } = reader.read(answer.slice(0, length), false);
        assert.ok(text.startsWith(shown), `${name}: ${JSON.stringify(shown)} became ${JSON.stringify(text)}`);
        shown = text;
        if (end) break;
      }
      assert.ok(
        reader.read(answer, true).text.startsWith(shown),
        `${name}: the whole takes back ${JSON.stringify(shown)}`,
      );
    }
  });

  it('shows whole lines only while more may come', () => {
    const reader = createAnswerReader({ prefix: 'a = ', suffix: '\n' });
    assert.equal(reader.read('first', false).text, '');
    assert.equal(reader.read('first\nsec', false).text, 'first');
    assert.equal(reader.read('first\nsec', true).text, 'first\nsec');
  });
});
