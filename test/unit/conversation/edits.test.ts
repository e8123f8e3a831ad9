import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseEditBlocks } from '../../../extension/core/conversation/editBlocks.ts';
import type { EditBlock } from '../../../extension/core/conversation/edits/edit.ts';
import { editText } from '../../../extension/core/conversation/edits/editText.ts';
import { fileChanges, pathsOf } from '../../../extension/core/conversation/edits/fileChanges.ts';
import { pathProblem } from '../../../extension/core/conversation/edits/paths.ts';
import { mended, mendedEdits, retryMessage } from '../../../extension/core/conversation/edits/retry.ts';
import { block, whole } from './corpus/case.ts';
import { createRandom, pick } from './corpus/random.ts';

const edit = (search: string, replace: string, path = 'a'): EditBlock => ({ kind: 'replace', path, search, replace });

describe('applying the blocks of a file', () => {
  it('is all or nothing for a file, and tells of every block that was refused', () => {
    const answer = block('a.ts', 'a', 'A') + block('a.ts', 'missing', 'x') + block('a.ts', 'gone', 'y');
    const { changes, refusals } = fileChanges(parseEditBlocks(answer), new Map([['a.ts', 'a\nb\n']]));
    assert.deepEqual(changes, []);
    assert.deepEqual(
      refusals.map(({ reason, refused }) => [reason, 'search' in refused && refused.search]),
      [
        ['not found', 'missing'],
        ['not found', 'gone'],
      ],
    );
  });

  it('says where everything is that was found more than once', () => {
    assert.deepEqual(editText('x\ny\nx\n', edit('x', 'z')), { problem: 'found more than once', lines: [1, 3] });
    assert.deepEqual(editText('  x\ny\n\t\tx\n', edit('x', 'z')), { problem: 'found more than once', lines: [1, 3] });
  });

  it('says what is nearest to what was not found', () => {
    const text = 'import a\n\ndef b():\n    return c(1)\n\ndef d():\n    return 2\n';
    const nearest = (search: string) => {
      const edited = editText(text, edit(search, 'x'));
      return 'problem' in edited ? edited.nearest : undefined;
    };
    assert.deepEqual(nearest('def b():\n    return c(2)'), {
      firstLine: 3,
      lastLine: 4,
      text: 'def b():\n    return c(1)',
    });
    assert.deepEqual(nearest('return  C( 1 )'), { firstLine: 4, lastLine: 4, text: '    return c(1)' });
    assert.equal(nearest('something(entirely).different'), undefined);
    assert.equal(nearest('}'), undefined);
    assert.deepEqual(nearest(`${text}more\nlines`)?.firstLine, 1);
  });

  it('finds the nearest among twins by the other lines', () => {
    const text = Array.from({ length: 50 }, (_, i) => `function f${i}() {\n  return ${i};\n}\n`).join('\n');
    const edited = editText(text, edit('function f31(a) {\n  return 31;\n}', 'x'));
    assert.deepEqual('nearest' in edited && edited.nearest?.firstLine, 31 * 4 + 1);
  });

  it('and reversed gives the bytes of before', () => {
    const random = createRandom(1);
    for (let round = 0; round < 500; round++) {
      const end = pick(random, ['\n', '\r\n']);
      const lines = Array.from({ length: 2 + random(30) }, (_, i) => `${' '.repeat(random(4))}line ${i}`);
      // The first line stays: without any line break left, nothing says which kind the file has.
      const from = 1 + random(lines.length - 1);
      const count = 1 + random(lines.length - from);
      const replacement = Array.from({ length: 1 + random(4) }, (_, i) => `${' '.repeat(random(4))}new ${round} ${i}`);
      const last = pick(random, ['', end]);
      const mark = pick(random, ['', '\uFEFF']);
      const before = mark + lines.join(end) + last;
      const expected = mark + [...lines.slice(0, from), ...replacement, ...lines.slice(from + count)].join(end) + last;
      const [search, replace] = [lines.slice(from, from + count).join('\n'), replacement.join('\n')];
      assert.deepEqual(editText(before, edit(search, replace)), { text: expected, rung: 'exact' }, `round ${round}`);
      assert.deepEqual(
        editText(expected, edit(replace, search)),
        { text: before, rung: 'exact' },
        `round ${round}, reversed`,
      );
    }
  });

  it('moves the indentation of the replacement as that of the search, for any depth', () => {
    const random = createRandom(2);
    const unit = pick(random, ['\t', '    ', '  ']);
    for (let round = 0; round < 200; round++) {
      const depths = Array.from({ length: 2 + random(8) }, () => random(4));
      const write = (tag: string, by: string, level: string) =>
        depths.map((depth, i) => `${by}${level.repeat(depth)}${tag} ${round} ${i}`).join('\n');
      const by = unit.repeat(1 + random(3));
      const before = `first\n${write('old', by, unit)}\nlast\n`;
      const edited = editText(before, edit(write('old', '', unit), write('new', '', unit)));
      assert.equal('text' in edited && edited.text, `first\n${write('new', by, unit)}\nlast\n`, `round ${round}`);
    }
  });
});

describe('the changes of an answer', () => {
  it('name every file that has to be read', () => {
    const { edits } = parseEditBlocks(
      `${block('a.ts', 'x', 'y')}<<<<<<< RENAME b.ts -> c.ts >>>>>>>\n${block('b.ts', '', '')}`,
    );
    assert.deepEqual(pathsOf(edits), ['a.ts', 'b.ts', 'c.ts']);
  });

  it('carry the texts of before and after', () => {
    const answer = `${block('a.ts', 'a', 'A')}${whole('b.ts', 'b')}<<<<<<< DELETE c.ts >>>>>>>\n<<<<<<< RENAME d.ts -> e.ts >>>>>>>\n`;
    const texts = new Map([
      ['a.ts', 'a\n'],
      ['c.ts', 'c\n'],
      ['d.ts', 'd\n'],
    ]);
    assert.deepEqual(fileChanges(parseEditBlocks(answer), texts), {
      changes: [
        { kind: 'delete', path: 'c.ts', before: 'c\n' },
        { kind: 'rename', path: 'd.ts', to: 'e.ts', before: 'd\n', after: 'd\n' },
        { kind: 'change', path: 'a.ts', before: 'a\n', after: 'A\n' },
        { kind: 'make', path: 'b.ts', after: 'b\n' },
      ],
      refusals: [],
    });
  });

  it('are none where the files stay as they are', () => {
    const texts = new Map([['a.ts', 'a\n']]);
    assert.deepEqual(fileChanges(parseEditBlocks(block('a.ts', 'a', 'a')), texts), { changes: [], refusals: [] });
  });

  it('have no path that leads elsewhere', () => {
    for (const path of ['a', 'a/b.ts', '.github/x', 'a..b', '..a/b', '文/件.md', 'a b']) {
      assert.equal(pathProblem(path), undefined, path);
    }
    const bad = ['', ' ', '/a', '//a/b', 'C:\\a', 'c:a', 'a\\b', '\\\\a\\b', '..', '../a', 'a/../b', 'a/..'];
    for (const path of bad) assert.notEqual(pathProblem(path), undefined, path);
  });
});

describe('a retry', () => {
  const texts = new Map([
    ['a.ts', 'let a = 1;\nlet b = 2;\n'],
    ['b.ts', 'x();\nx();\n'],
  ]);
  const answer =
    block('a.ts', 'let a = 2;', 'let a = 3;') +
    block('a.ts', 'let b = 2;', 'let b = 3;') +
    block('b.ts', 'x();', 'y();');
  const parsed = parseEditBlocks(`${answer}c.ts\n<<<<<<< SEARCH\nc();\n`);
  const { refusals } = fileChanges(parsed, texts);

  it('says what was refused, why, and what the file has', () => {
    assert.equal(
      retryMessage(refusals),
      `3 edits were not applied. Write only these again, complete and in the same form; the others stand.

a.ts, at \`let a = 2;\`: the SEARCH lines are not in the file; copy them exactly. Nearest in the file, lines 1-1:
\`\`\`
let a = 1;
\`\`\`

b.ts, at \`x();\`: the SEARCH lines occur more than once; add lines around them until they occur once. They begin at lines 1, 2.

c.ts, at \`c();\`: the answer ended inside it.`,
    );
  });

  it('stays short, and fences what has fences', () => {
    const lines = ['```', ...Array.from({ length: 300 }, (_, i) => `word number ${i}`)];
    const search = lines.with(200, 'other').join('\n');
    const long = fileChanges(parseEditBlocks(block('a.md', search, 'x')), new Map([['a.md', lines.join('\n')]]));
    const message = retryMessage(long.refusals);
    assert.ok(message.split('\n').length < 60);
    assert.match(message, /\n````\n```\n/);
    assert.match(message, /\n````$/);
  });

  it('puts the new edits in the place of the refused, and takes what the model repeats once', () => {
    const again = parseEditBlocks(
      block('a.ts', 'let a = 1;', 'let a = 3;') + block('a.ts', 'let b = 2;', 'let b = 3;'),
    );
    const edits = mendedEdits(parsed.edits, refusals, again.edits);
    assert.deepEqual(
      edits.map((each) => each.kind === 'replace' && each.replace),
      ['let a = 3;', 'let b = 3;', 'y();'],
    );
    const { changes } = fileChanges(mended(parsed, refusals, again), texts);
    assert.deepEqual(changes, [
      { kind: 'change', path: 'a.ts', before: 'let a = 1;\nlet b = 2;\n', after: 'let a = 3;\nlet b = 3;\n' },
    ]);
  });

  it('of which the answer says nothing of a file leaves it refused', () => {
    const silent = mended(parsed, refusals, parseEditBlocks('I cannot do that.'));
    assert.deepEqual(fileChanges(silent, texts), { changes: [], refusals });
    const some = mended(parsed, refusals, parseEditBlocks(block('c.ts', '', 'c();')));
    assert.deepEqual(
      fileChanges(some, texts).refusals.map(({ path }) => path),
      ['a.ts', 'b.ts'],
    );
  });
});
