import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Backend } from '../../../extension/core/backend/backend.ts';
import { createSpeeds } from '../../../extension/core/completion/speeds.ts';

const server = (label: string): Backend => ({
  kind: 'local',
  label,
  window: 8_000,
  writesEdits: false,
  chat: () => assert.fail('no chat is asked for'),
  complete: () => assert.fail('no completion is asked for'),
});

const landing = (milliseconds: number, promptTokens: number, cachedTokens?: number) => ({
  milliseconds,
  usage: { promptTokens, completionTokens: 1, ...(cachedTokens === undefined ? {} : { cachedTokens }) },
});

/** What the next session knows. */
const next = (speeds: ReturnType<typeof createSpeeds>) => createSpeeds(JSON.parse(JSON.stringify(speeds.image())));

describe('speeds of servers', () => {
  it('are measured in one session and count from the next', () => {
    const speeds = createSpeeds();
    speeds.landed(server('mine'), landing(2_000, 10_000, 0));
    assert.equal(speeds.known(server('mine')), undefined, 'a prompt would change in the midst of the work');
    assert.equal(next(speeds).known(server('mine')), 5_000);
    assert.equal(next(speeds).known(server('other')), undefined);
  });

  it('stay what they were until the session ends', () => {
    const speeds = createSpeeds({ mine: 100 });
    speeds.landed(server('mine'), landing(1_000, 4_000, 0));
    assert.equal(speeds.known(server('mine')), 100);
    assert.equal(next(speeds).known(server('mine')), 4_000);
  });

  it('leave out what the server had in its cache', () => {
    const speeds = createSpeeds();
    speeds.landed(server('mine'), landing(1_000, 50_000, 47_000));
    assert.equal(next(speeds).known(server('mine')), 3_000);
  });

  it('do not follow from short readings, nor from servers that tell nothing', () => {
    const speeds = createSpeeds({ mine: 100 });
    speeds.landed(server('mine'), landing(1_000, 50_000, 49_000));
    speeds.landed(server('mine'), landing(1_000, 50_000));
    speeds.landed(server('mine'), { milliseconds: 1_000 });
    assert.equal(next(speeds).known(server('mine')), 100);
  });

  it('do not follow from what another server did in its place', () => {
    const speeds = createSpeeds();
    speeds.landed(server('mine'), { ...landing(1_000, 9_000, 0), answeredBy: 'other' });
    assert.equal(next(speeds).known(server('mine')), undefined);
  });

  it('are remembered for the servers that were used last', () => {
    const speeds = createSpeeds();
    for (let i = 0; i < 20; i++) speeds.landed(server(`server ${i}`), landing(1_000, 4_000, 0));
    speeds.landed(server('server 0'), landing(1_000, 5_000, 0));
    speeds.landed(server('服务器'), landing(1_000, 6_000, 0));
    const after = next(speeds);
    assert.equal(after.known(server('server 0')), 5_000);
    assert.equal(after.known(server('服务器')), 6_000);
    assert.equal(after.known(server('server 1')), undefined);
    assert.equal(after.known(server('server 2')), 4_000);
  });

  it('begin anew where what was kept is damaged', () => {
    for (const kept of [null, 5, 'fast', [], { mine: 'fast' }, { mine: null }, { mine: 0 }, { mine: -3 }])
      assert.equal(createSpeeds(kept).known(server('mine')), undefined, JSON.stringify(kept));
    assert.equal(createSpeeds({ mine: 700, other: null }).known(server('mine')), 700);
  });
});
