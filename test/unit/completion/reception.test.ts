import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHabits } from '../../../extension/core/completion/habits.ts';
import { createReception } from '../../../extension/core/completion/reception.ts';
import { createRefusals } from '../../../extension/core/completion/refusals.ts';

const at = (prefix: string, suffix = '\n', path = 'a.ts') => ({ path, prefix, suffix });
const suggest = (text: string, replaces = 0) => ({ text, replaces });
const here = at('const x = ');

/** A user to whom texts are shown at `here`. */
function sit(...texts: readonly string[]) {
  const habits = createHabits();
  const refusals = createRefusals();
  const reception = createReception(habits, refusals);
  const before = habits.of('go').trust;
  const suggestions = texts.map((text) => suggest(text));
  if (texts.length > 0) reception.shown(here, 'go', suggestions);
  return {
    reception,
    refusals,
    /** How the trust has changed: 1 where it has grown, -1 where it has shrunk. */
    gain: () => Math.sign(habits.of('go').trust - before),
    /** Types one character after the other. */
    type(text: string) {
      const whole = [...text];
      return whole.map((_, i) => reception.moved(at(here.prefix + whole.slice(0, i + 1).join(''))));
    },
  };
}

describe('a suggestion', () => {
  const taken: readonly (readonly [string, string, string, string])[] = [
    ['one line', 'compute(1);', 'compute(1);', '\n'],
    ['several lines', '[\n  1,\n];', '[\n  1,\n];', '\n'],
    ['Chinese and emoji', "'总和😀';", "'总和😀';", '\n'],
    ['at the end of the file', 'compute(1);', 'compute(1);', ''],
    ['with the cursor left in front of its closers', 'compute();', 'compute(', ');\n'],
  ];
  for (const [name, text, arrived, suffix] of taken)
    it(`is accepted: ${name}`, () => {
      const { reception, gain } = sit(text);
      assert.deepEqual(reception.moved(at(here.prefix + arrived, suffix)), suggest(text));
      assert.equal(gain(), 1);
    });

  it('is accepted with the closers, or the indentation, that it replaces', () => {
    const { reception } = sit();
    reception.shown(at('f(', ');\n'), 'go', [suggest('a, b);', 2)]);
    assert.deepEqual(reception.moved(at('f(a, b);')), suggest('a, b);', 2));
    reception.shown(at('if a:\n    '), 'go', [{ ...suggest('other()'), before: 4 }]);
    assert.equal(reception.moved(at('if a:\nother()'))?.text, 'other()');
  });

  it('is accepted though it was not the first that was shown', () => {
    assert.deepEqual(sit('first();', 'second();').reception.moved(at('const x = second();')), suggest('second();'));
  });

  it('is accepted once', () => {
    const { reception } = sit('compute(1);');
    assert.ok(reception.moved(at('const x = compute(1);')));
    assert.equal(reception.moved(at('const x = compute(1);')), undefined);
    assert.deepEqual(reception.at(at('const x = compute(1);')), []);
  });

  it('is not accepted by a word of it, in another file, or by something else that is pasted', () => {
    for (const place of [at('const x = compute'), at('const x = compute(1);', '\n', 'b.ts'), at('const x = other(1);')])
      assert.equal(sit('compute(1);').reception.moved(place), undefined, JSON.stringify(place));
  });

  for (const [text, typed, expected] of [
    ['compute(1);', 'compu', 0],
    ['compute(1);', 'comput', 1],
    ['compute(1);', 'compute(1);', 1],
    ['总😀;', '总', 0],
    ['总😀;', '总😀;', 1],
  ] as const)
    it(`is ${expected ? 'followed, and not accepted' : 'not yet followed'} where ${typed} of ${text} is typed`, () => {
      const { type, gain } = sit(text);
      assert.ok(type(typed).every((each) => each === undefined));
      assert.equal(gain(), expected);
    });

  it('is followed though it is shown again at every key', () => {
    const { reception, gain } = sit('compute(1);');
    for (let length = 1; length <= 6; length++) {
      const place = at(here.prefix + 'compute(1);'.slice(0, length));
      reception.moved(place);
      reception.shown(place, 'go', [suggest('compute(1);'.slice(length))]);
    }
    assert.equal(gain(), 1);
  });

  it('is overruled by other words, and not brought up again once their line is left', () => {
    const { type, gain, refusals } = sit('compute(1);');
    type('other();');
    assert.equal(gain(), -1);
    assert.equal(refusals.isRefused(here, 'compute(1);'), false, 'the line may yet become what was suggested');
    type('other();\n');
    assert.equal(refusals.isRefused(here, 'compute(1);'), true);
  });

  it('is not refused by a slip, nor by an empty line', () => {
    for (const texts of [['cp', 'compute(1);\n'], [' \n']]) {
      const { type, refusals } = sit('compute(1);');
      for (const text of texts) type(text);
      assert.equal(refusals.isRefused(here, 'compute(1);'), false);
    }
  });

  for (const [name, place] of [
    ['deleting', at('const x')],
    ['going to another file', at('const x = y', '\n', 'b.ts')],
    ['staying', here],
  ] as const)
    it(`has no answer in ${name}`, () => {
      const { reception, gain, refusals } = sit('compute(1);');
      assert.equal(reception.moved(place), undefined);
      assert.equal(gain(), 0);
      assert.equal(refusals.isRefused(here, 'compute(1);'), false);
    });

  it('is not brought up again where it was sent away', () => {
    const { reception, gain, refusals } = sit('compute(1);');
    reception.dismissed();
    assert.equal(gain(), -1);
    assert.equal(refusals.isRefused(here, 'compute(1);'), true);
    assert.deepEqual(reception.at(here), []);
  });
});

describe('what is taken for an answer', () => {
  it('is the refusal of what was left of it', () => {
    for (const isShownAgain of [true, false]) {
      const { reception, refusals } = sit('compute(1);');
      const place = at(`${here.prefix}c`);
      reception.moved(place);
      if (isShownAgain) reception.shown(place, 'go', [suggest('ompute(1);')]);
      reception.dismissed();
      assert.equal(refusals.isRefused(place, 'ompute(1);'), true);
      assert.equal(refusals.isRefused(here, 'compute(1);'), false);
    }
  });

  it('is a short one that takes back indentation', () => {
    const { reception } = sit();
    reception.shown(at('a\n    '), 'go', [{ ...suggest('c()'), before: 4 }]);
    assert.equal(reception.moved(at('a\nc()'))?.text, 'c()');
  });

  it('is not what an input method puts in', () => {
    const { reception } = sit('计算总和');
    assert.equal(reception.moved(at(`${here.prefix}计算`)), undefined);
    reception.shown(at(`${here.prefix}计算`), 'go', [suggest('总和')]);
    assert.equal(reception.moved(at(`${here.prefix}计算总和`)), undefined);
    assert.equal(sit('😀').reception.moved(at(`${here.prefix}😀`)), undefined);
  });
});

describe('what is shown', () => {
  it('is known while the cursor is there, and nowhere else', () => {
    const { reception, type } = sit('compute(1);', 'other();');
    assert.deepEqual(reception.at(here), [suggest('compute(1);'), suggest('other();')]);
    for (const place of [at('const x = c'), at('const x ='), at('const x = ', '\n', 'b.ts')])
      assert.deepEqual(reception.at(place), []);
    type('x');
    assert.deepEqual(reception.at(here), [], 'gone with what was typed instead');
  });

  it('may be nothing: then nothing is sent away, or accepted', () => {
    const { reception, gain, refusals } = sit();
    reception.dismissed();
    assert.equal(reception.moved(at('const x = 1;')), undefined);
    assert.equal(gain(), 0);
    assert.deepEqual(refusals.image(), []);
  });
});
