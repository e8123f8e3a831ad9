import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diffText, lineDiff } from '../../../extension/core/conversation/inlineEdit/lineDiff.ts';
import { editPrompt, firstMark, lastMark } from '../../../extension/core/conversation/inlineEdit/prompt.ts';
import { reindented } from '../../../extension/core/conversation/inlineEdit/reindent.ts';
import { placed } from '../../../extension/core/conversation/inlineEdit/replacement.ts';
import { statementAt } from '../../../extension/core/conversation/inlineEdit/statement.ts';
import {
  type EditTarget,
  moved,
  type Span,
  type TextChange,
} from '../../../extension/core/conversation/inlineEdit/target.ts';

const spaces: EditTarget = {
  path: 'a.ts',
  languageId: 'typescript',
  before: '',
  selected: '',
  after: '',
  insertSpaces: true,
  tabSize: 4,
};

describe('the indentation of what replaces lines', () => {
  const cases: readonly [
    name: string,
    selected: string,
    written: string,
    expected: string,
    more?: Partial<EditTarget>,
  ][] = [
    ['is left as it is where it is right', '    a();', '    b();\n    c();', '    b();\n    c();'],
    [
      'is that of the lines, for an answer at the margin',
      '    a();\n      b();',
      'x();\n  y();',
      '    x();\n      y();',
    ],
    ['is that of the lines, for an answer too far right', '  a();', '      x();\n        y();', '  x();\n    y();'],
    [
      'is mended in the first line alone',
      '    a(\n      b,\n    );',
      'a(\n      c,\n    );',
      '    a(\n      c,\n    );',
    ],
    ['goes as far left as the lines begin', '    return a;\n  }', '  return b;\n}', '    return b;\n  }'],
    ['is never less than none', '  a();', '    b();\nc();', '    b();\nc();'],
    ['becomes tabs where the lines have tabs', '\t\ta();', '    a();\n      b();', '\t\ta();\n\t\t\tb();'],
    ['becomes tabs, from levels of four', '\ta();', 'if (b) {\n    a();\n}', '\tif (b) {\n\t\ta();\n\t}'],
    [
      'becomes spaces where the lines have spaces',
      '    a();',
      '\tif (b) {\n\t\ta();\n\t}',
      '    if (b) {\n        a();\n    }',
    ],
    [
      'becomes tabs in a file of tabs, for lines that have none',
      'a();',
      'if (b) {\n  a();\n}',
      'if (b) {\n\ta();\n}',
      { insertSpaces: false },
    ],
    [
      'stays mixed in lines that stay',
      '\ta();\n        b();',
      '\ta();\n\t\tb();\n\tc();',
      '\ta();\n        b();\n\tc();',
    ],
    [
      'stays in lines that stay, with what follows them',
      '    a();  \n    b();',
      '    a();\n    c();',
      '    a();  \n    c();',
    ],
    [
      'is that of the neighbours, on an empty line',
      '',
      'x();',
      '    x();',
      { before: 'if (a) {\n    b();\n', after: '\n}' },
    ],
    [
      'is that of the block, on its first empty line',
      '',
      'x();',
      '    x();',
      { before: 'if (a) {\n', after: '\n    b();\n}' },
    ],
    ['is that of an empty line that is indented', '      ', 'x();\ny();', '      x();\n      y();'],
    ['is not added to an answer that has it, on an empty line', '', '  x();', '  x();', { before: '  b();\n' }],
    ['of blank lines is none', '  a();', 'x();\n   \ny();', '  x();\n\n  y();'],
    [
      'of a Python body at the margin moves as a whole',
      '    def f(self):\n        return 1',
      'def f(self):\n    return 2',
      '    def f(self):\n        return 2',
    ],
  ];
  for (const [name, selected, written, expected, more] of cases) {
    it(name, () => {
      assert.equal(reindented(written.split('\n'), { ...spaces, selected, ...more }).join('\n'), expected);
    });
  }
});

describe('what stands at a cursor', () => {
  const at = (text: string, line: number) => statementAt(text.split('\n'), line);
  it('is the line, or the block that begins in it with what closes it', () => {
    assert.deepEqual(at('a();\nb();', 0), [0, 0]);
    assert.deepEqual(at('if (a) {\n  b();\n\n  c();\n}\nd();', 0), [0, 4]);
    assert.deepEqual(at('if (a) {\n  b();\n} else {\n  c();\n}\nd();', 0), [0, 4]);
    assert.deepEqual(at('if (a)\n{\n  b();\n}\nd();', 0), [0, 0]);
    assert.deepEqual(at('foo({});\nbar();', 0), [0, 0]);
    assert.deepEqual(at('def f():\n    a()\n\n    b()\n\nf()', 0), [0, 3]);
    assert.deepEqual(at('try:\n    a()\nexcept E:\n    b()\nfinally:\n    c()\nd()', 0), [0, 5]);
    assert.deepEqual(at('def f\n  a\nend\ng', 0), [0, 2]);
    assert.deepEqual(at('a\n\nb', 1), [1, 1]);
    assert.deepEqual(at('a', 7), [7, 7]);
  });
});

describe('the prompt of an inline edit', () => {
  const lines = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}(${i});`).join('\n');
  const target = {
    ...spaces,
    before: `${lines('above', 500)}\n`,
    selected: 'edit();',
    after: `\n${lines('below', 500)}`,
  };

  it('has the lines marked in the file, by themselves, and the instruction last', () => {
    const prompt = editPrompt(target, 'Make it short.', 1_000_000);
    assert.ok(prompt.includes(`above(499);\n${firstMark}\nedit();\n${lastMark}\nbelow(0);`));
    assert.ok(prompt.indexOf('above(0);') < prompt.indexOf('below(499);'));
    assert.match(prompt, /are:\n```typescript\nedit\(\);\n```\n\nMake it short\.\n\nAnswer .*```$/);
  });

  it('keeps what is nearest where there is no room for all, by whole lines', () => {
    const prompt = editPrompt(target, 'x', 300);
    assert.ok(prompt.length < 300 + 400);
    assert.ok(prompt.includes('above(499);') && prompt.includes('below(0);'));
    assert.ok(!prompt.includes('above(400);') && !prompt.includes('below(99);'));
    for (const line of prompt.split('\n')) assert.doesNotMatch(line, /^(?:bove|ove|ve|e|elow|low|ow|w|)\(/);
    const none = editPrompt(target, 'x', 0);
    assert.ok(!none.includes('above') && !none.includes('below'));
    assert.ok(none.includes(`${firstMark}\nedit();\n${lastMark}`));
  });

  it('has a fence that the file cannot close', () => {
    assert.match(editPrompt({ ...target, selected: '````md\n```\n````' }, 'x', 9), /`````typescript/);
  });
});

describe('the difference that is shown', () => {
  const of = (old: string, now: string, isWhole = true) =>
    diffText(lineDiff(old.split(' '), now.split(' '), isWhole), isWhole, 1);
  it('has what goes, what comes and a little of what stays', () => {
    assert.equal(of('a b c d e f', 'a b c X e f'), '⋯\n c\n-d\n+X\n e\n⋯');
    assert.equal(of('a b', 'a b c'), '⋯\n b\n+c');
  });
  it('says nothing of lines that a growing answer has not reached, and shows its end', () => {
    assert.equal(of('a b c d', 'a X', false), ' a\n-b\n+X');
    assert.equal(of('a b c d', 'a b c', false), '⋯\n b\n c');
    assert.equal(of('a b c d', 'a c', false), ' a\n-b\n c');
  });
});

/** A generator of numbers below `limit`, the same for the same seed. */
function random(seed: number): (limit: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const apply = (text: string, { offset, length, text: put }: TextChange): string =>
  text.slice(0, offset) + put + text.slice(offset + length);

/** What undoes a change of a text. */
const inverse = (text: string, { offset, length, text: put }: TextChange): TextChange => ({
  offset,
  length: put.length,
  text: text.slice(offset, offset + length),
});

describe('an inline edit of any file', () => {
  const words = ['', '  ', 'a();', '\tb();', 'ä😀', '}', 'c  ', '"\u2028"'];
  const make = (seed: number) => {
    const pick = random(seed);
    const lineBreak = pick(2) === 0 ? ('\r\n' as const) : ('\n' as const);
    const some = (count: number) => Array.from({ length: count }, () => words[pick(words.length)] ?? '');
    const file = some(1 + pick(8));
    const first = pick(file.length);
    const last = first + pick(file.length - first);
    const start = [...file.slice(0, first), ''].join(lineBreak).length;
    const span: Span = { start, end: start + file.slice(first, last + 1).join(lineBreak).length };
    return { pick, lineBreak, some, file, first, last, span, text: file.join(lineBreak) };
  };

  it('writes the lines and nothing else, and undone leaves the bytes that were there', () => {
    for (let seed = 0; seed < 3_000; seed++) {
      const { some, pick, file, first, last, span, text, lineBreak } = make(seed);
      const lines = some(pick(5));
      const result = placed(text, span, file.slice(first, last + 1).join('\n'), lines, lineBreak);
      assert.ok(result, `seed ${seed}`);
      const written = apply(text, result.change);
      const wanted = [...file.slice(0, first), ...lines, ...file.slice(last + 1)];
      assert.equal(written, wanted.join(lineBreak), `seed ${seed}`);
      assert.equal(apply(written, inverse(text, result.change)), text, `seed ${seed}`);
      // Neither a line break nor a character is cut in two.
      assert.doesNotMatch(result.change.text, /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/, `seed ${seed}`);
      const around = [result.change.offset, result.change.offset + result.change.length];
      for (const at of around) assert.notEqual(text.slice(at - 1, at + 1), '\r\n', `seed ${seed}`);
    }
  });

  it('keeps what the user writes above and below meanwhile', () => {
    for (let seed = 0; seed < 3_000; seed++) {
      const { some, pick, file, first, last, span, text, lineBreak } = make(seed);
      const lines = some(1 + pick(4));
      const typed = `${some(1)[0]}typed${lineBreak}`;
      const isAbove = pick(2) === 0;
      // A whole line above, or one below that begins behind the line break of the last.
      const offset = isAbove ? ([0, span.start][pick(2)] ?? 0) : span.end;
      const change: TextChange = { offset, length: 0, text: isAbove ? typed : `${lineBreak}typed` };
      const { isInside, ...now } = moved(span, change);
      assert.equal(isInside, false, `seed ${seed}`);
      const changed = apply(text, change);
      assert.equal(changed.slice(now.start, now.end), text.slice(span.start, span.end), `seed ${seed}`);
      const original = file.slice(first, last + 1).join('\n');
      const result = placed(changed, now, original, lines, lineBreak);
      assert.ok(result, `seed ${seed}`);
      const expected = apply(
        apply(text, { offset: span.start, length: span.end - span.start, text: lines.join(lineBreak) }),
        {
          ...change,
          offset: isAbove ? offset : span.start + lines.join(lineBreak).length,
        },
      );
      assert.equal(apply(changed, result.change), expected, `seed ${seed}`);
    }
  });

  it('keeps what the user writes within, or does nothing', () => {
    const text = 'one\ntwo\nthree\nfour\nfive\n';
    const span = { start: 0, end: text.length - 1 };
    const original = text.slice(0, -1);
    const lines = ['ONE', 'two', 'three', 'four', 'five'];
    for (let offset = 0; offset < text.length - 1; offset++) {
      const change = { offset, length: 0, text: '!' };
      const now = moved(span, change);
      const changed = apply(text, change);
      const result = placed(changed, now, original, lines, '\n');
      const line = text.slice(0, offset).split('\n').length;
      // Beside the line that the model changed git has a conflict as well.
      assert.equal(result !== undefined, line > 2, `at ${offset}`);
      if (result) assert.equal(apply(changed, result.change), changed.replace('one', 'ONE'));
    }
  });

  it('follows changes that reach into it from above and below', () => {
    const span = { start: 10, end: 20 };
    assert.deepEqual(moved(span, { offset: 0, length: 5, text: '' }), { start: 5, end: 15, isInside: false });
    assert.deepEqual(moved(span, { offset: 8, length: 4, text: 'x' }), { start: 8, end: 17, isInside: true });
    assert.deepEqual(moved(span, { offset: 18, length: 6, text: '' }), { start: 10, end: 18, isInside: true });
    assert.deepEqual(moved(span, { offset: 5, length: 30, text: 'new' }), { start: 5, end: 8, isInside: true });
    assert.deepEqual(moved(span, { offset: 20, length: 0, text: 'x' }), { start: 10, end: 21, isInside: true });
    assert.deepEqual(moved(span, { offset: 20, length: 0, text: '\r\nx' }), { start: 10, end: 20, isInside: false });
    assert.deepEqual(moved(span, { offset: 21, length: 3, text: 'x' }), { start: 10, end: 20, isInside: false });
    assert.deepEqual(moved(span, { offset: 10, length: 0, text: 'x' }), { start: 10, end: 21, isInside: true });
    assert.deepEqual(moved(span, { offset: 10, length: 0, text: 'x\n' }), { start: 12, end: 22, isInside: false });
  });
});
