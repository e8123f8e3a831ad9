import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyHunks, hunks } from '../../../extension/core/conversation/edits/hunks.ts';
import { rebase } from '../../../extension/core/conversation/edits/rebase.ts';
import { createRandom, pick, randomChange, randomText } from './corpus/random.ts';

const everything = (count: number): ReadonlySet<number> => new Set(Array.from({ length: count }, (_, i) => i));
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

describe('hunks', () => {
  it('are the lines that differ, with their line breaks', () => {
    assert.deepEqual(hunks('a\nb\nc\r\nd', 'a\nB\nc\r\nd\ne'), [
      { start: 1, removed: ['b\n'], added: ['B\n'] },
      { start: 3, removed: ['d'], added: ['d\n', 'e'] },
    ]);
    assert.deepEqual(hunks('a\n', 'a\r\n'), [{ start: 0, removed: ['a\n'], added: ['a\r\n'] }]);
    assert.deepEqual(hunks('', 'a'), [{ start: 0, removed: [], added: ['a'] }]);
    assert.deepEqual(hunks('a\n', 'a\n'), []);
  });

  it('of texts that have little in common are one', () => {
    const text = (tag: string) => Array.from({ length: 20_000 }, (_, i) => `${tag} ${i}\n`).join('');
    const found = hunks(`same\n${text('a')}`, `same\n${text('b')}`);
    assert.deepEqual([found.length, found[0]?.start, found[0]?.removed.length], [1, 1, 20_000]);
  });

  it('done and undone give the bytes of both texts', () => {
    const random = createRandom(3);
    for (let round = 0; round < 400; round++) {
      const before = randomText(random);
      const after = pick(random, [randomChange(random, before, 'new'), randomText(random)]);
      const there = hunks(before, after);
      const back = hunks(after, before);
      assert.equal(applyHunks(before, there, everything(there.length)), after, `round ${round}`);
      assert.equal(applyHunks(after, back, everything(back.length)), before, `round ${round}, back`);
      assert.equal(applyHunks(before, there, new Set()), before);
    }
  });

  it('in any choice change their own lines and no other', () => {
    const random = createRandom(4);
    for (let round = 0; round < 400; round++) {
      const before = randomText(random);
      const all = hunks(before, randomChange(random, before, 'new'));
      const chosen = new Set([...all.keys()].filter(() => random(2) === 0));
      // From the last to the first, so that the places of the others stay.
      const lines = linesOf(before);
      for (const index of [...chosen].reverse()) {
        const { start, removed, added } = all[index] ?? { start: 0, removed: [], added: [] };
        assert.deepEqual(lines.splice(start, removed.length, ...added), removed);
      }
      const text = applyHunks(before, all, chosen);
      assert.equal(text, lines.join(''), `round ${round}`);
      // What was not chosen can be done afterwards.
      const rest = hunks(text, applyHunks(before, all, everything(all.length)));
      assert.equal(applyHunks(text, rest, everything(rest.length)), applyHunks(before, all, everything(all.length)));
    }
  });
});

describe('a rebase', () => {
  const before = 'a\nb\nc\nd\ne\nf\n';

  it('puts a proposal on top of what the user wrote elsewhere', () => {
    assert.deepEqual(rebase(before, 'a\nB\nc\nd\ne\nf\n', 'a\nb\nc\nd\nE\nf\ng\n'), { text: 'a\nB\nc\nd\nE\nf\ng\n' });
    assert.deepEqual(rebase('a\r\nb\nc', 'A\r\nb\nc', 'a\r\nb\nc\nd'), { text: 'A\r\nb\nc\nd' });
  });

  it('gives the hunks that stand in the way of the user', () => {
    const own = { start: 1, removed: ['b\n'], added: ['B\n'] };
    assert.deepEqual(rebase(before, 'a\nB\nc\nd\ne\nF\n', 'a\nb!\nc\nd\ne\nf\n'), { conflicts: [own] });
    assert.deepEqual(rebase(before, 'a\nB\nc\nd\ne\nf\n', 'a\nb\nx\nc\nd\ne\nf\n'), { conflicts: [own] });
    assert.deepEqual(rebase(before, 'a\nB\nc\nd\ne\nf\n', ''), { conflicts: [own] });
  });

  it('counts once what both did', () => {
    const both = 'a\nB\nc\nd\ne\nf\n';
    assert.deepEqual(rebase(before, both, both), { text: both });
    assert.deepEqual(rebase(before, 'a\nB\nc\nd\ne\nF\n', both), { text: 'a\nB\nc\nd\ne\nF\n' });
  });

  it('with nothing on one side is the other', () => {
    const random = createRandom(5);
    for (let round = 0; round < 200; round++) {
      const text = randomText(random);
      const changed = randomChange(random, text, 'new');
      assert.deepEqual(rebase(text, changed, text), { text: changed }, `round ${round}`);
      assert.deepEqual(rebase(text, text, changed), { text: changed }, `round ${round}`);
    }
  });

  it('never loses a line of the user, nor brings one back', () => {
    const random = createRandom(6);
    let merged = 0;
    for (let round = 0; round < 1_000; round++) {
      const text = Array.from({ length: 40 }, (_, i) => `line ${i}${pick(random, ['\n', '\r\n'])}`).join('');
      const lines = linesOf(text);
      const half = random(40);
      // Often each changes a half of its own, as people do; sometimes both change anything.
      const [head, tail] = [lines.slice(0, half).join(''), lines.slice(half).join('')];
      const apart = random(3) > 0;
      const after = apart ? randomChange(random, head, 'model') + tail : randomChange(random, text, 'model');
      const now = apart ? head + randomChange(random, tail, 'user') : randomChange(random, text, 'user');
      const result = rebase(text, after, now);
      if ('conflicts' in result) {
        assert.ok(result.conflicts.length > 0);
        continue;
      }
      merged++;
      const found = linesOf(result.text);
      const users = linesOf(now);
      assert.deepEqual(
        found.filter((line) => line.startsWith('user')),
        users.filter((line) => line.startsWith('user')),
        `round ${round}`,
      );
      assert.deepEqual(
        found.filter((line) => line.startsWith('line') && !users.includes(line)),
        [],
        `round ${round}`,
      );
      for (const line of users) {
        if (linesOf(after).includes(line)) assert.ok(found.includes(line), `round ${round}: ${line}`);
      }
    }
    assert.ok(merged > 300, `${merged} merged`);
  });
});
