import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { display } from '../../../extension/core/completion/display.ts';
import { fitToClosers } from '../../../extension/core/completion/fit.ts';
import { follow } from '../../../extension/core/completion/follow.ts';
import { createForecast } from '../../../extension/core/completion/forecast.ts';
import { createForecasts } from '../../../extension/core/completion/forecasts.ts';
import { createFrozenSuffix } from '../../../extension/core/completion/frozenSuffix.ts';
import { addedBehind, closersAfter } from '../../../extension/core/completion/place.ts';

const at = (prefix: string, suffix = '\n', path = 'a.ts') => ({ path, prefix, suffix });

describe('following a prediction', () => {
  const rows: readonly (readonly [string, string, string, string | undefined, boolean?])[] = [
    ['typed as predicted', 'x = 1;', 'x =', ' 1;'],
    ['nothing typed', 'x', '', 'x'],
    ['typed otherwise', 'x = 1;', 'y', undefined],
    ['typed past the end', 'x', 'xy', undefined],
    ['a new line with its indentation', ';\n  b();', ';\n  ', 'b();'],
    ['an indentation on a blank line', ';\n\n  b();', ';\n  ', '\n  b();'],
    ['an indentation left on a blank line', ';\n\n  b();', ';\n  \n  ', 'b();'],
    ['more indentation than predicted', ';\n}', ';\n  ', '}', true],
    ['tabs are not spaces', ';\n\tb();', ';\n  ', undefined],
    ['white space within a line', 'a b', 'a  ', undefined],
    ['indented more, and typed on', ';\n}', ';\n  x', undefined],
  ];
  for (const [name, predicted, typed, text, isHeldBack = false] of rows) {
    it(name, () => assert.deepEqual(follow(predicted, typed), text === undefined ? undefined : { text, isHeldBack }));
  }
});

describe('what stands behind the cursor', () => {
  it('is closers, or something else', () => {
    assert.equal(closersAfter('); \nx'), '); ');
    assert.equal(closersAfter('"]}\n'), '"]}');
    assert.equal(closersAfter(' x)\n'), '');
    assert.equal(closersAfter('\n)'), '');
  });

  it('is known again behind closers that the editor has added', () => {
    assert.equal(addedBehind('\nrest of file\n', ')\nrest of file\n'), ')');
    assert.equal(addedBehind('\nrest\n', '\n}\nrest\n'), '\n}');
    assert.equal(addedBehind('\nrest\n', '\nrest\n'), '');
    assert.equal(addedBehind('\nrest\n', 'x\nrest\n'), undefined);
    assert.equal(addedBehind('\nrest\n', '\nrest\nmore\n'), undefined);
    assert.equal(addedBehind('', ')'), ')');
    assert.equal(addedBehind('', 'x'), undefined);
  });

  it('stays the same text in prompts while one types forward', () => {
    const frozen = createFrozenSuffix();
    const first = frozen.of('a.ts', '\nrest\n', 100);
    assert.equal(frozen.of('a.ts', '\n  }\nrest\n', 100), first);
    assert.equal(frozen.of('a.ts', '\nother\n', 100), '\nother\n');
    assert.equal(frozen.of('b.ts', '\n}\nother\n', 100), '\n}\nother\n');
  });

  it('is replaced where the completion has it, and stays where not', () => {
    assert.deepEqual(fitToClosers('a, b);', ')'), { text: 'a, b);', replaces: 1 });
    assert.deepEqual(fitToClosers('a, b', ')'), { text: 'a, b', replaces: 0 });
    assert.deepEqual(fitToClosers('f()', ')'), { text: 'f()', replaces: 0 });
    assert.deepEqual(fitToClosers('a, () => {\n  b();\n});', ');'), { text: 'a, () => {\n  b();\n});', replaces: 2 });
    assert.deepEqual(fitToClosers('name"', '"'), { text: 'name"', replaces: 1 });
    assert.equal(fitToClosers('])', ')'), undefined);
    assert.deepEqual(fitToClosers('x, y)', ');'), { text: 'x, y', replaces: 0 });
    assert.deepEqual(fitToClosers('x', ''), { text: 'x', replaces: 0 });
  });
});

describe('a forecast', () => {
  it('holds while it is typed, also while it arrives, and parts from anything else', () => {
    const forecast = createForecast(at('let '));
    assert.ok(forecast.agrees(at('let x')), 'nothing is known yet');
    forecast.add('x =');
    assert.ok(forecast.agrees(at('let x')));
    assert.ok(forecast.agrees(at('let x = 1')), 'typed ahead of what has come');
    assert.ok(!forecast.agrees(at('let y')));
    forecast.add(' 1;\nlet z');
    assert.deepEqual(forecast.rest(at('let x')), { text: ' = 1;', isHeldBack: false });
    forecast.finish('complete');
    assert.deepEqual(forecast.rest(at('let x')), { text: ' = 1;\nlet z', isHeldBack: false });
    assert.ok(!forecast.agrees(at('let x = 1;\nlet zz')));
    assert.ok(!forecast.agrees(at('let x', '\n', 'b.ts')));
    assert.ok(!forecast.agrees(at('let x', ' y\n')));
  });

  it('goes on with a further answer, whose end closes the gap', () => {
    const forecast = createForecast(at('f() {', '\n'));
    forecast.add('\n  a();');
    forecast.finish('complete');
    assert.equal(forecast.extend().prefix, 'f() {\n  a();');
    assert.equal(forecast.state, 'running');
    forecast.add('\n  b();\n}\n\nrest');
    forecast.finish('complete');
    assert.equal(forecast.text.slice(0, forecast.stops[0]), '\n  a();\n  b();\n}');
    forecast.extend();
    forecast.finish('complete');
    assert.equal(forecast.state, 'filled');
  });

  it('shows what follows a scope once the user has gone past its end', () => {
    const forecast = createForecast(at('if a:\n    ', '\n'));
    forecast.add('b()\nc()\n');
    forecast.finish('complete');
    const shown = (prefix: string) => display(forecast, at(prefix, '\n'), 'block');
    assert.deepEqual(shown('if a:\n    '), { text: 'b()', replaces: 0 });
    assert.deepEqual(shown('if a:\n    b()'), { why: 'The suggestion is at its end.' });
    assert.deepEqual(shown('if a:\n    b()\n'), { text: 'c()', replaces: 0 });
    assert.deepEqual(shown('if a:\n    b()\n    '), { text: 'c()', replaces: 0, before: 4 });
  });

  it('keeps what came of a stream that was broken off', () => {
    const forecast = createForecast(at('x = '));
    forecast.add('1;\ny = ');
    forecast.finish('stopped');
    assert.equal(forecast.rest(at('x = '))?.text, '1;');
  });

  it('leaves out closers that the editor has put on the next line', () => {
    const forecast = createForecast(at('if (a) ', '\nrest();\n'));
    forecast.add('{\n  b();\n}\n');
    forecast.finish('complete');
    const shown = display(forecast, at('if (a) {\n  ', '\n}\nrest();\n'), 'block');
    assert.deepEqual(shown, { text: 'b();', replaces: 0 });
    const braces = display(forecast, at('if (a) {', '}\nrest();\n'), 'block');
    assert.deepEqual(braces, { text: '\n  b();\n}', replaces: 1 });
  });
});

describe('forecasts', () => {
  it('go back to what was shown when something is deleted again', () => {
    const forecasts = createForecasts();
    const first = createForecast(at('let '));
    forecasts.add(first);
    first.add('x = 1;');
    first.finish('complete');
    assert.equal(forecasts.find(at('let y')), undefined);
    const second = createForecast(at('let y'));
    forecasts.add(second);
    second.finish('stopped');
    assert.equal(forecasts.find(at('let x'))?.rest?.text, ' = 1;');
    assert.equal(forecasts.find(at('let '))?.forecast, first);
    assert.equal(forecasts.find(at('let x = 1;')), undefined);
  });

  it('know where there was nothing to say', () => {
    const forecasts = createForecasts();
    const empty = createForecast(at('done();'));
    forecasts.add(empty);
    empty.finish('complete');
    assert.equal(forecasts.find(at('done();'))?.forecast, empty);
    assert.equal(forecasts.find(at('done();\n')), undefined);
  });
});
