import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ChatState, isPageMessage, type TurnView } from '../../../extension/protocol/chat.ts';
import { fenceEditBlocks } from '../../../webview/editBlocks.ts';
import { renderMarkdown, splitBlocks } from '../../../webview/markdown.ts';
import { reduce } from '../../../webview/state.ts';

const turn = (id: string, text = ''): TurnView => ({
  id,
  role: 'assistant',
  text,
  reasoning: '',
  status: 'streaming',
  attached: [],
  citations: [],
});
const empty: ChatState = { kind: 'chat', turns: [], chips: [], backend: {}, busy: false };

describe('the page', () => {
  it('adds, replaces and extends turns', () => {
    const added = reduce(empty, { type: 'turn', turn: turn('1', 'a'), busy: true });
    const extended = reduce(added, { type: 'append', id: '1', to: 'text', text: 'b' });
    assert.equal(extended?.turns[0]?.text, 'ab');
    assert.equal(extended?.busy, true);
    const replaced = reduce(extended, { type: 'turn', turn: { ...turn('1', 'ab'), status: 'done' }, busy: false });
    assert.deepEqual(
      replaced?.turns.map(({ status }) => status),
      ['done'],
    );
    assert.equal(reduce(undefined, { type: 'chips', chips: [] }), undefined);
  });

  it('is believed only in whole messages', () => {
    assert.equal(isPageMessage({ type: 'open', path: 'a', startLine: 1, endLine: 2 }), true);
    for (const bad of [
      null,
      'x',
      {},
      { type: 'open', path: 'a', startLine: 0, endLine: 1 },
      { type: 'command', command: 'rm' },
      { type: 'send' },
    ]) {
      assert.equal(isPageMessage(bad), false, JSON.stringify(bad));
    }
  });
});

describe('markdown', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](command:workbench.action.quit)',
    '[x](vscode://evil)',
    '[x](data:text/html,<script>1</script>)',
    '![x](https://evil.test/pixel.png)',
    '<a href="command:x">y</a>',
    '`<b onmouseover=x>`',
    '```"><script>\n<script>1</script>\n```',
    '[x](https://ok.test "t" onclick=\\"alert(1)")',
  ];
  for (const text of hostile) {
    it(`is inert: ${text.split('\n')[0]}`, () => {
      const html = renderMarkdown(text, []);
      assert.doesNotMatch(html, /<(script|img|iframe|b|style)\b/i);
      assert.doesNotMatch(html, /href="(?!https:\/\/ok\.test)/i);
      assert.doesNotMatch(html.replace(/&quot;|title="[^"]*"/g, ''), /<[^>]*\son\w+=/i);
    });
  }

  it('makes links of citations that exist, and strikes out those that do not', () => {
    const place = { path: 'src/a.ts', startLine: 3, endLine: 9 };
    const citations = [
      { ...place, verified: true },
      { path: 'b.ts', startLine: 1, endLine: 1, verified: false },
    ];
    const html = renderMarkdown('In `src/a.ts:3-9` and b.ts:1, not c.ts:1.', citations);
    assert.match(html, /<button[^>]*data-path="src\/a\.ts" data-start="3" data-end="9"[^>]*>src\/a\.ts:3-9<\/button>/);
    assert.match(html, /<s class="citation missing"[^>]*>b\.ts:1<\/s>/);
    assert.match(html, /not c\.ts:1\./);
  });

  it('keeps finished blocks as they are while a text grows', () => {
    const text =
      'Intro\n\n- one\n- two\n\n```ts\nlet a;\n\nlet b;\n```\n\nEnd of it.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';
    const whole = splitBlocks(text);
    assert.equal(whole.length, 5);
    assert.equal(whole.join('\n').replace(/\s+/g, ''), text.replace(/\s+/g, ''));
    for (let length = 1; length < text.length; length++) {
      const blocks = splitBlocks(text.slice(0, length));
      for (const [i, block] of blocks.slice(0, -2).entries()) assert.equal(block.trim(), whole[i]?.trim());
    }
  });

  it('shows edit blocks as code, wherever they stop', () => {
    const edit = 'a.ts\n<<<<<<< SEARCH\n# not a heading\n```\n=======\nb\n>>>>>>> REPLACE\nafter';
    const html = renderMarkdown(fenceEditBlocks(edit), []);
    assert.doesNotMatch(html, /<h1|<blockquote/);
    assert.match(html, /<p>after<\/p>/);
    assert.doesNotMatch(renderMarkdown(fenceEditBlocks(edit.slice(0, 40)), []), /<h1|<blockquote/);
    const fenced = `\`\`\`\n${edit.replace('```\n', '')}\n\`\`\``;
    assert.equal(fenceEditBlocks(fenced), fenced);
  });
});
