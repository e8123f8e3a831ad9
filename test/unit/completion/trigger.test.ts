import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isUrgent, surroundingsByLine, wanted } from '../../../extension/core/completion/trigger.ts';

describe('whether an answer is wanted', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['', '', 'nothing'],
    ['\r\n \t', '\n', 'nothing'],
    ['return ', 'value;\n', 'nothing'],
    ['// 你', '好\n', 'nothing'],
    ['print(', '😀)\n', 'nothing'],
    ['const a = 1;\n', '', 'block'],
    ['const a = 1;\n\t', '  \nb();', 'block'],
    ['const 名字 = ', '\n', 'block'],
    ['const f = (a) => ', '', 'block'],
    ['for x in list; do', '\n', 'block'],
    ['if a:', '\n', 'block'],
    ['undo', '\n', 'line'],
    ["const a = '😀'", ';\n', 'line'],
    ['call(a => {', '})\n', 'block'],
    ['const list = [', '];\n', 'block'],
    ['call(a, ', ');\n', 'line'],
    ['print("你好', '")\n', 'line'],
  ];
  for (const [prefix, suffix, expected] of rows)
    it(`${JSON.stringify(prefix)} | ${JSON.stringify(suffix)} → ${expected}`, () =>
      assert.equal(wanted(prefix, suffix), expected));

  it('for a line at the most in comments, strings and prose', () => {
    for (const where of ['comment', 'string', 'text'] as const) {
      for (const prefix of ['// a list:', '// one\n', '// {'])
        assert.equal(wanted(prefix, '\n', where), 'line', `${where}: ${prefix}`);
      assert.equal(wanted('// one ', 'two\n', where), 'nothing');
      assert.equal(wanted('', '', where), 'nothing');
    }
  });
});

describe('what a line is', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['markdown', 'const x = ', 'text'],
    ['git-commit', 'Fix ', 'text'],
    ['plaintext', '', 'text'],
    ['typescript', '', 'code'],
    ['typescript', 'const x = ', 'code'],
    ['typescript', '  // 你好', 'comment'],
    ['typescript', '/** 😀', 'comment'],
    ['typescript', ' * continued', 'comment'],
    ['typescript', '// above\r\n', 'code'],
    ['typescript', '// above\nconst x = ', 'code'],
    ['python', '\t# why', 'comment'],
    ['lua', '-- why', 'comment'],
    ['clojure', ';; why', 'comment'],
    ['html', '  <!-- why', 'comment'],
    ['cpp', '#include ', 'code'],
    ['cpp', '#ifdef ', 'code'],
    ['c', '#else', 'code'],
    ['c', '*p = ', 'code'],
    ['c', '--i', 'code'],
    ['css', '#main {', 'code'],
    ['javascript', '  #load() {', 'code'],
    ['rust', '#[derive(', 'code'],
    ['python', '#why', 'comment'],
  ];
  for (const [language, prefix, expected] of rows)
    it(`${language}: ${JSON.stringify(prefix)} → ${expected}`, () =>
      assert.equal(surroundingsByLine(language, prefix), expected));
});

describe('an answer is wanted at once', () => {
  for (const prefix of ['a();\n', 'a();\r\n', 'if (a) {\n\t  ', 'call(', 'list = [', 'if (a) {', 'if (a) { ', '名字('])
    it(`after ${JSON.stringify(prefix)}`, () => assert.equal(isUrgent(prefix), true));

  for (const prefix of ['', 'a', 'a();', 'a ', 'call()', 'call(a', 'a();\nb', '你好', '😀', '{  '])
    it(`not after ${JSON.stringify(prefix)}`, () => assert.equal(isUrgent(prefix), false));
});
