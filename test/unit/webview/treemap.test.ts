import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foldersOf, isFolder, wayTo } from '../../../webview/inspector/folders.ts';
import type { Row } from '../../../webview/inspector/rows.ts';
import { type Rect, squarify } from '../../../webview/inspector/squarify.ts';
import { layOut } from '../../../webview/inspector/treemap.ts';
import { random } from '../node/chatsSupport.ts';

const frame: Rect = { x: 10, y: 20, width: 640, height: 320 };
const area = ({ width, height }: Rect): number => width * height;
const near = (one: number, other: number): boolean => Math.abs(one - other) < 1e-6 * Math.max(1, Math.abs(other));
const isInside = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x - 1e-6 &&
  inner.y >= outer.y - 1e-6 &&
  inner.x + inner.width <= outer.x + outer.width + 1e-6 &&
  inner.y + inner.height <= outer.y + outer.height + 1e-6;
const overlap = (a: Rect, b: Rect): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

const row = (path: string, tokens: number, level: Row['level'] = 'full'): Row => ({
  ...{ path, tokens, level, reason: '', reuse: undefined, decision: undefined, isOwn: false },
});

describe('a rectangle divided by values', () => {
  it('gives each value its share, side by side and within the frame', () => {
    const next = random(3);
    for (let round = 0; round < 200; round++) {
      const values = Array.from({ length: 1 + Math.floor(next() * 60) }, () => next() ** 4 * 1_000 + 0.1);
      if (next() < 0.7) values.sort((a, b) => b - a);
      const total = values.reduce((sum, value) => sum + value, 0);
      const parts = squarify(values, frame);
      assert.equal(parts.length, values.length);
      for (const [at, part] of parts.entries()) {
        assert.ok(near(area(part), ((values[at] ?? 0) / total) * area(frame)), `round ${round}, ${at}`);
        assert.ok(isInside(part, frame));
        for (const other of parts.slice(at + 1)) assert.ok(overlap(part, other) < 1e-3, `round ${round}`);
      }
    }
  });

  it('makes parts that are nearly square', () => {
    const parts = squarify([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 });
    const ratios = parts.map(({ width, height }) => Math.max(width / height, height / width));
    // The example of the paper, whose worst part is 2.78 long.
    assert.ok(Math.max(...ratios) <= 2.78, String(ratios));
  });

  it('bears values and frames without any extent', () => {
    assert.deepEqual(squarify([], frame), []);
    for (const parts of [
      squarify([0, 0], frame),
      squarify([5, 0, -1, 0], frame),
      squarify([1, 2], { ...frame, width: 0 }),
    ])
      for (const part of parts) assert.ok(Object.values(part).every(Number.isFinite), JSON.stringify(parts));
    assert.ok(near(area(squarify([5, 0, -1], frame)[0] ?? frame), area(frame)));
  });
});

describe('the picture of the budget', () => {
  const rows = [
    row('README.md', 100),
    row('src/main/java/a.ts', 300, 'skeleton'),
    row('src/main/java/b.ts', 200),
    row('test/c.ts', 50),
    { ...row('lib/out.ts', 0), level: undefined },
  ];

  it('sums folders up, joins those that hold nothing but one, and leaves out what is not sent', () => {
    const tree = foldersOf(rows);
    assert.deepEqual([tree.tokens, tree.fileCount], [650, 4]);
    const parts = tree.children.map((part) => (isFolder(part) ? `${part.name}/ ${part.fileCount}` : part.path));
    assert.deepEqual(parts, ['src/main/java/ 2', 'README.md', 'test/ 1']);
    assert.deepEqual(
      wayTo(tree, 'src/main/java').map(({ path }) => path),
      ['', 'src/main/java'],
    );
    assert.equal(tree.children[0]?.level, 'skeleton');
  });

  it('draws every part once, files within their folders', () => {
    const cells = layOut(foldersOf(rows), { x: 0, y: 0, width: 800, height: 320 });
    assert.equal(new Set(cells.map(({ part }) => part)).size, cells.length);
    const folder = cells.find(({ part }) => part.path === 'src/main/java');
    assert.ok(folder?.isOpen);
    const inside = cells.filter(({ part }) => part.path.startsWith('src/main/java/'));
    assert.equal(inside.length, 2);
    for (const { rect } of inside) assert.ok(isInside(rect, folder.rect));
  });

  it('stays quick and small with thousands of files', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => row(`a${i % 40}/b${i % 7}/f${i}.ts`, 1 + (i % 300)));
    const cells = layOut(foldersOf(many), { x: 0, y: 0, width: 900, height: 320 });
    assert.ok(cells.length > 40 && cells.length < 5_000, String(cells.length));
    assert.ok(cells.every(({ rect }) => rect.width >= 1.5 && rect.height >= 1.5));
  });
});
