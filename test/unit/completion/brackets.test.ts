import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  brackets,
  closedBefore,
  closes,
  firstStrayCloser,
  openersOf,
  unclosed,
} from '../../../extension/core/completion/brackets.ts';

const inOrder = (text: string) => [...brackets(text)].map(({ character }) => character).join('');

describe('brackets', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['none in an empty text', '', ''],
    ['all kinds', 'f(a[0], { b })', '([]{})'],
    ['none of strings', `f("(", '[', \`{\n(\`)`, '()'],
    ['none of strings with escaped quotes', `f("a\\")(", '\\'{')`, '()'],
    ['none of comments', 'f( // (\n) /* [ */\n', '()'],
    ['none of comments over several lines', '/* a\n ( */ f()', '()'],
    ['none of docstrings over several lines', '"""\n1) first\n"""', ''],
    ['none of a comment without end', 'f() /* (\n[', '()'],
    ['those of a private method', '#load() {}', '(){}'],
    ['none of docstrings on one line', '"""say "hi(" now""" f()', '()'],
    ['those after an apostrophe', "// it's\ndon't (", '('],
    ['those after a quote that is not closed', 'say " (\n)', '()'],
    ['those of CRLF lines', 'f(\r\n) // (\r\n{', '(){'],
    ['those beside Chinese and emoji', '函数("（😀(") + [😀]', '()[]'],
    ['none of a template without end', 'f(`a (\n b', '('],
  ];
  for (const [name, text, expected] of rows) it(name, () => assert.equal(inOrder(text), expected));

  const inLanguages: readonly (readonly [string, string, string])[] = [
    ['python', 'total(a // b)  # (', '()'],
    ['ruby', 'f() # {', '()'],
    ['rust', "fn first<'a>(x: &'a str) -> &'a str { '(' }", '(){}'],
    ['rust', '#[derive(Debug)] // (', '[()]'],
    ['go', "f('(', '\\'', '\\u00e4', [])", '([])'],
    ['css', '#main { color: red; } /* { */', '{}'],
    ['sql', 'f() -- (', '()'],
    ['php', 'f(); # (\n// {', '()'],
    ['html', '<p>(a)</p> <!-- ( -->', '()'],
    ['shellscript', 'echo $# \x24{#a[@]} # (', '{[]}'],
  ];
  for (const [language, text, expected] of inLanguages)
    it(`are those of ${language}: ${text}`, () => {
      const found = [...brackets(text, language)].map(({ character }) => character).join('');
      assert.equal(found, expected);
    });

  it('are known by their place in the text', () => {
    const text = '😀 "(" {\r\n}';
    for (const { character, at } of brackets(text)) assert.equal(text[at], character);
    assert.deepEqual(
      [...brackets(text)].map(({ at }) => at),
      [text.indexOf('{'), text.indexOf('}')],
    );
  });
});

describe('openers', () => {
  it('are left open, the outermost first', () => {
    assert.deepEqual(unclosed('f(() => {\n  g([1], ['), ['(', '{', '(', '[']);
    assert.deepEqual(unclosed('f(() => {})'), []);
    assert.deepEqual(unclosed(''), []);
  });

  it('stay open beside closers of what came before', () => {
    assert.deepEqual(unclosed('}\n} else {'), ['{']);
    assert.deepEqual(unclosed('f( ]'), ['(']);
  });

  it('are closed behind, the innermost first', () => {
    assert.deepEqual(closedBefore('\n  });\n}'), ['{', '(', '{']);
    assert.deepEqual(closedBefore('a(b), [c]\n}'), ['{']);
    assert.deepEqual(closedBefore('no brackets\n'), []);
    assert.deepEqual(closedBefore(''), []);
  });

  it('are not counted behind where brackets cross', () => {
    assert.deepEqual(closedBefore(')\nf(]\n}'), ['(']);
  });

  it('belong to a run of closers', () => {
    assert.deepEqual(openersOf('});'), ['(', '{']);
    assert.deepEqual(openersOf('"]'), ['[']);
    assert.deepEqual(openersOf('";,'), []);
    assert.deepEqual(openersOf(''), []);
  });
});

describe('a closer', () => {
  /** text, the openers before it, what of the text is left before the first closer that is not its own. */
  const rows: readonly (readonly [string, readonly string[], string | undefined])[] = [
    ['', [], undefined],
    ['a(b)', [], undefined],
    ['a(b))', [], 'a(b)'],
    ['a)', ['('], undefined],
    ['a))', ['('], 'a)'],
    ['a)', ['(', '{'], 'a'],
    ['});', ['(', '{'], undefined],
    ['"😀)"; 好)', [], '"😀)"; 好'],
    ['a();\r\n}', [], 'a();\r\n'],
    ['f(a]', [], 'f(a'],
  ];
  for (const [text, available, left] of rows)
    it(`${JSON.stringify(text)} after ${JSON.stringify(available.join(''))}`, () => {
      const stray = firstStrayCloser(text, available);
      assert.equal(stray === undefined ? undefined : text.slice(0, stray), left);
    });
});

describe('a text closes what is open before it', () => {
  const rows: readonly (readonly [string, readonly string[], boolean])[] = [
    ['', [], true],
    ['', ['('], false],
    ['a, b)', ['('], true],
    ['a, (b)', ['('], false],
    ['a, b);\nf(', ['('], true],
    ['})', ['(', '{'], true],
    ['}', ['(', '{'], false],
    ['])', ['('], false],
    ['a))', ['('], true],
    ['")"', ['('], false],
    ['😀 // )\r\n)', ['('], true],
  ];
  for (const [text, openers, expected] of rows)
    it(`${JSON.stringify(text)} after ${JSON.stringify(openers.join(''))}: ${expected ? 'yes' : 'no'}`, () =>
      assert.equal(closes(text, openers), expected));
});
