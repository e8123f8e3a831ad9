import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { packedSources } from '../../../extension/core/context/packedSources.ts';
import type { Pack, PackRequest } from '../../../extension/core/pack.ts';
import type { Packer, Tokenizer } from '../../../extension/core/ports.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';
import { makeWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const never = new AbortController().signal;

/** Values that look like secrets, put together here so that none stands in a source. */
const planted: Readonly<Record<string, string>> = {
  aws: ['AKIA', 'Q3EGRJ7NBZ5XWTPD'].join(''),
  github: ['ghp', 'Zk3vQ9sT1xW7yB5nM2cL8dF4gH6jK0pRaSdU'].join('_'),
  slack: ['xoxb', '384710293847', '4829103847561', 'Qm7Zr2Xc9Vb4Nn1Ks6Ld8FgH'].join('-'),
  stripe: ['sk', 'live', '51Hq8ZyKd93mVbQx7RtWc2LnP'].join('_'),
  google: ['AIza', 'SyD4kQ9xLmZ2vB7nRtW1cPfG8hJ3sKyUe0M'].join(''),
  openai: ['sk', 'proj', 'q8Zr2Xc9Vb4Nn1Ks6Ld8FgHjT3BlbkFJw7Yp5Rt2Uv4Wx6Za'].join('-'),
  bigmodel: ['4f9a1c7be2d84035a6b8c9d0e1f23456', 'Zk3vQ9sT1xW7yB5n'].join('.'),
  npm: ['npm', 'Zk3vQ9sT1xW7yB5nM2cL8dF4gH6jK0pRaSdU'].join('_'),
  password: ['p7Q!zR', '2xLm9#vK'].join(''),
  jwt: [
    Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url'),
    Buffer.from('{"sub":"84710293","name":"Mei"}').toString('base64url'),
    'q8Zr2Xc9Vb4Nn1Ks6Ld8FgHjT3BlbkFJw7Yp5Rt2Uv4',
  ].join('.'),
  key: `-----BEGIN ${'RSA'} PRIVATE KEY-----\nMIIEowIBAAKCAQEAq8Zr2Xc9Vb4Nn1Ks6Ld8FgHjT3BlbkFJw7Yp5Rt2Uv4Wx6Za\nq8Zr2Xc9Vb4Nn1Ks6Ld8FgHjT3BlbkFJw7Yp5Rt2Uv4Wx6Zq8Zr2Xc9Vb4Nn1Ks6\n-----END ${'RSA'} PRIVATE KEY-----`,
};

const files: Record<string, string> = {
  'package.json': '{"name":"@bank/all"}\n',
  'packages/money/package.json': '{"name":"@bank/money","main":"lib/index.js"}\n',
  'packages/money/src/index.ts': "export * from './account';\nexport { toCents } from './cents';\n",
  'packages/money/src/cents.ts':
    'export function toCents(euros: number): number {\n  return Math.round(euros * 100);\n}\n',
  'packages/money/src/account.ts': `/** An account. */
export class Account {
  private balance = 0;

  constructor(readonly owner: string) {}

  deposit(cents: number): void {
    this.balance += cents;
  }

  withdraw(cents: number): Receipt {
    if (cents > this.balance) throw new Error('not enough');
    this.balance -= cents;
    return { cents, at: Date.now() };
  }
}

export interface Receipt {
  readonly cents: number;
  readonly at: number;
}
`,
  'packages/desk/package.json': '{"name":"@bank/desk"}\n',
  'packages/desk/src/teller.ts': `import { Account, toCents } from '@bank/money';

export function serve(account: Account, euros: number): void {
  account.deposit(toCents(euros));

}
`,
  'packages/desk/src/secrets.ts': `import { Account } from '@bank/money';

${Object.entries(planted)
  .filter(([name]) => name !== 'key')
  .map(([name, value]) => `export const ${name}Token = '${value}';`)
  .join('\n')}
export const password = '${planted.password}';
export const pem = \`
${planted.key}
\`;
export const owner = new Account('teller');
`,
  '设计.md': '# 设计\n\n账户的余额以分为单位。\n',
};

describe('a pack for a cursor', () => {
  let workspace: TestWorkspace;
  let tokenizer: Tokenizer;
  let packer: Packer;
  const teller = 'packages/desk/src/teller.ts';
  const pack = (request: Partial<PackRequest>): Promise<Pack> =>
    packer.pack({ root: workspace.folder, budget: 128_000, ...request }, never);

  before(async () => {
    workspace = await makeWorkspace(files);
    tokenizer = await createTiktoken(resolve('dist'));
    packer = createNodePacker({ distribution: resolve('dist') }, tokenizer);
  });
  after(() => workspace.dispose());

  it('finds what the names at the cursor mean, through packages and what they pass on', async () => {
    const made = await pack({ budget: 120, cursor: { path: teller, line: 5, column: 1 } });
    const account = made.files.find(({ path }) => path === 'packages/money/src/account.ts');
    assert.ok(account, made.text);
    assert.match(made.text, /withdraw\(cents: number\): Receipt/);
    assert.match(made.text, /export function toCents/);
  });

  it('shows signatures without bodies where there is no room for both', async () => {
    const made = await pack({ budget: 150, cursor: { path: teller, line: 5, column: 1 } });
    const account = made.files.find(({ path }) => path === 'packages/money/src/account.ts');
    assert.equal(account?.level, 'skeleton');
    assert.equal(made.text.includes('not enough'), false);
    const lines = files['packages/money/src/account.ts']?.split('\n') ?? [];
    for (const { path, text, firstLine } of packedSources(made))
      if (path === account.path)
        text
          .trimEnd()
          .split('\n')
          .forEach((line, i) => {
            assert.equal(line, lines[firstLine - 1 + i]);
          });
  });

  it('sees the unsaved text of other files, and forgets it again', async () => {
    const overlay = {
      'packages/money/src/cents.ts': 'export function toCents(amount: Euro): Cents {\n  return 1;\n}\n',
    };
    const cursor = { path: teller, line: 5, column: 1 };
    assert.match((await pack({ cursor, overlay })).text, /amount: Euro/);
    assert.equal((await pack({ cursor })).text.includes('amount: Euro'), false);
  });

  it('stays within any budget by exact count, and names a reason for all it leaves out', async () => {
    const requests: Partial<PackRequest>[] = [
      {},
      { question: 'how is money withdrawn from an account? 余额' },
      { cursor: { path: teller, line: 5, column: 1 } },
    ];
    let state = 7;
    const budgets = Array.from({ length: 12 }, (_, i) => {
      state = (state * 48_271) % 2_147_483_647;
      return Math.round(500 * 2_000 ** ((i + state / 2_147_483_647) / 12));
    });
    for (const budget of [0, 1, 20, 60, ...budgets, 1_000_000]) {
      for (const request of requests) {
        const made = await pack({ ...request, budget });
        const [counted] = await tokenizer.count([made.text]);
        assert.equal(made.tokens, counted);
        assert.ok(made.tokens <= budget, `${made.tokens} > ${budget}`);
        const named = [...made.files, ...made.omitted].map(({ path }) => path).sort();
        assert.deepEqual(named, Object.keys(files).sort());
        assert.ok(made.omitted.every(({ reason }) => reason !== ''));
      }
    }
  });

  it('never holds a secret, whatever is asked', async () => {
    const whole = [
      await pack({}),
      await pack({ question: 'secrets password token key jwt aws github' }),
      await pack({ cursor: { path: teller, line: 5, column: 1 } }),
      await pack({ overlay: { 'README.md': 'x', 'packages/money/src/cents.ts': `const t = '${planted.github}';\n` } }),
    ];
    for (const { text } of whole) {
      for (const [kind, value] of Object.entries(planted))
        for (const line of value.split('\n').filter((each) => !each.startsWith('-----')))
          assert.equal(text.includes(line), false, kind);
    }
    assert.match(whole[0]?.text ?? '', /\[secret removed\]/);
  });

  it('is the same, byte for byte, warm, cold and from a kept index', async () => {
    const indexes = await mkdtemp(join(tmpdir(), 'glm-coder-indexes-'));
    try {
      const request = { root: workspace.folder, budget: 400, cursor: { path: teller, line: 5, column: 1 } };
      const cold = createNodePacker({ distribution: resolve('dist'), indexes }, tokenizer);
      const first = JSON.stringify(await cold.pack(request, never));
      assert.equal(JSON.stringify(await cold.pack(request, never)), first);
      assert.equal(JSON.stringify(await pack(request)), first);
      await cold.keep();
      const uncounted: Tokenizer = { encoding: 'cl100k_base', count: (texts) => tokenizer.count(texts) };
      const warm = createNodePacker({ distribution: resolve('dist'), indexes }, uncounted);
      assert.equal(JSON.stringify(await warm.pack(request, never)), first);
    } finally {
      await rm(indexes, { recursive: true, force: true });
    }
  });

  it('goes by where the user has been, where nothing else tells files apart', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`lib/part${i}.ts`, `export function step${i}(): void {}\n`]),
    );
    const plain = await makeWorkspace({ ...many, 'app/main.ts': 'export const started = true;\n\n' });
    try {
      const request = { root: plain.folder, budget: 30, cursor: { path: 'app/main.ts', line: 2, column: 1 } };
      for (const recent of ['lib/part3.ts', 'lib/part9.ts']) {
        const made = await packer.pack({ ...request, recent: [recent, 'lib/gone.ts'] }, never);
        assert.deepEqual(
          made.files.map(({ path }) => path),
          [recent],
        );
      }
    } finally {
      await plain.dispose();
    }
  });

  it('makes several at once as if one after the other', async () => {
    const cursor = { path: teller, line: 5, column: 1 };
    const overlay = { 'packages/money/src/cents.ts': 'export const toCents = (other: Unsaved) => 1;\n' };
    const alone = [await pack({ cursor }), await pack({ cursor, overlay })];
    const together = await Promise.all([pack({ cursor }), pack({ cursor, overlay }), pack({ cursor })]);
    assert.deepEqual(together, [alone[0], alone[1], alone[0]]);
  });
});
