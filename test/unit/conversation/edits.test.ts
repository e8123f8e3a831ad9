import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../../extension/core/conversation/applyEdits.ts';
import { parseEditBlocks } from '../../../extension/core/conversation/editBlocks.ts';

const block = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

describe('edit blocks', () => {
  it('are read with prose and fences around them', () => {
    const answer = `I rename it.\n\n**src/a.ts**\n\`\`\`ts\n<<<<<<< SEARCH\nlet a;\n=======\nlet b;\n>>>>>>> REPLACE\n\`\`\`\nAnd then\n${block('`src/b c.ts`', 'x', 'y')}`;
    assert.deepEqual(parseEditBlocks(answer), {
      blocks: [
        { path: 'src/a.ts', search: 'let a;', replace: 'let b;' },
        { path: 'src/b c.ts', search: 'x', replace: 'y' },
      ],
      incomplete: false,
    });
  });

  it('without a path are for the file before', () => {
    const second = block('', 'c', 'd').trimStart();
    assert.deepEqual(
      parseEditBlocks(block('a.ts', 'a', 'b') + second).blocks.map(({ path }) => path),
      ['a.ts', 'a.ts'],
    );
  });

  it('that are cut off are reported and not applied', () => {
    assert.deepEqual(parseEditBlocks('a.ts\n<<<<<<< SEARCH\nlet a;\n=======\nlet'), { blocks: [], incomplete: true });
  });
});

describe('applying edits', () => {
  const edit = (search: string, replace: string) => [{ path: 'a', search, replace }];
  const applied = (text: string | undefined, search: string, replace: string) =>
    applyEdits(text, edit(search, replace));

  it('replaces exact lines', () => {
    assert.deepEqual(applied('a\nb\nc\n', 'b', 'B\nBB'), { text: 'a\nB\nBB\nc\n' });
    assert.deepEqual(applied('a\nb\nc\n', 'b', ''), { text: 'a\nc\n' });
  });

  it('forgives trailing white space and a uniform shift of the indentation', () => {
    assert.deepEqual(applied('if x:  \n  y\n', 'if x:\n  y', 'z'), { text: 'z\n' });
    assert.deepEqual(applied('{\n    a();\n      b();\n}\n', 'a();\n  b();', 'c();\n  d();'), {
      text: '{\n    c();\n      d();\n}\n',
    });
  });

  it('refuses what is not there, is there twice, or differs in more than space', () => {
    const kinds = [
      ['x\ny\n', 'z', 'not found'],
      ['x\ny\nx\n', 'x', 'found more than once'],
      ['  x\n    x\n', 'x', 'found more than once'],
      ['Value\n', 'value', 'not found'],
    ] as const;
    for (const [text, search, refusal] of kinds) {
      const result = applied(text, search, 'new');
      assert.equal('refused' in result && result.refused, refusal);
    }
  });

  it('makes a new file, and never writes over an old one', () => {
    assert.deepEqual(applied(undefined, '', 'hello'), { text: 'hello\n' });
    assert.equal('refused' in applied('old\n', '', 'new'), true);
    assert.equal('refused' in applied(undefined, 'x', 'y'), true);
  });

  it('is all or nothing for a file', () => {
    const result = applyEdits('a\nb\n', [...edit('a', 'A'), ...edit('missing', 'x')]);
    assert.equal('refused' in result, true);
  });

  it('keeps every byte of the lines that it does not touch, mixed line ends too', () => {
    assert.deepEqual(applied('a\r\nb\r\nc\r\n', 'b', 'x\ny'), { text: 'a\r\nx\r\ny\r\nc\r\n' });
    assert.deepEqual(applied('a\r\nb\nc \r\nd', 'b', 'B'), { text: 'a\r\nB\r\nc \r\nd' });
    assert.deepEqual(applied('a\r\nb', 'b', 'B'), { text: 'a\r\nB' });
  });

  it('for random files and edits equals replacing the lines by hand', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    for (let round = 0; round < 300; round++) {
      const end = random(2) ? '\r\n' : '\n';
      const lines = Array.from(
        { length: 1 + random(30) },
        (_, i) => `${' '.repeat(random(4))}line ${i} ${random(1_000)}`,
      );
      const from = random(lines.length);
      const count = 1 + random(lines.length - from);
      const replacement = Array.from({ length: 1 + random(3) }, (_, i) => `new ${i}`);
      const expected = [...lines.slice(0, from), ...replacement, ...lines.slice(from + count)].join(end);
      const result = applied(lines.join(end), lines.slice(from, from + count).join('\n'), replacement.join('\n'));
      assert.deepEqual(result, { text: expected }, `round ${round}`);
    }
  });
});
