import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEmbeddedBackend } from '../../../extension/core/backend/embedded.ts';
import { longestMatch } from '../../../extension/core/backend/longestMatch.ts';
import type { Pack } from '../../../extension/core/pack.ts';

const source = `function readAll(paths) {
  for (const path of paths) {
    if (!path) {
      continue;
    }
    visit(path);
  }
}
`;

describe('longest match', () => {
  it('continues a line as it stands elsewhere', () => {
    assert.equal(longestMatch('x\n  for (const path of', [source], 'line')?.text, ' paths) {');
  });

  it('takes the block that follows, indented as the cursor is', () => {
    const found = longestMatch('  for (const path of paths) {\n      if (!path) {\n        ', [source], 'block');
    assert.equal(found?.text, 'continue;');
  });

  it('takes what is inside a block as far as it goes', () => {
    const text = longestMatch('    for (const path of paths) {', [source], 'block')?.text;
    assert.equal(text, '\n      if (!path) {\n        continue;\n      }\n      visit(path);\n    }');
    const body = longestMatch('function readAll(paths) {\n  ', [`other\n${source}`], 'block')?.text;
    assert.equal(body, 'for (const path of paths) {\n    if (!path) {\n      continue;\n    }\n    visit(path);\n  }');
  });

  it('prefers the longer agreement, and the first of equals', () => {
    const sources = ['aaa call(one, two)\nbbb call(one, three)\nbbb call(one, four)'];
    assert.equal(longestMatch('bbb call(one, ', sources, 'line')?.text, 'three)');
  });

  it('says nothing where nothing agrees, or by chance only', () => {
    assert.equal(longestMatch('quite other text(', [source], 'line'), undefined);
    assert.equal(longestMatch('}', [source], 'line'), undefined);
    assert.equal(longestMatch('', [source], 'block'), undefined);
  });

  it('never runs on into the next file of a pack', () => {
    const text = 'export const last = compute(input);\n###PATH: other.ts\nsecret\n';
    assert.equal(longestMatch('export const last = compute(input);\n', [text], 'block'), undefined);
  });
});

describe('embedded backend', () => {
  const text = `###PATH: a.ts\n${source}###PATH: docs/b.md:5-6\nThe visitor skips empty paths.\nAnd more.\n`;
  const pack: Pack = {
    budget: 1_000,
    tokens: 80,
    encoding: 'cl100k_base',
    files: [
      { path: 'a.ts', level: 'full', tokens: 50, ranges: [[1, 8]] },
      { path: 'docs/b.md', level: 'excerpt', tokens: 30, ranges: [[5, 6]] },
    ],
    omitted: [],
    text,
  };
  const ask = async (question: string, given: Pack = pack) => {
    const request = { rules: '', pack: given, messages: [], question, maxTokens: 100, thinking: false };
    let answer = '';
    for await (const event of createEmbeddedBackend().chat(request, new AbortController().signal)) {
      if (event.type === 'text') answer += event.text;
    }
    return answer;
  };

  it('quotes passages with their places in the file, not in the pack', async () => {
    const answer = await ask('who skips empty paths?');
    assert.match(answer, /`docs\/b\.md:5-6`/);
    assert.match(answer, /The visitor skips empty paths\./);
    assert.match(answer, /no model/);
  });

  it('answers the same each time, and says when nothing matches', async () => {
    assert.equal(await ask('visit path'), await ask('visit path'));
    assert.match(await ask('zebra'), /No passage/);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const request = { rules: '', pack, messages: [], question: 'visit path', maxTokens: 100, thinking: false };
    await assert.rejects(async () => {
      for await (const _ of createEmbeddedBackend().chat(request, controller.signal)) controller.abort();
    }, /abort/i);
  });
});
