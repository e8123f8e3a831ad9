import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isSteering,
  withExclusion,
  withLevel,
  withoutRules,
  withPin,
} from '../../../extension/core/context/steeringChanges.ts';

describe('decisions about packs', () => {
  it('replace what was decided of the same file, and of all below a folder', () => {
    const pinned = withPin(withPin(undefined, './src/a.ts'), 'src/b.ts', 'skeleton');
    assert.deepEqual(pinned, { pinned: [{ path: 'src/a.ts' }, { path: 'src/b.ts', level: 'skeleton' }] });
    const excluded = withExclusion(pinned, 'src/a.ts');
    assert.deepEqual(excluded, { pinned: [{ path: 'src/b.ts', level: 'skeleton' }], excluded: ['src/a.ts'] });
    assert.deepEqual(withPin(excluded, 'src/'), { pinned: [{ path: 'src' }] });
    assert.deepEqual(withExclusion(excluded, 'src'), { excluded: ['src'] });
    assert.deepEqual(withExclusion(excluded, 'sr'), { ...excluded, excluded: ['src/a.ts', 'sr'] });
  });

  it('set the level of a pin where there is one, and let in what was excluded', () => {
    const pinned = withPin(undefined, 'a.ts');
    assert.deepEqual(withLevel(pinned, 'a.ts', 'name'), { pinned: [{ path: 'a.ts', level: 'name' }] });
    assert.deepEqual(withLevel(withExclusion(undefined, 'b.ts'), 'b.ts', 'full'), { levels: { 'b.ts': 'full' } });
  });

  it('are nothing once they are taken back, one by one or all at once', () => {
    const all = withLevel(withExclusion(withPin(undefined, 'a.ts'), 'b'), 'c.ts', 'full');
    assert.deepEqual(withoutRules(all, 'b'), { pinned: [{ path: 'a.ts' }], levels: { 'c.ts': 'full' } });
    assert.equal(withoutRules(all, ''), undefined);
    assert.equal(withoutRules(undefined, 'a.ts'), undefined);
  });

  it('are known from whatever else may have been kept', () => {
    const good = [{}, { pinned: [{ path: 'a', level: 'name' }], excluded: ['b'], levels: { c: 'full' } }];
    const bad = [
      null,
      3,
      { pinned: ['a'] },
      { pinned: [{ path: 'a', level: 'half' }] },
      { excluded: [1] },
      { levels: { c: 1 } },
    ];
    for (const each of good) assert.ok(isSteering(each), JSON.stringify(each));
    for (const each of bad) assert.ok(!isSteering(each), JSON.stringify(each));
  });
});
