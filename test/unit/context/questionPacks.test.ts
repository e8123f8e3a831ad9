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
    const own = await makeWorkspace({ ...files, 'src/ui/icons.ts': filler(12_000) });
    const made = await packer.pack({ root: own.folder, budget: 24_000, question: 'ConnectionPool' }, never);
    await own.dispose();
    const paths = made.files.map(({ path }) => path);
    assert.ok(paths.includes('src/server/retryPolicy.ts'));
    const reasonOf = (path: string) => made.files.find((file) => file.path === path)?.reason;
    assert.equal(reasonOf('src/server/retryPolicy.ts'), 'imported by src/server/connection.ts');
    // There is room for what nothing connects with the question.
    assert.equal(reasonOf('src/ui/button.ts'), 'part of the repository, in reading order');
    assert.deepEqual(
      made.omitted.map(({ path, reason }) => [path, reason]),
      [['src/ui/icons.ts', 'nothing connects it with what is asked']],
    );
  });

  it('is all of the repository, and the same for every question, where the budget has room for that', async () => {
    const [one, other] = await Promise.all([pack('ConnectionPool', 128_000), pack('Wie heißt der Knopf?', 128_000)]);
    assert.equal(one.text, other.text);
    assert.equal(one.repository?.files, one.files.length);
    assert.ok(one.files.every(({ level }) => level === 'full'));
    const reasonOf = (path: string) => one.files.find((file) => file.path === path)?.reason;
    assert.match(reasonOf('src/server/connection.ts') ?? '', /ConnectionPool/);
    assert.match(reasonOf('src/ui/button.ts') ?? '', /reading order/);
  });

  it('is read in order where nothing matches the question, rather than empty', async () => {
    const made = await pack('请概括一下', 900);
    assert.ok(made.files.some(({ path }) => path === 'docs/connections.md'));
    assert.ok(made.files.every(({ reason }) => reason === 'part of the repository, in reading order'));
  });

  it('has more than a few hundred small files where many match', async () => {
    const many = Array.from({ length: 900 }, (_, i) => [
      `src/part${i % 30}/pool${i}.ts`,
      `export const pool${i} = ${i};\n`,
    ]);
    const own = await makeWorkspace(Object.fromEntries(many));
    const made = await packer.pack({ root: own.folder, budget: 24_000, question: 'Which pool is the largest?' }, never);
    await own.dispose();
    assert.ok(made.files.length > 600, `${made.files.length} files, ${made.tokens} tokens`);
    assert.ok(made.files.every(({ reason }) => reason === 'matches the words pool'));
  });

  it('has what is pinned first, folders too, and nothing that is excluded', async () => {
    const steering = { pinned: [{ path: 'src/ui' }], excluded: ['docs'] };
    const made = await packer.pack(
      { root: workspace.folder, budget: 900, question: 'ConnectionPool', steering },
      never,
    );
    const paths = made.files.map(({ path }) => path);
    assert.equal(made.files.find(({ path }) => path === 'src/ui/button.ts')?.level, 'full');
    assert.ok(paths.includes('src/server/connection.ts'));
    assert.equal(
      paths.some((path) => path.startsWith('docs/')),
      false,
    );
    assert.ok(made.tokens <= 900);
  });

  it('knows what it is a part of', async () => {
    const made = await pack('ConnectionPool', 120);
    const whole = await packer.partition({ root: workspace.folder, budget: 128_000 }, never);
    const { repository } = made;
    assert.equal(repository?.files, whole.files);
    const named = repository?.leftOut.filter(({ mayBeRead }) => mayBeRead).flatMap(({ paths }) => paths.split('\n'));
    assert.deepEqual(
      [...(named ?? []), ...made.files.map(({ path }) => path)].sort(),
      [...new Set(whole.parts.flatMap(({ pieces }) => pieces.map(({ path }) => path)))].sort(),
    );
  });

  it('estimates the whole repository well, however little of it is read', async () => {
    const own = resolve('.');
    const { tokens } = await packer.partition({ root: own, budget: 64_000 }, never);
    for (const budget of [4_000, 64_000]) {
      const { repository } = await packer.pack({ root: own, budget, question: 'How is a budget kept?' }, never);
      const off = (repository?.tokens ?? 0) / tokens;
      assert.ok(off > 0.85 && off < 1.15, `${off} of what it is, at ${budget}`);
    }
  });

  it('is found again in parts that hold every file, each within its budget, gate and all', async () => {
    const password = ['hunter2', 'Tr0ub4dor', 'Zebra99'].join('-');
    const own = await makeWorkspace({
      ...files,
      'src/login.ts': `export const password = '${password}';\n`,
      'secret/.env': 'KEY=1\n',
    });
    const tells: string[] = [];
    const { parts, leftOut } = await packer.partition({ root: own.folder, budget: 400 }, never, ({ stage }) =>
      tells.push(stage),
    );
    const made = await Promise.all(parts.map((plan) => packer.part({ root: own.folder, plan, budget: 400 }, never)));
    await own.dispose();
    assert.ok(made.length > 2);
    for (const [at, { tokens }] of made.entries()) {
      assert.ok(tokens <= 400);
      assert.equal(tokens, parts[at]?.tokens);
    }
    const all = made.map(({ text }) => text).join('');
    for (const path of [...Object.keys(files), 'src/login.ts']) assert.ok(all.includes(path), path);
    assert.equal(all.includes(password), false);
    assert.ok(leftOut.some(({ paths }) => paths.includes('secret/.env')));
    assert.ok(tells.includes('counting'));
  });

  it('names the files that match and are not known yet', async () => {
    const request = { root: workspace.folder, question: 'ConnectionPool retry', most: 3 };
    const [best, ...others] = await packer.likely({ ...request, except: [] }, never);
    assert.ok(best && others.length > 0);
    const rest = await packer.likely({ ...request, except: [best.path] }, never);
    assert.equal(
      rest.some(({ path }) => path === best.path),
      false,
    );
    assert.equal(rest[0]?.path, others[0]?.path);
  });

  it('is filled with what fits, where one file takes far more than its words let expect', async () => {
    // Numbers are no words: the table is taken for a small file.
    const numbers = Array.from({ length: 4_000 }, (_, i) => `${i * 7919 + 13},${i * 104_729}`).join('\n');
    const small = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`src/part${i}.ts`, `export function part${i}() {\n  return 'part';\n}\n`]),
    );
    const other = await makeWorkspace({ 'README.md': '# Shop\n', 'src/a.csv': numbers, ...small });
    try {
      const made = await packer.pack({ root: other.folder, budget: 4_000 }, never);
      const paths = made.files.map(({ path }) => path);
      assert.equal(paths.includes('src/a.csv'), false);
      assert.deepEqual(paths.sort(), ['README.md', ...Object.keys(small)].sort());
      assert.ok(made.tokens <= 4_000);
    } finally {
      await other.dispose();
    }
  });

  it('finds Chinese words', async () => {
    const own = await makeWorkspace({ 'a.md': '退款流程在这里说明。\n', 'b.md': '登录页面。\n' });
    const made = await packer.pack({ root: own.folder, budget: 24, question: '怎么退款？' }, never);
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
