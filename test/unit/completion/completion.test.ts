import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wanted } from '../../../extension/core/completion/trigger.ts';
import { inlineShares, prefixWindow, suffixWindow } from '../../../extension/core/completion/window.ts';
import { defaultSettings } from '../../../extension/core/settings.ts';

describe('what a place asks for', () => {
  const cases = [
    ['const x = ', '\n', 'block'],
    ['  return a.', ';\n', 'line'],
    ['if (x) {\n  ', '\n}', 'block'],
    ['call(', ')', 'line'],
    ['foo ', 'bar', 'nothing'],
    ['   \n', '', 'nothing'],
  ] as const;
  for (const [prefix, suffix, expected] of cases) {
    it(`${JSON.stringify(prefix)} | ${JSON.stringify(suffix)} → ${expected}`, () => {
      assert.equal(wanted(prefix, suffix), expected);
    });
  }
});

describe('windows', () => {
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join('');

  it('start at a multiple of 64 lines and stay there while lines are typed', () => {
    let prefix = lines(0, 1_000);
    const starts = new Set<string>();
    let moves = 0;
    let last = '';
    for (let i = 1_000; i < 1_200; i++) {
      const window = prefixWindow(prefix, 4_000);
      assert.ok(window.length <= 4_000);
      const first = /^line (\d+)\n/.exec(window)?.[1] ?? '';
      assert.equal(Number(first) % 64, 0);
      if (first !== last) moves++;
      last = first;
      starts.add(first);
      prefix += `line ${i}\n`;
    }
    assert.ok(moves <= 5, `moved ${moves} times in 200 lines`);
  });

  it('hold the whole of a short text, and cut a line without end', () => {
    assert.equal(prefixWindow('short', 100), 'short');
    assert.equal(prefixWindow('x'.repeat(500), 100).length, 100);
    assert.equal(suffixWindow('a\nb\nccc', 4), 'a\nb\n');
    assert.equal(suffixWindow('x'.repeat(500), 100).length, 100);
  });

  it('share out every window from 2K to 1M without going over it', () => {
    for (const window of [2_048, 8_192, 32_768, 131_072, 202_752, 1_048_576]) {
      const shares = inlineShares(window, { ...defaultSettings.inline, contextTokens: 1_000_000 });
      assert.ok(shares.pack >= 0);
      assert.ok(shares.pack + (shares.prefix + shares.suffix) / 2.5 + 128 <= window, `window ${window}`);
    }
  });
});
