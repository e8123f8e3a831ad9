import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CitationView } from '../../../extension/protocol/citation.ts';
import { segments } from '../../../webview/citations.ts';
import { parse } from '../../../webview/markdown/parser.ts';
import { textOf, toTree } from '../../../webview/markdown/tree.ts';

const place = (path: string, startLine: number, endLine = startLine, verified = true): CitationView => ({
  path,
  startLine,
  endLine,
  verified,
  status: verified ? 'verified' : 'wrong',
});

describe('citations in text', () => {
  it('are the places that the host has checked', () => {
    const line = place('src/a.ts', 12);
    const range = place('src/a.ts', 12, 30, false);
    assert.deepEqual(segments('See src/a.ts:12, src/a.ts:12-30 and src/a.ts:12–30.', [line, range]), [
      'See ',
      { text: 'src/a.ts:12', citation: line },
      ', ',
      { text: 'src/a.ts:12-30', citation: range },
      ' and ',
      { text: 'src/a.ts:12–30', citation: range },
      '.',
    ]);
  });

  it('are not found within longer paths, addresses, or other lines', () => {
    const known = [place('a.ts', 1)];
    for (const text of ['src/a.ts:1', 'a.ts:12', 'a.ts:1-2', 'http://a.ts:1/x', 'aa.ts:1', 'a.ts:1:5', 'a.ts:2']) {
      assert.deepEqual(segments(text, known), [text], text);
    }
  });

  it('are found as links and Chinese text write them', () => {
    const known = [place('src/a.ts', 4, 7)];
    for (const written of ['src/a.ts#L4-L7', 'src/a.ts：4-7', 'src/a.ts:L4-L7'])
      for (const isCode of [true, false])
        assert.deepEqual(segments(written, known, isCode), [{ text: written, citation: known[0] }], written);
    const nodes = toTree(parse('[the tax](src/a.ts#L4-L7)'));
    assert.deepEqual(segments(textOf(nodes), known)[1], { text: 'src/a.ts#L4-L7', citation: known[0] });
  });

  it('are plain until the host has listed them', () => {
    assert.deepEqual(segments('src/a.ts:12', []), ['src/a.ts:12']);
  });

  it('survive Markdown with the underscores and stars of their paths', () => {
    for (const path of ['pkg/__init__.py', '__main__.py', 'a_b/c_d_e.py']) {
      const known = place(path, 3);
      const [paragraph] = toTree(parse(`Look at ${path}:3 and __bold__.`));
      assert.ok(typeof paragraph === 'object' && 'children' in paragraph);
      const text = paragraph.children.filter((node) => typeof node === 'string').join('');
      assert.deepEqual(segments(text, [known])[1], { text: `${path}:3`, citation: known });
      assert.equal(textOf([paragraph]), `Look at ${path}:3 and bold.`);
    }
  });
});
