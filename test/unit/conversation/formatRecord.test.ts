import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseEditBlocks } from '../../../extension/core/conversation/editBlocks.ts';
import { fileChanges } from '../../../extension/core/conversation/edits/fileChanges.ts';
import { editFormat } from '../../../extension/core/conversation/edits/format.ts';
import { createFormatRecord, formOf } from '../../../extension/core/conversation/edits/formatRecord.ts';
import { mended, retryMessage } from '../../../extension/core/conversation/edits/retry.ts';
import { rulesFor } from '../../../extension/core/conversation/rules.ts';

const block = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

describe('the record of which format works', () => {
  it('has whole files preferred only with enough evidence', () => {
    const record = createFormatRecord();
    assert.equal(record.prefersWhole('m'), false);
    record.add('m', [
      ['block', 'exact', 4],
      ['block', 'refused', 3],
    ]);
    assert.equal(record.prefersWhole('m'), false, 'seven blocks tell nothing');
    assert.equal(record.share('m'), undefined);
    record.add('m', [['block', 'indent']]);
    assert.equal(record.prefersWhole('m'), true, '3 of 8 are more than 35 %');
    assert.deepEqual(record.share('m'), { edits: 8, fitted: 5 });
    record.add('m', [['block', 'trailing']]);
    assert.equal(record.prefersWhole('m'), false, '3 of 9 are not');
    assert.equal(record.prefersWhole('another'), false);
    record.add('files', [['file', 'refused', 20]]);
    assert.equal(record.prefersWhole('files'), false, 'whole files that fail are no reason for more of them');
  });

  it('comes back in the next session, and takes nothing that is no count', () => {
    const record = createFormatRecord();
    record.add('m', [
      ['block', 'refused', 9],
      ['line', 'exact'],
      ['block', 'mended', 2],
    ]);
    const again = createFormatRecord(JSON.parse(JSON.stringify(record.image())));
    assert.deepEqual(again.of('m'), record.of('m'));
    for (const image of [null, 7, 'x', { m: null }, { m: { block: { exact: -1, refused: 'x' } } }, { m: [] }])
      assert.equal(createFormatRecord(image).prefersWhole('m'), false, JSON.stringify(image));
  });

  it('forgets by and by', () => {
    const record = createFormatRecord();
    record.add('m', [['block', 'refused', 150]]);
    for (let at = 0; at < 40; at++) record.add('m', [['block', 'exact', 10]]);
    assert.equal(record.prefersWhole('m'), false);
    const { block: counts } = record.of('m') ?? {};
    assert.ok(counts && counts.exact + counts.refused <= 210, JSON.stringify(counts));
  });

  it('is told how each edit fitted', () => {
    const texts = new Map([['a.ts', 'one\n  two\nthree \n']]);
    const answer = [block('a.ts', 'one', '1'), block('a.ts', 'two', '2'), block('a.ts', 'three', '3')].join('');
    const odd = `${block('a.ts', 'four', '4')}b.ts\n<<<<<<< FILE\nb\n>>>>>>> FILE\n<<<<<<< DELETE c.ts >>>>>>>\na.ts\n<<<<<<< SEARCH\nx\n`;
    const told: string[] = [];
    fileChanges(parseEditBlocks(answer + odd), texts, {
      judged: (edit, outcome) => told.push(`${formOf(edit)} ${outcome}`),
    });
    assert.deepEqual(told, [
      'block exact',
      'block indent',
      'block trailing',
      'block refused',
      'file exact',
      'line refused',
      'block refused',
    ]);
  });

  it('changes the rules of a conversation, in its format alone', () => {
    assert.notEqual(rulesFor('edit', '', true), rulesFor('edit'));
    assert.ok(editFormat(true).startsWith(editFormat()));
    assert.equal(rulesFor('chat', '', true), rulesFor('chat'));
  });
});

describe('a file whose edits are refused again', () => {
  const texts = new Map([
    ['a.ts', 'one\ntwo\n'],
    ['b.ts', 'b\n'],
  ]);
  const answer = block('a.ts', 'one', '1') + block('a.ts', 'zwei', '2') + block('b.ts', 'x', 'y');

  it('is asked for whole, with its text', () => {
    const { refusals } = fileChanges(parseEditBlocks(answer), texts);
    const message = retryMessage(refusals, new Map([['a.ts', 'one\ntwo\n']]));
    assert.match(message, /a\.ts: its edits do not fit\. Give its whole new text as a FILE block.*\n```\none\ntwo\n/);
    assert.doesNotMatch(message, /zwei/);
    assert.match(message, /b\.ts, at `x`/);
  });

  it('takes the place of all edits of it that were there before', () => {
    const parsed = parseEditBlocks(answer);
    const { refusals } = fileChanges(parsed, texts);
    const again = parseEditBlocks('a.ts\n<<<<<<< FILE\n1\n2\n>>>>>>> FILE\n');
    const { changes } = fileChanges(mended(parsed, refusals, again), texts);
    assert.deepEqual(changes, [{ kind: 'change', path: 'a.ts', before: 'one\ntwo\n', after: '1\n2\n' }]);
  });
});
