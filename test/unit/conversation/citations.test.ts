import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeName, withAttachments } from '../../../extension/core/conversation/attachments.ts';
import { findCitations, verifyCitations } from '../../../extension/core/conversation/citations.ts';
import { diskFiles } from '../../../extension/node/diskFiles.ts';
import { makeWorkspace } from '../../support/workspace.ts';

describe('citations', () => {
  it('are found in prose and backticks, each once', () => {
    const text =
      'See `src/a.ts:3-9` and b.py:12, again src/a.ts:3-9. Not 12:30, http://host:80/x, C:12 or e.g. this:7.';
    const found = findCitations(text).map(({ path, startLine, endLine }) => [path, startLine, endLine]);
    assert.deepEqual(found, [
      ['src/a.ts', 3, 9],
      ['b.py', 12, 12],
    ]);
  });

  it('are checked against the files', async () => {
    const workspace = await makeWorkspace({ 'a.ts': 'one\ntwo\nthree\n', 'b.ts': 'x' });
    const cite = (path: string, startLine: number, endLine: number) => ({ path, startLine, endLine, verified: false });
    const wanted = [
      cite('a.ts', 1, 3),
      cite('a.ts', 3, 4),
      cite('a.ts', 3, 2),
      cite('b.ts', 1, 1),
      cite('no.ts', 1, 1),
      cite('../x.ts', 1, 1),
      cite('b.ts', 1, 2),
    ];
    const checked = await verifyCitations(workspace.folder, wanted, diskFiles, { 'b.ts': 'x\ny' });
    assert.deepEqual(
      checked.map(({ verified }) => verified),
      [true, false, false, true, false, false, true],
    );
    await workspace.dispose();
  });
});

describe('attachments', () => {
  it('come before the question, in fences that their text cannot close', () => {
    const text = 'a\n```\nb';
    const message = withAttachments('why?', [{ path: 'a.md', languageId: 'markdown', text, lines: [2, 4] }]);
    assert.equal(message, 'a.md:2-4\n````markdown\na\n```\nb\n````\n\nwhy?');
    assert.equal(placeName({ path: 'x.ts' }), 'x.ts');
  });
});
