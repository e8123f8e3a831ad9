import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editLines } from '../../../webview/markdown/editBlockRule.ts';
import { parse } from '../../../webview/markdown/parser.ts';
import { type Node, textOf, toTree } from '../../../webview/markdown/tree.ts';

const tree = (text: string): Node[] => toTree(parse(text));

const everyNode = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => [node, ...(typeof node === 'object' && 'children' in node ? everyNode(node.children) : [])]);

const linksIn = (text: string): string[] =>
  everyNode(tree(text)).flatMap((node) => (typeof node === 'object' && node.kind === 'link' ? [node.address] : []));

describe('hostile markdown', () => {
  const html = [
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '<a href="command:workbench.action.quit">quit</a>',
    '<details open ontoggle=alert(1)>x</details>',
  ];
  for (const text of html) {
    it(`is text: ${text}`, () => {
      assert.equal(textOf(tree(text)), text);
      assert.ok(everyNode(tree(text)).every((node) => typeof node === 'string' || node.kind === 'element'));
    });
  }

  const addresses = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java&#115;cript:alert(1)',
    'command:workbench.action.quit',
    'vscode://evil.extension/run',
    'vscode-insiders://x',
    'file:///etc/passwd',
    'data:text/html;base64,eA==',
    '//evil.test/x',
    'ftp://evil.test/x',
    '../secret.md',
    '\u0001javascript:alert(1)',
  ];
  for (const address of addresses) {
    it(`does not link to ${JSON.stringify(address)}`, () => {
      const text = `[words](<${address}>) and <${address}> and ${address} and ![alt](<${address}>)`;
      assert.deepEqual(linksIn(text), []);
      assert.match(textOf(tree(text)), /^words \(/);
    });
  }

  it('shows where a link that is not opened would have led', () => {
    assert.equal(textOf(tree('[Click](command:x.y)')), 'Click (command:x.y)');
  });

  it('fetches no picture, not even within a link', () => {
    assert.equal(textOf(tree('![chart](https://evil.test/?q=secret)')), 'chart (https://evil.test/?q=secret)');
    const [link] = everyNode(tree('[![chart](https://evil.test/p.png)](https://ok.test)')).filter(
      (node) => typeof node === 'object' && node.kind === 'link',
    );
    assert.deepEqual(link, {
      kind: 'link',
      address: 'https://ok.test',
      children: ['chart', ' (https://evil.test/p.png)'],
    });
  });

  it('hides nothing in reference definitions', () => {
    const text = '[a]\n\n[a]: command:x "secret"';
    assert.deepEqual(linksIn(text), []);
    assert.match(textOf(tree(text)), /secret/);
  });

  it('links to the web and to mail, and takes no file name for a host', () => {
    assert.deepEqual(
      linksIn('See https://ok.test/a, [b](http://ok.test/b), <mailto:a@ok.test>, README.md and a@b.cd.'),
      ['https://ok.test/a', 'http://ok.test/b', 'mailto:a@ok.test'],
    );
  });
});

describe('markdown that is nested beyond measure', () => {
  const depth = (nodes: readonly Node[]): number =>
    Math.max(
      0,
      ...nodes.map((node) => (typeof node === 'object' && 'children' in node ? 1 + depth(node.children) : 0)),
    );

  it('is drawn to a depth that the page can hold, with all of its words', () => {
    const text = `${'*a _b '.repeat(5_000)}c${' d_ e*'.repeat(5_000)}`;
    const nodes = tree(text);
    assert.ok(depth(nodes) > 50 && depth(nodes) < 250, `${depth(nodes)} deep`);
    assert.equal(textOf(nodes), text.replace(/[*_]/g, ''));
    assert.ok(depth(tree(`${'>'.repeat(10_000)} deep`)) < 250);
    assert.ok(depth(tree(`${'- '.repeat(10_000)} deep`)) < 250);
  });

  it('may have any number of words side by side', () => {
    assert.ok(textOf(tree('word _and_ `code` '.repeat(60_000))).startsWith('word and code word'));
  });
});

describe('edit blocks', () => {
  const edit = '<<<<<<< SEARCH\n# old\n> quoted\n```\n=======\nnew\n\n- item\n>>>>>>> REPLACE';

  for (const path of ['src/a.ts', '`src/a.ts`', '**src/a.ts**', '### src/a.ts', 'PATH: src/a.ts:']) {
    it(`are code under the path ${path}`, () => {
      assert.deepEqual(tree(`I change it.\n\n${path}\n${edit}\n\nDone.`).slice(1), [
        { kind: 'edit', path: 'src/a.ts', text: edit },
        { kind: 'element', tag: 'p', children: ['Done.'] },
      ]);
    });
  }

  it('may hold a whole file, or stand on one line', () => {
    const whole = '<<<<<<< FILE\n# Title\n=======\n> quoted\n>>>>>>> FILE';
    assert.deepEqual(tree(`src/a.md\n${whole}\n\nDone.`)[0], { kind: 'edit', path: 'src/a.md', text: whole });
    for (const line of ['<<<<<<< DELETE src/a.ts >>>>>>>', '<<<<<<< RENAME src/a.ts -> src/b.ts >>>>>>>'])
      assert.deepEqual(tree(`${line}\n\nDone.`)[0], { kind: 'edit', path: '', text: line });
    assert.deepEqual(
      editLines(whole).map(({ part }) => part),
      ['mark', 'replace', 'replace', 'replace', 'mark'],
    );
  });

  it('end a paragraph, a quote and a list that run into them', () => {
    for (const before of ['Prose.', '> Quote.', '- item']) {
      const nodes = tree(`${before}\nsrc/a.ts\n${edit}`);
      assert.equal(nodes.length, 2, before);
      assert.deepEqual(nodes[1], { kind: 'edit', path: 'src/a.ts', text: edit });
    }
  });

  it('are code while they arrive, whatever has arrived', () => {
    const begin = '<<<<<<< SEARCH\n'.length;
    for (let length = begin; length < edit.length; length++) {
      const nodes = tree(edit.slice(0, length));
      assert.equal(nodes.length, 1);
      assert.ok(typeof nodes[0] === 'object' && nodes[0].kind === 'edit', JSON.stringify(edit.slice(0, length)));
    }
  });

  it('follow each other with or without a path', () => {
    const kinds = tree(`a.ts\n${edit}\n${edit}\nb.ts\n${edit}`).map((node) =>
      typeof node === 'object' && node.kind === 'edit' ? node.path : node,
    );
    assert.deepEqual(kinds, ['a.ts', '', 'b.ts']);
  });

  it('inside a fence belong to the fence', () => {
    const fenced = edit.replace('```\n', '');
    assert.deepEqual(tree(`\`\`\`ts\n${fenced}\n\`\`\``), [{ kind: 'code', language: 'ts', text: fenced }]);
  });
});
