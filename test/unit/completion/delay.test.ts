import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { delay } from '../../../extension/core/completion/delay.ts';

const habit = { trust: 0.6, interval: 200 };
const kinds = ['hosted', 'local', 'embedded'] as const;
const limit = 400;

describe('the rest before a request', () => {
  it('is none after a new line or an opening bracket', () => {
    for (const kind of kinds) assert.equal(delay(habit, { kind, latency: 5_000 }, true, limit), 0);
  });

  it('is never longer than the user lets it be', () => {
    for (const kind of kinds)
      for (const latency of [undefined, 10, 10_000])
        for (const trust of [0, 0.5, 1])
          for (const most of [0, 5, 100])
            assert.ok(delay({ trust, interval: 900 }, { kind, latency }, false, most) <= most);
  });

  it('is too short to be noticed where asking is free and answers are fast', () => {
    for (const trust of [0, 1])
      for (const latency of [undefined, 50])
        for (const kind of ['local', 'embedded'] as const)
          assert.ok(delay({ trust, interval: 200 }, { kind, latency }, false, limit) <= 20);
  });

  it('is longer where a server answers slowly than where it answers fast', () => {
    const rest = (latency: number) => delay(habit, { kind: 'local', latency }, false, limit);
    assert.ok(rest(2_000) > rest(100));
    assert.ok(delay({ ...habit, interval: 800 }, { kind: 'local', latency: 2_000 }, false, limit) < rest(2_000));
  });

  it('is longer where a request is charged for', () => {
    for (const latency of [undefined, 100, 2_000])
      assert.ok(
        delay(habit, { kind: 'hosted', latency }, false, limit) >
          delay(habit, { kind: 'local', latency }, false, limit),
      );
  });

  it('is shorter for who follows suggestions, and for who types fast', () => {
    const rest = (trust: number, interval: number) =>
      delay({ trust, interval }, { kind: 'hosted', latency: 300 }, false, 10_000);
    assert.ok(rest(0.9, 200) < rest(0.2, 200));
    assert.ok(rest(0.5, 80) < rest(0.5, 300));
  });

  it('ends before the next key is overdue for who follows most suggestions', () => {
    for (const kind of kinds)
      for (const interval of [60, 200, 600]) {
        const rest = delay({ trust: 0.6, interval }, { kind, latency: 10_000 }, false, 10_000);
        assert.ok(rest <= 1.25 * interval, `${kind}, ${interval}`);
      }
  });

  it('is short even for who follows everything, not none: keys come in bursts', () => {
    for (const kind of ['local', 'embedded'] as const)
      assert.ok(delay({ trust: 1, interval: 100 }, { kind, latency: 10_000 }, false, limit) > 0);
  });
});
