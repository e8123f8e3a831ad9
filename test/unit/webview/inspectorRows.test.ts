import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { omissionTable } from '../../../extension/core/context/omissionTable.ts';
import { decisionsOf, packTable } from '../../../extension/editor/inspector/packTable.ts';
import { isInspectorPageMessage } from '../../../extension/protocol/inspector.ts';
import { lowered, raised } from '../../../webview/inspector/levelSteps.ts';
import { filtered, rowsOf, sorted } from '../../../webview/inspector/rows.ts';

const pack = {
  budget: 100,
  tokens: 60,
  encoding: 'cl100k_base',
  text: '',
  files: [
    { path: 'src/a.ts', level: 'full', tokens: 40, ranges: [], reason: 'pinned by you' },
    { path: 'src/b.ts', level: 'name', tokens: 8, ranges: [], reason: 'near' },
    // Appended behind the base, to a file that was there, and to one that was not.
    { path: 'src/a.ts', level: 'skeleton', tokens: 7, ranges: [], reason: 'later' },
    { path: 'lib/c.ts', level: 'skeleton', tokens: 5, ranges: [], reason: 'later' },
  ],
  omitted: [
    { path: 'lib/c.ts', reason: 'over the budget' },
    { path: 'lib/d.ts', reason: 'near' },
  ],
} as const;
const reuse = { tokens: 40, sentAt: 0, files: ['cached', 'cached', 'new', 'moved'] } as const;

describe('the rows of the inspector', () => {
  const decisions = decisionsOf({
    pinned: [{ path: 'src' }],
    excluded: ['src/b.ts', 'lib'],
    levels: { 'lib/d.ts': 'full' },
  });
  const rows = rowsOf({ table: packTable(pack, reuse), decisions });

  it('has each file once, with all its tokens, and what was decided nearest to it', () => {
    assert.deepEqual(
      rows.map((row) => [row.path, row.level, row.tokens, row.reason, row.reuse, row.decision, row.isOwn]),
      [
        ['src/a.ts', 'full', 47, 'pinned by you', 'new', 'pinned', false],
        ['src/b.ts', 'name', 8, 'near', 'cached', 'excluded', true],
        ['lib/c.ts', 'skeleton', 5, 'later', 'moved', 'excluded', false],
        ['lib/d.ts', undefined, 0, 'near', undefined, 'level', true],
      ],
    );
  });

  it('comes whole out of the short form that omissions travel in', () => {
    const { omitted, ...rest } = pack;
    const travelled = { ...rest, omitted: [], omissions: omissionTable(omitted) };
    assert.deepEqual(rowsOf({ table: packTable(travelled, reuse), decisions }), rows);
  });

  it('filters by every word, and sorts with paths for what is equal', () => {
    const paths = (all: readonly { path: string }[]) => all.map(({ path }) => path);
    assert.deepEqual(paths(filtered(rows, { words: 'LIB near', show: 'all' })), ['lib/d.ts']);
    assert.deepEqual(paths(filtered(rows, { words: '', show: 'out' })), ['lib/d.ts']);
    assert.deepEqual(paths(sorted(rows, 'level', true)), ['src/a.ts', 'lib/c.ts', 'src/b.ts', 'lib/d.ts']);
    assert.deepEqual(paths(sorted(rows, 'reason', false)), ['lib/c.ts', 'lib/d.ts', 'src/b.ts', 'src/a.ts']);
  });

  it('raises and lowers by one step, and brings in what is out', () => {
    const [whole, name, skeleton, out] = rows;
    assert.ok(whole && name && skeleton && out);
    assert.equal(raised(whole), undefined);
    assert.deepEqual(raised(name), { type: 'level', path: 'src/b.ts', level: 'skeleton', pins: false });
    assert.deepEqual(raised(out), { type: 'level', path: 'lib/d.ts', level: 'skeleton', pins: true });
    assert.deepEqual(lowered(skeleton), { type: 'level', path: 'lib/c.ts', level: 'name', pins: false });
    assert.equal(lowered(name), undefined);
    assert.equal(lowered(out), undefined);
  });

  it('lets only whole messages through to the host', () => {
    const good = [{ type: 'ready' }, { type: 'show', source: 'cursor' }, { type: 'openFile', path: 'a' }];
    const bad = [
      ...[
        undefined,
        'ready',
        { type: 'quit' },
        { type: 'show', source: 'all' },
        { type: 'steer', how: 'get', path: 'a' },
      ],
      ...[{ type: 'steer', how: 'pin' }, { type: 'level', path: 'a', level: 'half', pins: true }, { type: 'openFile' }],
    ];
    for (const message of good) assert.ok(isInspectorPageMessage(message), JSON.stringify(message));
    for (const message of bad) assert.ok(!isInspectorPageMessage(message), JSON.stringify(message));
  });
});
