import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rankFiles } from '../../../extension/core/context/rank.ts';

const source = (i: number) => ({
  path: `src/part${i}.ts`,
  text: `export const value${i} = readConfiguration(${i});\n`.repeat(2_000),
});

describe('ranking', () => {
  it('puts what a query names first, code before its tests', async () => {
    const text = 'function readConfiguration(path) {}\n';
    const files = ['docs/configuration.md', 'src/config.ts', 'test/config.test.ts'].map((path) => ({ path, text }));
    const ranked = await rankFiles([...files, { path: 'src/other.ts', text: 'let x;\n' }], ['read', 'configuration']);
    const byScore = ranked.toSorted((a, b) => b.score - a.score).map(({ file }) => file.path);
    assert.equal(byScore[0], 'src/config.ts');
    assert.equal(byScore.at(-1), 'src/other.ts');
  });

  it('lets others work meanwhile, and stops when it is told to', async () => {
    const files = Array.from({ length: 60 }, (_, i) => source(i));
    const controller = new AbortController();
    // A timer can only fire, and so abort, if the ranking gives way.
    setTimeout(() => controller.abort(), 10);
    await assert.rejects(rankFiles(files, ['configuration'], controller.signal), /abort/i);
  });
});
