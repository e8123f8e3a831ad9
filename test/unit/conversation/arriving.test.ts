import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createArrivingEdits } from '../../../extension/core/conversation/edits/arriving.ts';
import type { ArrivingFile } from '../../../extension/protocol/chat.ts';

const files: Readonly<Record<string, string>> = { 'a.ts': 'one\ntwo\n', 'b.ts': 'b\n', 'old.ts': 'x\ny\n' };
const block = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

function listen() {
  const seen: (readonly ArrivingFile[])[] = [];
  const reads: string[] = [];
  const edits = createArrivingEdits(
    async (path) => {
      reads.push(path);
      const text = files[path];
      return text === undefined ? undefined : { text, shown: text };
    },
    (now) => seen.push(now),
  );
  return { edits, seen, reads };
}
const words = (all: readonly ArrivingFile[] | undefined) =>
  all?.map(({ path, kind, added, removed, state }) => `${path} ${kind} +${added} -${removed} ${state}`);

describe('edits that arrive', () => {
  it('are told one by one, however the answer is cut', async () => {
    const answer = `${block('a.ts', 'one', '1\n1')}${block('a.ts', 'two', '2')}${block('b.ts', 'none', 'x')}${block('new.ts', '', 'n')}<<<<<<< DELETE old.ts >>>>>>>\n`;
    for (const size of [1, 7, 1_000]) {
      const { edits, seen, reads } = listen();
      for (let at = 0; at < answer.length; at += size) edits.push(answer.slice(at, at + size));
      await edits.settled();
      assert.deepEqual(words(seen[0]), ['a.ts change +0 -0 writing']);
      assert.deepEqual(words(seen[1]), ['a.ts change +2 -1 applied']);
      assert.deepEqual(words(seen.at(-1)), [
        'a.ts change +3 -2 applied',
        'b.ts change +0 -0 refused',
        'new.ts make +1 -0 applied',
        'old.ts delete +0 -2 applied',
      ]);
      assert.deepEqual(reads, ['a.ts', 'b.ts', 'new.ts', 'old.ts'], 'each file is read once');
    }
  });

  it('that were refused come right with the next answer', async () => {
    const { edits, seen } = listen();
    edits.push(block('b.ts', 'none', 'x'));
    edits.next();
    edits.push(block('b.ts', 'b', 'x'));
    await edits.settled();
    assert.deepEqual(words(seen.at(-1)), ['b.ts change +1 -1 applied']);
  });

  it('that were cut off are refused, and follow a renaming', async () => {
    const { edits, seen } = listen();
    edits.push(`<<<<<<< RENAME old.ts -> now.ts >>>>>>>\n${block('now.ts', 'x', 'z')}a.ts\n<<<<<<< SEARCH\none\n`);
    edits.next();
    await edits.settled();
    assert.deepEqual(words(seen.at(-1)), ['old.ts rename +1 -1 applied', 'a.ts change +0 -0 refused']);
    assert.equal(seen.at(-1)?.[0]?.to, 'now.ts');
  });

  it('take no longer for each, the more there are', async () => {
    const { edits } = listen();
    const many = Array.from({ length: 4_000 }, (_, at) => block(`f${at}.ts`, '', `line ${at}`)).join('');
    const began = performance.now();
    for (let at = 0; at < many.length; at += 4) edits.push(many.slice(at, at + 4));
    const parsed = performance.now() - began;
    assert.ok(parsed < 2_000, `${parsed} ms`);
    await edits.settled();
  });
});
