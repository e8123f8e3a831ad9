import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createStatistics } from '../../../extension/core/completion/statistics.ts';

const usage = (promptTokens: number, cachedTokens?: number) => ({
  promptTokens,
  completionTokens: 10,
  ...(cachedTokens === undefined ? {} : { cachedTokens }),
});

/** Some work in two languages. */
function worked() {
  const statistics = createStatistics();
  statistics.shown('go', 120, false);
  statistics.answered('go', usage(1_000, 900));
  statistics.shown('go', 5, true);
  statistics.shown('python', 300, false);
  statistics.accepted('go', 42);
  statistics.judged('go', true);
  statistics.judged('go', false);
  return statistics;
}

describe('statistics', () => {
  it('count by language', () => {
    const tallies = worked().tallies();
    assert.deepEqual([...tallies.keys()], ['go', 'python']);
    assert.deepEqual(tallies.get('go'), {
      shown: 2,
      accepted: 1,
      kept: 1,
      judged: 2,
      characters: 42,
      promptTokens: 1_000,
      cachedTokens: 900,
      reused: 1,
      latencies: [120],
    });
    assert.equal(tallies.get('python')?.shown, 1);
    assert.equal(tallies.get('python')?.accepted, 0);
  });

  it('leave prompts out whose server does not tell what it had in its cache', () => {
    const statistics = createStatistics();
    statistics.answered('go', usage(5_000));
    assert.equal(statistics.tallies().get('go')?.promptTokens, 0);
    statistics.answered('go', usage(5_000, 0));
    assert.equal(statistics.tallies().get('go')?.promptTokens, 5_000);
    assert.equal(statistics.tallies().get('go')?.cachedTokens, 0);
  });

  it('know how long the latest two hundred answers took', () => {
    const statistics = createStatistics();
    for (let i = 1; i <= 250; i++) statistics.shown('go', i, false);
    const tally = statistics.tallies().get('go');
    assert.equal(tally?.shown, 250);
    assert.equal(tally?.latencies.length, 200);
    assert.equal(tally?.latencies[0], 51);
    assert.equal(tally?.latencies.at(-1), 250);
  });

  it('add up what was accepted', () => {
    const statistics = createStatistics();
    for (const text of ['a', '你好', '😀']) statistics.accepted('go', text.length);
    assert.equal(statistics.tallies().get('go')?.accepted, 3);
    assert.equal(statistics.tallies().get('go')?.characters, 5);
  });

  it('last beyond the session, and go on from there', () => {
    const statistics = worked();
    const next = createStatistics(JSON.parse(JSON.stringify(statistics.image())));
    assert.deepEqual(next.tallies(), statistics.tallies());
    next.accepted('go', 8);
    assert.equal(next.tallies().get('go')?.accepted, 2);
    assert.equal(next.tallies().get('go')?.characters, 50);
  });

  it('keep what they were when they were saved', () => {
    const statistics = worked();
    const before = JSON.stringify(statistics.image());
    const image = statistics.image();
    statistics.shown('go', 1, false);
    statistics.accepted('rust', 1);
    assert.equal(JSON.stringify(image), before);
  });

  it('can be cleared', () => {
    const statistics = worked();
    statistics.clear();
    assert.equal(statistics.tallies().size, 0);
    assert.deepEqual(statistics.image(), {});
    statistics.accepted('go', 3);
    assert.equal(statistics.tallies().get('go')?.accepted, 1);
  });

  it('begin anew where what was kept is damaged', () => {
    for (const kept of [null, 5, 'counts', [], { go: null }, { go: { shown: 1 } }])
      assert.equal(createStatistics(kept).tallies().size, 0, JSON.stringify(kept));
    const good = worked().tallies().get('go');
    const kept = {
      go: good,
      rust: { ...good, shown: null },
      java: { ...good, latencies: 5 },
      ruby: { ...good, latencies: [1, 'slow'] },
    };
    assert.deepEqual([...createStatistics(kept).tallies().keys()], ['go']);
  });
});
