import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHabits } from '../../../extension/core/completion/habits.ts';

const fresh = createHabits().of('typescript');

describe('habits', () => {
  it('are the same for every language at first, and then learned one by one', () => {
    const habits = createHabits();
    assert.deepEqual(habits.of('python'), fresh);
    assert.deepEqual(habits.of('constructor'), fresh);
    habits.outcome('python', true);
    habits.key('python', 50);
    assert.notDeepEqual(habits.of('python'), fresh);
    assert.deepEqual(habits.of('typescript'), fresh);
  });

  it('gain trust with what is followed, and lose it with what is not, between none and all', () => {
    const habits = createHabits();
    for (let i = 0; i < 100; i++) habits.outcome('go', true);
    const most = habits.of('go').trust;
    assert.ok(most > 0.95 && most <= 1, `${most}`);
    for (let i = 0; i < 100; i++) habits.outcome('go', false);
    const least = habits.of('go').trust;
    assert.ok(least < 0.05 && least >= 0, `${least}`);
  });

  it('go by the latest outcomes more than by the first ones', () => {
    const [better, worse] = [createHabits(), createHabits()];
    for (let i = 0; i < 20; i++) {
      better.outcome('go', i >= 10);
      worse.outcome('go', i < 10);
    }
    assert.ok(better.of('go').trust > worse.of('go').trust);
  });

  it('come to know how fast somebody types', () => {
    const habits = createHabits();
    for (let i = 0; i < 50; i++) habits.key('go', 90);
    assert.ok(Math.abs(habits.of('go').interval - 90) < 5);
    assert.equal(habits.of('go').trust, fresh.trust);
  });

  for (const interval of [0, -5, 1_001, 60_000, Number.POSITIVE_INFINITY])
    it(`take ${interval} milliseconds for no typing`, () => {
      const habits = createHabits();
      habits.key('go', interval);
      assert.deepEqual(habits.of('go'), fresh);
    });

  it('take a second for slow typing', () => {
    const habits = createHabits();
    habits.key('go', 1_000);
    assert.ok(habits.of('go').interval > fresh.interval);
  });

  it('last beyond the session', () => {
    const habits = createHabits();
    assert.deepEqual(habits.image(), {});
    habits.outcome('go', false);
    habits.key('python', 120);
    const next = createHabits(JSON.parse(JSON.stringify(habits.image())));
    for (const language of ['go', 'python', 'rust']) assert.deepEqual(next.of(language), habits.of(language));
  });

  it('begin anew where what was kept is damaged', () => {
    const damaged = [
      null,
      5,
      'habits',
      [],
      { go: null },
      { go: { trust: 'high', interval: 200 } },
      { go: { trust: 1 } },
    ];
    for (const kept of damaged) assert.deepEqual(createHabits(kept).of('go'), fresh, JSON.stringify(kept));
    const half = createHabits({ go: { trust: null, interval: 1 }, rust: { trust: 0.9, interval: 80 } });
    assert.deepEqual(half.of('go'), fresh);
    assert.deepEqual(half.of('rust'), { trust: 0.9, interval: 80 });
  });
});
