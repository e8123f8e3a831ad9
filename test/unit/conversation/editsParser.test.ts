import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseEditBlocks } from '../../../extension/core/conversation/editBlocks.ts';
import { createEditParser, type EditEvent } from '../../../extension/core/conversation/edits/editParser.ts';
import { fileChanges } from '../../../extension/core/conversation/edits/fileChanges.ts';
import { editFormat } from '../../../extension/core/conversation/edits/format.ts';
import { block } from './corpus/case.ts';
import { elisions } from './corpus/elisions.ts';
import { files } from './corpus/files.ts';
import { lineEnds } from './corpus/lineEnds.ts';
import { malformed } from './corpus/malformed.ts';
import { marksInText } from './corpus/marksInText.ts';
import { matching } from './corpus/matching.ts';
import { createRandom, cut } from './corpus/random.ts';
import { wellFormed } from './corpus/wellFormed.ts';

const cases = [wellFormed, malformed, lineEnds, matching, elisions, marksInText, files].flat();

function eventsOf(parts: readonly string[]): EditEvent[] {
  const parser = createEditParser();
  return [...parts.flatMap((part) => parser.push(part)), ...parser.finish()];
}

describe('the parser of edits', () => {
  it('reads prose and fences around them', () => {
    const answer = `I rename it.\n\n**src/a.ts**\n\`\`\`ts\n<<<<<<< SEARCH\nlet a;\n=======\nlet b;\n>>>>>>> REPLACE\n\`\`\`\nAnd then\n${block('`src/b c.ts`', 'x', 'y')}`;
    const edits = [
      { kind: 'replace', path: 'src/a.ts', search: 'let a;', replace: 'let b;' },
      { kind: 'replace', path: 'src/b c.ts', search: 'x', replace: 'y' },
    ];
    assert.deepEqual(parseEditBlocks(answer), { edits, malformed: [], incomplete: false });
  });

  it('takes an edit without a path as one for the file before', () => {
    const answer = block('a.ts', 'a', 'b') + block('', 'c', 'd').trimStart();
    assert.deepEqual(
      parseEditBlocks(answer).edits.map(({ path }) => path),
      ['a.ts', 'a.ts'],
    );
  });

  it('says where an edit begins as soon as its mark is there, and which it was at its end', () => {
    const parser = createEditParser();
    assert.deepEqual(parser.push('Well.\na.ts\n<<<<<<< SEAR'), []);
    assert.deepEqual(parser.push('CH\na\n'), [{ type: 'begun', path: 'a.ts' }]);
    assert.deepEqual(parser.push('=======\nb\n>>>>>>> REPLACE'), []);
    const edit = { kind: 'replace', path: 'a.ts', search: 'a', replace: 'b' };
    assert.deepEqual(parser.push('\n'), [{ type: 'finished', edit }]);
    assert.deepEqual(parser.finish(), []);
  });

  it('reports what was cut off with its text and its line', () => {
    assert.deepEqual(parseEditBlocks('Well.\n\na.ts\n<<<<<<< SEARCH\nlet a;\n=======\nlet'), {
      edits: [],
      malformed: [{ reason: 'cut off', path: 'a.ts', text: '<<<<<<< SEARCH\nlet a;\n=======\nlet', line: 4 }],
      incomplete: true,
    });
  });

  it('reads every example of the format that models are told', () => {
    const { edits, malformed: wrong } = parseEditBlocks(editFormat());
    assert.deepEqual(wrong, []);
    assert.deepEqual(
      edits.map((edit) => [edit.kind, edit.path]),
      [
        ['replace', 'path/to/file'],
        ['whole', 'path/to/file'],
        ['delete', 'path/to/file'],
        ['rename', 'old/path'],
      ],
    );
  });

  it(`gives the same for ${cases.length} answers, however they are cut`, () => {
    const random = createRandom(11);
    for (const { name, answer } of cases) {
      const whole = eventsOf([answer]);
      assert.deepEqual(eventsOf([...answer]), whole, `${name}, letter by letter`);
      for (let round = 0; round < 3; round++) assert.deepEqual(eventsOf(cut(random, answer)), whole, name);
    }
  });

  it('never lets a mark into a file, whichever lines of an answer are lost, doubled or exchanged', () => {
    const random = createRandom(12);
    const mark = /^\s*(?:<{5,9} ?SEARCH|>{5,9} ?REPLACE|={7})\s*$/;
    for (const { name, before, answer } of [...wellFormed, ...lineEnds]) {
      for (let round = 0; round < 8; round++) {
        const lines = answer.split('\n');
        const at = random(lines.length);
        const other = random(lines.length);
        const spoilt = [
          lines.toSpliced(at, 1),
          lines.toSpliced(at, 0, lines[other] ?? ''),
          lines.toSpliced(at, 1, lines[other] ?? ''),
          lines.with(at, lines[other] ?? '').with(other, lines[at] ?? ''),
          lines.slice(0, at),
        ][random(5)];
        const { changes } = fileChanges(parseEditBlocks(spoilt?.join('\n') ?? ''), new Map(Object.entries(before)));
        for (const change of changes) {
          const after = 'after' in change ? change.after : '';
          assert.equal(
            after.split('\n').find((line) => mark.test(line)),
            undefined,
            `${name}\n${spoilt?.join('\n')}`,
          );
        }
      }
    }
  });

  it('takes time that grows with the answer, also for one long line in many parts', () => {
    const parser = createEditParser();
    for (let i = 0; i < 200_000; i++) parser.push('word ');
    assert.deepEqual(parser.finish(), []);
  });
});
