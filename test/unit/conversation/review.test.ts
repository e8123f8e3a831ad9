import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyHunks, hunks } from '../../../extension/core/conversation/edits/hunks.ts';
import {
  accepting,
  judged,
  pendingParts,
  review,
  verdictOf,
} from '../../../extension/core/conversation/edits/review.ts';

/** Numbers that look random and are the same each time (mulberry32). */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** A file of distinct lines, and another text in which some of them are changed, removed or followed by new ones. */
function makeEdit(random: (below: number) => number) {
  const end = random(3) === 0 ? '\r\n' : '\n';
  const lines = Array.from({ length: 5 + random(40) }, (_, at) => `line ${at} ${random(1_000)}`);
  const edited = lines.flatMap((line, at) => {
    const dice = random(10);
    if (dice === 0) return [];
    if (dice === 1) return [`${line} changed`];
    return dice === 2 ? [line, `new after ${at}`] : [line];
  });
  const last = random(2) === 0 ? end : '';
  return { before: lines.join(end) + last, after: edited.join(end) + last };
}

describe('the review of a change', () => {
  it('accepts any parts in any order, and that equals applying just them', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = createRandom(seed);
      const { before, after } = makeEdit(random);
      let reviewed = review({ kind: 'change', path: 'a', before, after });
      let now = before;
      const accepted = new Set<number>();
      for (let left = pendingParts(reviewed); left.length > 0; left = pendingParts(reviewed)) {
        const part = left[random(left.length)] ?? 0;
        const parts = pendingParts(reviewed, part);
        if (reviewed.hunks.length > 0 && random(3) > 0) {
          const writing = accepting(reviewed, parts, now);
          assert.ok('after' in writing && writing.after !== undefined, `seed ${seed}: ${JSON.stringify(writing)}`);
          now = writing.after;
          reviewed = judged(reviewed, parts, 'accepted');
          accepted.add(part);
        } else reviewed = judged(reviewed, parts, 'rejected');
      }
      assert.equal(now, applyHunks(before, hunks(before, after), accepted), `seed ${seed}`);
    }
  });

  it('never loses a line that the user wrote meanwhile', () => {
    let merged = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const random = createRandom(seed);
      const { before, after } = makeEdit(random);
      const lines = before.split(/(?<=\n)/);
      lines.splice(random(lines.length), 0, `mine ${seed}\n`);
      const now = lines.join('');
      const reviewed = review({ kind: 'change', path: 'a', before, after });
      const writing = accepting(reviewed, pendingParts(reviewed), now);
      if ('conflict' in writing) continue;
      merged++;
      assert.ok(writing.after?.includes(`mine ${seed}\n`), `seed ${seed}`);
      assert.equal(writing.after?.replace(`mine ${seed}\n`, ''), after, `seed ${seed}`);
    }
    assert.ok(merged > 50, `${merged} were merged`);
  });

  it('tells of lines that the user changed, too', () => {
    const reviewed = review({ kind: 'change', path: 'a', before: 'a\nb\nc\nd\n', after: 'a\nB\nc\nD\n' });
    assert.deepEqual(accepting(reviewed, [0], 'a\nmine\nc\nd\n'), { conflict: 'changed', lines: [2] });
    const other = accepting(reviewed, [1], 'a\nmine\nc\nd\n');
    assert.equal('after' in other && other.after, 'a\nmine\nc\nD\n');
  });

  it('takes what is made, deleted or renamed whole, and only where nothing stands in the way', () => {
    const make = review({ kind: 'make', path: 'a', after: 'new\n' });
    assert.deepEqual(accepting(make, [0], 'other\n'), { conflict: 'exists' });
    assert.deepEqual(accepting(make, [0], undefined), { kind: 'make', path: 'a', before: undefined, after: 'new\n' });
    const gone = review({ kind: 'delete', path: 'a', before: 'old\n' });
    assert.deepEqual(accepting(gone, [0], 'old, and mine\n'), { conflict: 'changed' });
    assert.deepEqual(accepting(gone, [0], undefined), { conflict: 'gone' });
    assert.deepEqual(accepting(gone, [0], 'old\n'), { kind: 'delete', path: 'a', before: 'old\n', after: undefined });
    const renamed = review({ kind: 'rename', path: 'a', to: 'b', before: 'x\ny\n', after: 'x\nY\n' });
    const writing = accepting(renamed, [0], 'mine\nx\ny\n');
    assert.deepEqual('after' in writing && [writing.to, writing.after], ['b', 'mine\nx\nY\n']);
  });

  it('sums verdicts up', () => {
    assert.equal(verdictOf(['accepted', 'accepted']), 'accepted');
    assert.equal(verdictOf(['accepted', 'rejected']), 'partly');
    assert.equal(verdictOf(['accepted', 'pending']), 'pending');
    assert.equal(verdictOf([]), 'rejected');
  });
});
