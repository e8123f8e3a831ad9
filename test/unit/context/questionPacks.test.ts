import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { mentionedSymbols } from '../../../extension/core/context/mentions.ts';
import type { Pack } from '../../../extension/core/pack.ts';
import type { Packer } from '../../../extension/core/ports.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';
import { makeWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const never = new AbortController().signal;

/** Lines that say nothing. */
const filler = (count: number): string =>
  Array.from({ length: count }, (_, i) => `export const value${i} = ${i};`).join('\n');

const files: Record<string, string> = {
  'src/server/retryPolicy.ts': `${filler(120)}\n\nexport function nextDelay(attempt: number): number {\n  return 2 ** attempt;\n}\n\n${filler(80)}\n`,
  'src/server/connection.ts':
    "import { nextDelay } from './retryPolicy';\n\nexport class ConnectionPool {\n  reconnect(attempt: number) {\n    return nextDelay(attempt);\n  }\n}\n",
  'src/ui/button.ts': 'export class Button {\n  press(): void {}\n}\n',
  'src/ui/index.ts': "export * from './button';\n",
  'src/server/index.ts': "export * from './connection';\n",
  'test/connection.test.ts':
    "import { ConnectionPool } from '../src/server';\n\n// reconnect reconnect pool pool connection connection\nnew ConnectionPool().reconnect(3);\n",
  'docs/connections.md': '# Connections\n\nThe connection pool can reconnect. Pool, connection, reconnect.\n',
};

describe('a pack for a question', () => {
  let workspace: TestWorkspace;
  let packer: Packer;
  const pack = (question: string, budget: number): Promise<Pack> =>
    packer.pack({ root: workspace.folder, budget, question }, never);

  before(async () => {
    workspace = await makeWorkspace(files);
    packer = createNodePacker({ distribution: resolve('dist') }, await createTiktoken(resolve('dist')));
  });
  after(() => workspace.dispose());

  it('prefers the code to its tests and documents', async () => {
    const made = await pack('How does the connection pool reconnect?', 74);
    assert.deepEqual(
      made.files.map(({ path }) => path),
      ['src/server/connection.ts'],
    );
  });

  it('goes to the lines that a stack trace names, on whatever machine it was made', async () => {
    const made = await pack('TypeError: boom\n    at nextDelay (/home/mei/app/src/server/retryPolicy.ts:123:10)', 700);
    const file = made.files.find(({ path }) => path === 'src/server/retryPolicy.ts');
    assert.ok(
      file?.ranges.some(([start, end]) => start <= 123 && 123 <= end),
      JSON.stringify(made.files),
    );
    assert.match(made.text, /2 \*\* attempt/);
  });

  it('goes to where a symbol is declared that the question names', async () => {
    const made = await pack('why is `ConnectionPool` slow', 120);
    assert.ok(made.files.some(({ path }) => path === 'src/server/connection.ts'));
  });

  it('brings what the best files import, after them', async () => {
    const made = await pack('ConnectionPool', 128_000);
    const paths = made.files.map(({ path }) => path);
    assert.ok(paths.includes('src/server/retryPolicy.ts'));
    assert.equal(paths.includes('src/ui/button.ts'), false);
    assert.ok(made.omitted.some(({ path, reason }) => path === 'src/ui/button.ts' && reason !== 'over the budget'));
  });

  it('finds Chinese words', async () => {
    const own = await makeWorkspace({ 'a.md': '退款流程在这里说明。\n', 'b.md': '登录页面。\n' });
    const made = await packer.pack({ root: own.folder, budget: 40, question: '怎么退款？' }, never);
    assert.deepEqual(
      made.files.map(({ path }) => path),
      ['a.md'],
    );
    await own.dispose();
  });

  it('knows names that look like code from words that do not', () => {
    assert.deepEqual(
      mentionedSymbols('Why does `open()` of HttpClient call read_body in retryPolicy.nextDelay? Please explain it'),
      ['open', 'HttpClient', 'read_body', 'retryPolicy', 'nextDelay'],
    );
  });
});
