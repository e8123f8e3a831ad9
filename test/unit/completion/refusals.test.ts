import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRefusals } from '../../../extension/core/completion/refusals.ts';

const at = (prefix: string, suffix = '\n', path = 'a.ts') => ({ path, prefix, suffix });

describe('what was refused', () => {
  const place = at('first();\n  const x = ');
  /** name, place, text, whether it is still refused after `1;` was at the place above. */
  const rows: readonly (readonly [string, ReturnType<typeof at>, string, boolean])[] = [
    ['there', place, '1;', true],
    ['with more lines, or none', place, '1;\nmore();', true],
    ['with other white space around it', place, '\n\n 1; ', true],
    ['with lines that end as on Windows', place, '1;\r\nmore();', true],
    ['where the file has grown elsewhere', at('new();\nfirst();\n  const x = ', '\nmore();\n'), '1;', true],
    ['where the line was indented', at('  first();\n      const x = '), '1;', true],
    ['where blank lines came between', at('first();\n\n\n  const x = '), '1;', true],
    ['with another text', place, '2;', false],
    ['on another line', at('first();\n  const y = '), '1;', false],
    ['below another line', at('second();\n  const x = '), '1;', false],
    ['in another file', at('first();\n  const x = ', '\n', 'b.ts'), '1;', false],
  ];
  for (const [name, where, text, expected] of rows)
    it(`is ${expected ? '' : 'not '}refused ${name}`, () => {
      const refusals = createRefusals();
      assert.equal(refusals.isRefused(where, text), false);
      refusals.refuse(place, '1;');
      assert.equal(refusals.isRefused(where, text), expected);
    });

  it('may stand at the beginning of a file, or its end', () => {
    const refusals = createRefusals();
    refusals.refuse(at('', ''), 'import x;');
    assert.ok(refusals.isRefused(at('', ''), 'import x;'));
    assert.ok(!refusals.isRefused(at('import x;\n', ''), 'import x;'));
  });

  it('may be Chinese or emoji', () => {
    const refusals = createRefusals();
    refusals.refuse(at('// 计算'), '总和😀');
    assert.ok(refusals.isRefused(at('// 计算'), '总和😀'));
    assert.ok(!refusals.isRefused(at('// 计算'), '总和😁'));
    assert.ok(!refusals.isRefused(at('// 计'), '总和😀'));
  });

  it('is remembered in the next session, without a word of it', () => {
    const refusals = createRefusals();
    refusals.refuse(at('const password = '), 'hunter2');
    const kept = JSON.stringify(refusals.image());
    assert.doesNotMatch(kept, /password|hunter2|a\.ts/);
    const next = createRefusals(JSON.parse(kept));
    assert.ok(next.isRefused(at('const password = '), 'hunter2'));
    assert.ok(!next.isRefused(at('const password = '), 'hunter3'));
  });

  it('is forgotten after five hundred others, unless it was refused again', () => {
    const refusals = createRefusals();
    for (let i = 0; i < 500; i++) refusals.refuse(place, `${i}`);
    refusals.refuse(place, '0');
    refusals.refuse(place, '500');
    assert.ok(refusals.isRefused(place, '0'));
    assert.ok(!refusals.isRefused(place, '1'));
    assert.ok(refusals.isRefused(place, '2'));
    assert.equal(refusals.image().length, 500);
  });

  it('tells a thousand texts apart', () => {
    const refusals = createRefusals();
    for (let i = 0; i < 500; i++) refusals.refuse(place, `value${i};`);
    for (let i = 500; i < 1_500; i++) assert.ok(!refusals.isRefused(place, `value${i};`), `${i}`);
  });

  it('is nothing where what was kept is damaged', () => {
    for (const kept of [undefined, null, 5, 'all', { length: 1 }])
      assert.deepEqual(createRefusals(kept).image(), [], JSON.stringify(kept));
    assert.deepEqual(createRefusals(['a', 5, null, 'b']).image(), ['a', 'b']);
    assert.equal(createRefusals(Array.from({ length: 900 }, (_, i) => `${i}`)).image().length, 500);
  });
});
