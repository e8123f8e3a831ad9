import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseEditBlocks } from '../../../../extension/core/conversation/editBlocks.ts';
import { fileChanges } from '../../../../extension/core/conversation/edits/fileChanges.ts';
import type { Case, Files } from './case.ts';
import { elisions } from './elisions.ts';
import { files } from './files.ts';
import { lineEnds } from './lineEnds.ts';
import { malformed } from './malformed.ts';
import { marksInText } from './marksInText.ts';
import { matching } from './matching.ts';
import { wellFormed } from './wellFormed.ts';

const categories: Readonly<Record<string, readonly Case[]>> = {
  'well formed': wellFormed,
  malformed,
  'line ends': lineEnds,
  matching,
  'lines left out': elisions,
  'marks in the text': marksInText,
  files,
};

/** Does to the files what an editor would do, one change after the other. */
function done(before: Files, answer: string): { after: Files; refused: (readonly [string, string])[] } {
  const { changes, refusals } = fileChanges(parseEditBlocks(answer), new Map(Object.entries(before)));
  const now = new Map(Object.entries(before));
  for (const change of changes) {
    if (change.kind !== 'make') {
      assert.equal(now.get(change.path), change.before, `text before of ${change.path}`);
      now.delete(change.path);
    }
    if (change.kind === 'delete') continue;
    const path = change.kind === 'rename' ? change.to : change.path;
    assert.ok(!now.has(path), `${path} is overwritten`);
    now.set(path, change.after);
  }
  return { after: Object.fromEntries(now), refused: refusals.map(({ path, reason }) => [path, reason] as const) };
}

const all = Object.values(categories).flat();
const keys = all.map(({ before, answer }) => JSON.stringify([before, answer]));
const different = new Set(keys).size;
const counts = Object.entries(categories).map(([name, cases]) => `${name} ${cases.length}`);

describe(`answers of models: ${different} different (${counts.join(', ')})`, () => {
  for (const [category, cases] of Object.entries(categories)) {
    describe(category, () => {
      for (const { name, before, answer, after, refused } of cases) {
        it(name, () => assert.deepEqual(done(before, answer), { after, refused: [...refused] }));
      }
    });
  }

  it('are all different, and enough', () => {
    assert.deepEqual(
      all.filter((_, at) => keys.indexOf(keys[at] ?? '') !== at).map(({ name }) => name),
      [],
    );
    assert.ok(different >= 300);
  });
});
