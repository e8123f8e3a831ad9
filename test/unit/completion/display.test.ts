import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { display } from '../../../extension/core/completion/display.ts';
import { createForecast } from '../../../extension/core/completion/forecast.ts';

const at = (prefix: string, suffix = '\n', path = 'a.ts') => ({ path, prefix, suffix });

/** A forecast of answers, each of which continues the one before. */
function foretell(place: ReturnType<typeof at>, ...answers: readonly string[]) {
  const forecast = createForecast(place);
  for (const [i, answer] of answers.entries()) {
    if (i > 0) forecast.extend();
    forecast.add(answer);
    forecast.finish('complete');
  }
  return forecast;
}

const plain = (text: string) => ({ text, replaces: 0 });

describe('what is shown of a forecast', () => {
  it('is a line or all of it, as the place asks for', () => {
    const forecast = foretell(at('x = '), '1; \ny = 2;');
    assert.deepEqual(display(forecast, at('x = '), 'line'), plain('1;'));
    assert.deepEqual(display(forecast, at('x = '), 'block'), plain('1; \ny = 2;'));
    assert.equal(display(forecast, at('x = '), 'nothing'), undefined);
  });

  it('is nothing where something else was typed, or in another file', () => {
    const forecast = foretell(at('x = '), '1;');
    for (const place of [at('x = 2'), at('x = ', '\n', 'b.ts'), at('x = ', '\nmore'), at('x')])
      assert.equal(display(forecast, place, 'block'), undefined, JSON.stringify(place));
  });

  it('is nothing before its first line is sure, and what is sure after that', () => {
    const forecast = createForecast(at('x = '));
    assert.equal(display(forecast, at('x = '), 'block'), undefined);
    forecast.add('1');
    assert.equal(display(forecast, at('x = '), 'block'), undefined);
    forecast.add(';\ny');
    assert.deepEqual(display(forecast, at('x = '), 'block'), plain('1;'));
  });

  it('is what is left of Chinese and emoji at the end of a file, its lines ended by LF', () => {
    const forecast = foretell(at('x = ', ''), "'你好😀';\r\ny();  \r\n");
    assert.deepEqual(display(forecast, at('x = ', ''), 'block'), plain("'你好😀';\ny();"));
    assert.deepEqual(display(forecast, at("x = '你", ''), 'line'), plain("好😀';"));
    assert.deepEqual(display(forecast, at("x = '你好😀", ''), 'line'), plain("';"));
  });

  it('ends with a scope, and goes on behind it after that was accepted', () => {
    const forecast = foretell(at('f() {'), '\n  a();\n}\ng();');
    const whole = '\n  a();\n}';
    assert.deepEqual(display(forecast, at('f() {'), 'block'), plain(whole));
    assert.deepEqual(display(forecast, at(`f() {${whole}`), 'block'), { why: 'The suggestion is at its end.' });
    assert.deepEqual(display(forecast, at(`f() {${whole}`), 'block', true), plain('\ng();'));
    assert.deepEqual(display(forecast, at(`f() {${whole}\n`), 'block'), plain('g();'));
  });

  it('is no longer for a continuation that was prepared, unless there was little', () => {
    const long = foretell(at(''), 'a();\nb();\nc();', '\nd();\ne();\nf();');
    assert.deepEqual(display(long, at(''), 'block'), plain('a();\nb();\nc();'));
    assert.deepEqual(display(long, at('a();\nb();\nc();'), 'block'), plain('\nd();\ne();\nf();'));
    const short = foretell(at(''), 'a();', '\nb();');
    assert.deepEqual(display(short, at(''), 'block'), plain('a();\nb();'));
  });

  it('takes the place of closers behind the cursor that it has itself', () => {
    const forecast = foretell(at('call(', ');\n'), 'a, b);');
    assert.deepEqual(display(forecast, at('call(', ');\n'), 'block'), { text: 'a, b);', replaces: 2 });
    assert.deepEqual(display(forecast, at('call(a, ', ');\n'), 'block'), { text: 'b);', replaces: 2 });
  });
});

describe('why nothing is shown', () => {
  const rows: readonly (readonly [string, string, string, string])[] = [
    ['', '\nconst total = sum(prices);\n', 'const total = sum(prices);', 'what stands after'],
    ['const a = b', '\n', '));', 'closes brackets that are not open'],
    ['call(a', ');\n', ')', 'does not fit the brackets'],
  ];
  for (const [prefix, suffix, answer, why] of rows)
    it(`the answer ${why}`, () => {
      const place = at(prefix, suffix);
      const shown = display(foretell(place, answer), place, 'block');
      assert.match(shown && 'why' in shown ? shown.why : '', new RegExp(why));
    });

  it('the answer repeats itself, once it is typed', () => {
    const again = 'again();\nagain();';
    const forecast = foretell(at(''), `${again}\nagain();\nagain();`);
    assert.deepEqual(display(forecast, at(''), 'block'), plain(again));
    assert.deepEqual(display(forecast, at(again), 'block'), { why: 'The answer repeats itself.' });
  });

  it('is not told of an answer that is empty, or still to come', () => {
    assert.equal(display(foretell(at('x = 1;'), ''), at('x = 1;'), 'block'), undefined);
    assert.equal(display(createForecast(at('x = ')), at('x = '), 'block'), undefined);
  });
});
