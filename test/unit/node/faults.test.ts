import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { createOutlineThread } from '../../../extension/node/outlineThread.ts';

const syntax = createOutlineThread({ distribution: resolve('dist') });
after(() => syntax.dispose());

describe('lines at which a text does not parse', () => {
  const rows: readonly (readonly [string, string, readonly number[]])[] = [
    ['a.ts', 'const a = 1;\nfunction f() {\n  return a;\n}\n', []],
    ['a.ts', 'const a = 1;\nconst b = = 2;\nconst c = 3;\n', [2]],
    ['a.py', 'def f():\n    return 1\n', []],
    ['a.py', 'def f(:\n    return 1\n', [1]],
    ['a.go', 'package main\n\nfunc f() int { return 1 }\n', []],
  ];
  for (const [path, text, expected] of rows)
    it(`${path}: ${JSON.stringify(text)}`, async () => assert.deepEqual(await syntax.faults(path, text), expected));

  it('are told for a scope that is not closed, wherever the parser gives up', async () => {
    const faults = await syntax.faults('a.ts', 'function f() {\n  if (a) {\n}\n');
    assert.ok(faults && faults.length > 0);
  });

  it('are a few at the most, and unknown for files of another kind', async () => {
    const found = await syntax.faults('a.ts', 'const = ;\n'.repeat(500));
    assert.ok(found && found.length > 0 && found.length <= 20);
    assert.equal(await syntax.faults('a.txt', '((('), undefined);
  });
});
