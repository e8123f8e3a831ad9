import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { highlight } from '../../../webview/highlight/highlight.ts';
import type { CodeNode } from '../../../webview/highlight/scopeTree.ts';

const text = (nodes: readonly CodeNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : text(node.children))).join('');
const scopes = (nodes: readonly CodeNode[]): string[] =>
  nodes.flatMap((node) => (typeof node === 'string' ? [] : [node.scopes.join('.'), ...scopes(node.children)]));

describe('highlighted code', () => {
  const codes: [string, string][] = [
    ['ts', `const a = \`x \${1 + 2} </script>\`; // <b>`],
    ['html', '<script>let a = 1;</script><style>p { color: red }</style>'],
    ['php', '<p><?php echo "a" ?></p>'],
    ['python', 'def f(x):\n  return f"{x}"'],
    ['rust', "fn main<'a>() { let r#x = '\\''; }"],
  ];
  for (const [language, code] of codes) {
    it(`is the same text in ${language}, with scopes`, () => {
      assert.equal(text(highlight(code, language)), code);
      assert.ok(scopes(highlight(code, language)).length > 0);
    });
  }

  it('is plain where the language is unknown or the code very long', () => {
    assert.deepEqual(highlight('let <a>', 'no-such-language'), ['let <a>']);
    assert.deepEqual(highlight('let a', 'ts', 4), ['let a']);
  });
});
