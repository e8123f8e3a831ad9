import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FoundDeclaration } from '../../../extension/core/ports.ts';
import { mergedSymbols } from '../../../extension/core/repository/lookup/mergedSymbols.ts';

const symbol = (path: string, name: string, startLine: number, endLine = startLine): FoundDeclaration => ({
  ...{ path, name, kind: 'function', startLine, endLine, depth: 0 },
});
const shown = (some: readonly FoundDeclaration[]) =>
  some.map(({ path, name, startLine, endLine }) => `${path} ${name} ${startLine}-${endLine}`);

describe('symbols of language services and of the index', () => {
  it('are those of either where the other knows none', () => {
    const some = [symbol('a.ts', 'one', 1, 3)];
    assert.deepEqual(mergedSymbols(some, []), some);
    assert.deepEqual(mergedSymbols([], some), some);
  });

  it('are named once, with the lines of the whole declaration', () => {
    const served = [symbol('a.go', 'Shop.add(int)', 7), symbol('a.go', 'other', 20, 22)];
    const indexed = [symbol('a.go', 'add', 5, 9), symbol('a.go', 'add', 30, 31), symbol('a.go', 'other', 19, 22)];
    assert.deepEqual(shown(mergedSymbols(served, indexed)), [
      'a.go Shop.add(int) 5-9',
      'a.go other 20-22',
      'a.go add 30-31',
    ]);
  });
});
