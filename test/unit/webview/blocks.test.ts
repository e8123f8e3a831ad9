import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Blocks, toBlocks } from '../../../webview/markdown/blocks.ts';

/** Pieces whose beginnings are read differently from their ends: underlines, tables, items, fences, edit blocks. */
const pieces = [
  'Some *words*\nand more',
  '# Heading',
  'Title\n---',
  '- one\n- two\n\n  inside two',
  '1. first\n   ```ts\n   let a = 1;\n\n   let b;\n   ```\n2. second',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  'text\n| a | b |\n|---|---|',
  '```ts\nconst a = `x`;\n\n# no heading\n```',
  '> quoted\nlazily\n\n> again',
  '    indented\n\n    code',
  '***',
  'src/a.ts\n<<<<<<< SEARCH\nold\n\n---\n=======\n```\n>>>>>>> REPLACE',
  '<<<<<<< SEARCH\nunfinished',
  '- [x] done\n---',
];

/** Always the same numbers, so that a failure can be looked at again. */
function* numbers(seed: number): Generator<number> {
  for (let x = seed; ; x = (x * 1103515245 + 12345) % 2 ** 31) yield x >> 8;
}

function* documents(): Generator<string> {
  const next = numbers(7);
  const pick = (count: number) => (next.next().value as number) % count;
  for (let i = 0; i < 60; i++) {
    const parts = Array.from(
      { length: 4 },
      () => `${pieces[pick(pieces.length)]}${['\n', '\n\n', '\r\n\r\n'][pick(3)]}`,
    );
    yield parts.join('');
  }
}

const nodesOf = ({ finished, open }: Blocks) => [...finished, ...open].map(({ nodes }) => nodes);

describe('blocks of a growing text', () => {
  it('are those of the whole text, however it arrived', () => {
    for (const text of documents()) {
      let blocks: Blocks | undefined;
      for (let length = 1; length <= text.length; length++) {
        blocks = toBlocks(text.slice(0, length), blocks);
        assert.deepEqual(
          nodesOf(blocks),
          nodesOf(toBlocks(text.slice(0, length))),
          JSON.stringify(text.slice(0, length)),
        );
      }
    }
  });

  it('keep their identity once finished, and their places are their own', () => {
    for (const text of documents()) {
      let blocks = toBlocks('');
      for (let length = 1; length <= text.length; length++) {
        const next = toBlocks(text.slice(0, length), blocks);
        blocks.finished.forEach((block, at) => {
          assert.equal(next.finished[at], block);
        });
        const starts = [...next.finished, ...next.open].map(({ start }) => start);
        assert.equal(new Set(starts).size, starts.length);
        blocks = next;
      }
    }
  });

  it('leave little to parse again in a long answer', () => {
    const text = 'A paragraph.\n\n'.repeat(500);
    const { finished, open } = toBlocks(text);
    assert.ok(open.length <= 2, `${open.length} blocks open`);
    assert.equal(finished.length + open.length, 500);
  });

  it('are shown as they were written where there is too much in one', () => {
    const [long, after] = nodesOf(toBlocks(`${'*a* '.repeat(30_000)}\n\nAfter.`));
    assert.deepEqual(long, [{ kind: 'code', language: '', text: `${'*a* '.repeat(30_000)}\n` }]);
    assert.deepEqual(after, [{ kind: 'element', tag: 'p', children: ['After.'] }]);
  });

  it('begin anew when the text is another one', () => {
    const before = toBlocks('One.\n\nTwo.\n\nThree.\n\nFour.\n');
    assert.deepEqual(nodesOf(toBlocks('Other.\n\nText.\n', before)), nodesOf(toBlocks('Other.\n\nText.\n')));
  });
});
