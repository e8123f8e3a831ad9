import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Backend } from '../../../extension/core/backend/backend.ts';
import { inlineBudget } from '../../../extension/core/completion/budget.ts';
import { defaultSettings } from '../../../extension/core/settings.ts';

const budget = (kind: Backend['kind'], contextTokens: number, speed?: number) =>
  inlineBudget({ kind }, { ...defaultSettings.inline, contextTokens }, speed);

describe('how much of the repository an inline prompt has', () => {
  it('is what the user says, whoever answers and how fast', () => {
    for (const kind of ['hosted', 'local', 'embedded'] as const)
      for (const speed of [undefined, 1, 100_000]) assert.equal(budget(kind, 12_345, speed), 12_345);
  });

  it('is little where it is charged for, however fast the server', () => {
    assert.ok(budget('hosted', 0, 100_000) < budget('local', 0));
    assert.equal(budget('hosted', 0, 100_000), budget('hosted', 0));
  });

  it('does not depend on any speed for the matcher', () => {
    assert.equal(budget('embedded', 0, 1), budget('embedded', 0, 100_000));
  });

  const rows: readonly (readonly [string, number, number])[] = [
    ['a server that does not get on', 0, 2_000],
    ['a slow one', 99, 2_000],
    ['one just below a size', 199, 2_000],
    ['one at a size', 200, 4_000],
    ['a graphics card', 850, 16_000],
    ['the same in a better mood', 1_500, 16_000],
    ['a big machine', 5_000, 64_000],
    ['one faster than any context is long', 1e9, 512_000],
  ];
  for (const [name, speed, expected] of rows)
    it(`suits ${name}`, () => assert.equal(budget('local', 0, speed), expected));

  it('is never less for a faster server', () => {
    let last = 0;
    for (let speed = 1; speed < 50_000; speed = Math.ceil(speed * 1.1)) {
      const tokens = budget('local', 0, speed);
      assert.ok(tokens >= last, `${speed} tokens a second`);
      last = tokens;
    }
    assert.ok(last > 2_000);
  });
});
