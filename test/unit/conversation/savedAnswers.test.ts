import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readEdits } from '../../../extension/core/conversation/edits/readEdits.ts';
import { savedAnswers } from '../../../extension/core/conversation/edits/savedAnswers.ts';
import type { TurnView } from '../../../extension/protocol/chat.ts';
import { turnOf } from '../node/chatsSupport.ts';

const block = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

const files: Readonly<Record<string, string>> = { 'a.ts': 'one\ntwo\n', 'b.ts': 'one\ntwo\n', 'c.ts': 'one\n' };
const texts = async (paths: readonly string[]) =>
  new Map(paths.flatMap((path) => (files[path] === undefined ? [] : [[path, files[path]] as const])));

/** What the edits of a saved turn come to: texts by path, and the paths of what is refused. */
async function read(turn: TurnView) {
  const found = await readEdits(savedAnswers(turn), { texts, shown: async (some) => some });
  const after = Object.fromEntries(
    (found?.changes ?? []).map((change) => [change.path, 'after' in change ? change.after : undefined]),
  );
  return { after, refused: (found?.refusals ?? []).map(({ path, reason }) => [path, reason]) };
}

describe('the edits of an answer that was kept', () => {
  const first = block('a.ts', 'wrong', 'ONE') + block('b.ts', 'two', 'TWO');
  const mending = `\n\n${block('a.ts', 'one', 'ONE')}`;

  it('are mended as they were when it was written', async () => {
    const turn = turnOf('a', { text: first + mending, mends: [first.length] });
    assert.deepEqual(await read(turn), { after: { 'a.ts': 'ONE\ntwo\n', 'b.ts': 'one\nTWO\n' }, refused: [] });
  });

  it('are those that fitted, where it was stopped while it mended the others', async () => {
    const half = turnOf('a', {
      text: `${first}\n\n${block('a.ts', 'one', 'ONE')}`,
      mends: [first.length],
      status: 'stopped',
    });
    assert.deepEqual(await read(half), { after: { 'b.ts': 'one\nTWO\n' }, refused: [['a.ts', 'not found']] });
  });

  it('are those of whole files, where it was stopped: not of the file that it was at', async () => {
    const whole = block('a.ts', 'one', 'ONE') + block('a.ts', 'two', 'TWO') + block('b.ts', 'two', 'TWO');
    assert.deepEqual(await read(turnOf('a', { text: whole, status: 'stopped' })), {
      after: { 'a.ts': 'ONE\nTWO\n' },
      refused: [['b.ts', 'cut off']],
    });
    const inside = `${block('a.ts', 'one', 'ONE')}b.ts\n<<<<<<< SEARCH\ntw`;
    assert.deepEqual(await read(turnOf('a', { text: inside, status: 'failed' })), {
      after: { 'a.ts': 'ONE\ntwo\n' },
      refused: [['b.ts', 'cut off']],
    });
    const made = 'n.ts\n<<<<<<< FILE\nnew\n>>>>>>> FILE\n<<<<<<< DELETE c.ts >>>>>>>\n';
    assert.deepEqual(await read(turnOf('a', { text: made, status: 'stopped' })), {
      after: { 'n.ts': 'new\n', 'c.ts': undefined },
      refused: [],
    });
  });

  it('are none of the plan before them', async () => {
    const plan = { length: first.length, summary: '', files: [], risks: [], state: 'written' } as const;
    const turn = turnOf('a', { text: `${first}\n\n${block('c.ts', 'one', 'ONE')}`, plan });
    assert.deepEqual(await read(turn), { after: { 'c.ts': 'ONE\n' }, refused: [] });
  });
});
