import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createJournal } from '../../../extension/core/context/journal.ts';
import { createLayeredPacks } from '../../../extension/core/context/layeredPacks.ts';
import { packedSources } from '../../../extension/core/context/packedSources.ts';
import type { Pack } from '../../../extension/core/pack.ts';
import type { Packer, Tokenizer } from '../../../extension/core/ports.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';
import { makeWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const never = new AbortController().signal;

const verbs = (
  'Open Close Send Fetch Count Price Print Store Merge Split Rank Trim Pack Load Save Find Sort Join Keep Drop Turn Move Copy Bind ' +
  'Hold Lift Pull Push Read Scan Seal Ship Sign Sink Skip Spin Stop Sync Wait Wrap'
).split(' ');

/** Two parts of a program that have nothing in common, each with what it uses. */
const files: Record<string, string> = Object.fromEntries(
  ['orders', 'weather'].flatMap((part) => [
    [
      `${part}/${part}Api.ts`,
      verbs.map((verb) => `export function ${part}${verb}(${part}Key: string): number {\n  return 1;\n}\n`).join(''),
    ],
    [
      `${part}/main.ts`,
      `import { ${part}Open } from './${part}Api.ts';\n\nexport const ${part}Start = ${part}Open('a');\n\n`,
    ],
  ]),
);

describe('a pack that is kept', () => {
  let workspace: TestWorkspace;
  let tokenizer: Tokenizer;
  let packer: Packer;
  const lifetime = new AbortController();
  const request = (path: string, line = 4) => ({
    root: workspace.folder,
    budget: 700,
    cursor: { path, line, column: 1 },
    overlay: { [path]: files[path] ?? '' },
  });

  before(async () => {
    workspace = await makeWorkspace(files);
    tokenizer = await createTiktoken(resolve('dist'));
    packer = createNodePacker({ distribution: resolve('dist') }, tokenizer);
  });
  after(async () => {
    lifetime.abort();
    await workspace.dispose();
  });

  it('stays the same while the user types, and grows at its end where they go elsewhere', async () => {
    const packs = createLayeredPacks(packer, tokenizer, lifetime.signal);
    const first = await packs.get(request('orders/main.ts'), never);
    const again = await packs.get(request('orders/main.ts', 5), never);
    assert.equal(again.text, first.text);
    assert.match(first.text, /ordersOpen\(ordersKey/);
    assert.equal(first.text.includes('weatherOpen(weatherKey'), false);

    const elsewhere = await packs.get(request('weather/main.ts'), never);
    assert.ok(elsewhere.text.startsWith(first.text));
    assert.match(elsewhere.text, /weatherOpen\(weatherKey/);
    const [counted] = await tokenizer.count([elsewhere.text]);
    assert.equal(elsewhere.tokens, counted);
    assert.ok(elsewhere.tokens <= 700);
    assert.deepEqual(
      elsewhere.parts.map(({ kind }) => kind),
      ['base', 'journal'],
    );
    assert.equal(
      elsewhere.parts.reduce((sum, { tokens }) => sum + tokens, 0),
      elsewhere.tokens,
    );
    assert.equal(
      elsewhere.files.reduce((sum, { tokens }) => sum + tokens, 0),
      elsewhere.tokens,
    );
  });

  it('appends what a save has changed', async () => {
    const packs = createLayeredPacks(packer, tokenizer, lifetime.signal);
    const before = await packs.get(request('orders/main.ts'), never);
    const path = 'orders/ordersApi.ts';
    const changed = (files[path] ?? '').replace('ordersOpen(ordersKey: string)', 'ordersOpen(ordersKey: OrderKey)');
    await writeFile(join(workspace.folder, path), changed);
    packs.changed();
    let after = before;
    for (let tries = 0; tries < 50 && after.text === before.text; tries++) {
      after = await packs.get(request('orders/main.ts'), never);
      await new Promise((done) => setTimeout(done, 40));
    }
    await writeFile(join(workspace.folder, path), files[path] ?? '');
    assert.ok(after.text.startsWith(before.text));
    assert.match(after.text.slice(before.text.length), /ordersKey: OrderKey/);
  });

  it('is made anew for where the user is, once they pause with a long journal', async (test) => {
    test.mock.timers.enable({ apis: ['setTimeout'] });
    const packs = createLayeredPacks(packer, tokenizer, lifetime.signal);
    const first = await packs.get(request('orders/main.ts'), never);
    const grown = await packs.get(request('weather/main.ts'), never);
    const [, journal] = grown.parts;
    assert.ok(journal && journal.tokens > (700 - first.tokens) / 2, JSON.stringify(grown.parts));
    test.mock.timers.tick(59_000);
    assert.equal((await packs.get(request('weather/main.ts'), never)).text, grown.text);
    test.mock.timers.tick(61_000);
    let compacted = grown;
    for (let tries = 0; tries < 500 && compacted.text === grown.text; tries++) {
      await new Promise((done) => setImmediate(done));
      compacted = await packs.get(request('weather/main.ts'), never);
    }
    assert.match(compacted.text, /weatherOpen\(weatherKey/);
    assert.deepEqual(compacted.parts[1], { kind: 'journal', tokens: 0 });
  });

  it('can be read back with its journal', async () => {
    const packs = createLayeredPacks(packer, tokenizer, lifetime.signal);
    await packs.get(request('orders/main.ts'), never);
    const pack = await packs.get(request('weather/main.ts'), never);
    for (const { path, text, firstLine } of packedSources(pack)) {
      const lines = files[path]?.split('\n') ?? [];
      text
        .trimEnd()
        .split('\n')
        .forEach((line, i) => {
          assert.equal(line, lines[firstLine - 1 + i], `${path}:${firstLine + i}`);
        });
    }
  });

  it('lets a request go that is no longer wanted, and makes the pack all the same', async () => {
    const packs = createLayeredPacks(packer, tokenizer, lifetime.signal);
    const gone = new AbortController();
    const wait = packs.get(request('orders/main.ts'), gone.signal);
    gone.abort(new Error('typed on'));
    await assert.rejects(wait, /typed on/);
    assert.ok((await packs.get(request('orders/main.ts'), never)).tokens > 0);
  });

  it('takes in no more than there is room for', async () => {
    const empty: Pack = { budget: 10, tokens: 0, encoding: '', files: [], omitted: [], text: '' };
    const journal = await createJournal(empty);
    const entries = ['a.ts', 'b.ts'].map((path) => ({
      path,
      ranges: [[1, 1]] as const,
      text: `###PATH: ${path}\nx\n`,
    }));
    assert.equal(journal.append(entries, [6, 6], 10), 1);
    assert.equal(journal.tokens, 6);
    assert.equal(journal.text, entries[0]?.text);
  });
});
