import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Restore } from '../../../extension/core/conversation/history/checkpoints.ts';
import { createCheckpoints } from '../../../extension/node/history/checkpoints.ts';

const parent = await mkdtemp(join(tmpdir(), 'glm-coder-checkpoints-'));
after(() => rm(parent, { recursive: true, force: true }));
const newFolder = () => mkdtemp(join(parent, 'store-'));
const maxBytes = 1 << 20;

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array | undefined) => (content ? new TextDecoder().decode(content) : undefined);

/** Files in memory that edits and restores change. */
function workspace(files: Record<string, string>) {
  const present = new Map(Object.entries(files));
  return {
    files: () => Object.fromEntries([...present].sort()),
    read: async (path: string) => (present.has(path) ? bytes(present.get(path) ?? '') : undefined),
    write(path: string, content: string | undefined) {
      if (content === undefined) present.delete(path);
      else present.set(path, content);
    },
    /** What an edit is to be recorded as, which is then applied. */
    edit(changes: Record<string, string | undefined>) {
      return Object.entries(changes).map(([path, content]) => {
        const before = present.has(path) ? bytes(present.get(path) ?? '') : undefined;
        this.write(path, content);
        return { path, before, after: content === undefined ? undefined : bytes(content) };
      });
    },
    apply(plan: readonly Restore[]) {
      for (const step of plan) {
        if (step.action === 'write') this.write(step.path, text(step.bytes));
        if (step.action === 'delete') this.write(step.path, undefined);
      }
    },
  };
}

const actions = (plan: readonly Restore[]) => plan.map(({ path, action }) => `${path} ${action}`);

describe('checkpoints', () => {
  it('go along with a copy of a chat, and stay when either of the two is deleted; encodings are told with what they belong to', async () => {
    const space = workspace({ 'a.ts': 'a0' });
    const store = createCheckpoints(await newFolder(), { maxBytes });
    const [changed] = space.edit({ 'a.ts': undefined });
    await store.record('c', 't1', changed ? [{ ...changed, encoding: 'utf8bom' }] : []);
    await store.copy('c', 'd');
    await store.copy('none', 'e');
    await store.remove('c');
    assert.deepEqual(await store.turns('e'), []);
    assert.equal((await store.turns('d'))[0]?.canRestore, true);
    const plan = await store.restorePlan('d', 't1', space.read);
    assert.deepEqual(plan, [{ path: 'a.ts', action: 'write', bytes: Buffer.from('a0'), encoding: 'utf8bom' }]);
    await assert.rejects(store.copy('d', '../e'), RangeError);
  });

  it('bring back a file that was formatted when it was saved, and not one that the user changed then', async () => {
    const space = workspace({ 'a.ts': 'a0', 'b.ts': 'b0' });
    const first = createCheckpoints(await newFolder(), { maxBytes });
    await first.record('c', 't1', space.edit({ 'a.ts': 'let a =  1', 'b.ts': 'let b =  1' }));
    // The editor tells of the one save that began with what was accepted.
    await first.record('c', 't1', space.edit({ 'a.ts': 'let a = 1;' }));
    space.write('b.ts', 'let b = 1; // mine');
    const plan = await first.restorePlan('c', 't1', space.read);
    assert.deepEqual(actions(plan), ['a.ts write', 'b.ts conflict']);
    space.apply(plan);
    assert.deepEqual(space.files(), { 'a.ts': 'a0', 'b.ts': 'let b = 1; // mine' });
  });

  it('bring back every file to what it was before a turn, and no other', async () => {
    const space = workspace({ 'a.ts': 'a0', 'b.ts': 'b0', 'gone.ts': 'g0', 'other.ts': 'o0' });
    const before = space.files();
    const folder = await newFolder();
    const first = createCheckpoints(folder, { maxBytes });
    assert.ok(await first.record('c', 't1', space.edit({ 'a.ts': 'a1', 'src/made.ts': 'm1' })));
    const between = space.files();
    await first.record('c', 't2', space.edit({ 'a.ts': 'a2', 'gone.ts': undefined }));
    await first.record('c', 't2', space.edit({ 'b.ts': 'b1', 'a.ts': 'a3' }));
    await first.record('c', 't3', space.edit({ 'gone.ts': 'again', 'src/made.ts': undefined }));
    space.write('other.ts', 'by the user');

    const store = createCheckpoints(folder, { maxBytes });
    const turns = await store.turns('c');
    assert.deepEqual(
      turns.map(({ turn, paths, canRestore }) => [turn, paths, canRestore]),
      [
        ['t1', ['a.ts', 'src/made.ts'], true],
        ['t2', ['a.ts', 'b.ts', 'gone.ts'], true],
        ['t3', ['gone.ts', 'src/made.ts'], true],
      ],
    );
    const plan = await store.restorePlan('c', 't2', space.read);
    assert.deepEqual(actions(plan), ['a.ts write', 'b.ts write', 'gone.ts write', 'src/made.ts write']);
    space.apply(plan);
    assert.deepEqual(space.files(), { ...between, 'other.ts': 'by the user' });
    space.apply(await store.restorePlan('c', 't1', space.read));
    assert.deepEqual(space.files(), { ...before, 'other.ts': 'by the user' });
    const nothing = await store.restorePlan('c', 't1', space.read);
    assert.deepEqual(new Set(nothing.map(({ action }) => action)), new Set(['none']));
    assert.deepEqual(await store.restorePlan('c', 'none', space.read), []);
    assert.deepEqual(await store.restorePlan('none', 't1', space.read), []);
  });

  it('never lose what the user wrote since', async () => {
    const space = workspace({ 'a.ts': 'a0', 'b.ts': 'b0', 'c.ts': 'c0' });
    const store = createCheckpoints(await newFolder(), { maxBytes });
    await store.record('c', 't1', space.edit({ 'a.ts': 'a1', 'b.ts': 'b1', 'c.ts': undefined, 'new.ts': 'n1' }));
    await store.record('c', 't2', space.edit({ 'a.ts': 'a2' }));
    space.write('a.ts', 'mine');
    space.write('b.ts', undefined);
    space.write('c.ts', 'mine');
    space.write('new.ts', 'mine');
    const plan = await store.restorePlan('c', 't1', space.read);
    assert.deepEqual(
      plan.map((step) => [step.path, step.action, 'wanted' in step ? text(step.wanted) : '']),
      [
        ['a.ts', 'conflict', 'a0'],
        ['b.ts', 'conflict', 'b0'],
        ['c.ts', 'conflict', 'c0'],
        ['new.ts', 'conflict', undefined],
      ],
    );
    // What it was between two of our edits is ours, and can be come by again.
    space.write('a.ts', 'a1');
    assert.deepEqual(actions(await store.restorePlan('c', 't1', space.read))[0], 'a.ts write');
    const failing = () => Promise.reject(new Error('not readable'));
    await assert.rejects(store.restorePlan('c', 't1', failing), { message: 'not readable' });
  });

  it('keep the same bytes once, whatever the chat and the path, until the last that needs them is removed', async () => {
    const folder = await newFolder();
    const store = createCheckpoints(folder, { maxBytes });
    const change = (path: string, before: string) => ({ path, before: bytes(before), after: bytes('x') });
    await store.record('c', 't1', [change('a', 'same'), change('b', 'same')]);
    await store.record('d', 't1', [change('a', 'same'), change('e', 'own')]);
    const blobs = () => readdir(join(folder, 'blobs'));
    assert.equal((await blobs()).length, 2);
    await store.remove('d');
    assert.equal((await blobs()).length, 1);
    assert.deepEqual(await store.turns('d'), []);
    assert.equal((await store.turns('c'))[0]?.canRestore, true);
    await store.remove('c');
    assert.deepEqual(await blobs(), []);
    await store.remove('never was');
    assert.deepEqual(await readdir(folder), ['blobs']);
  });

  it('let go of the oldest first where there is too much, and say so', async () => {
    const folder = await newFolder();
    const store = createCheckpoints(folder, { maxBytes: 1_000 });
    const space = workspace({ a: '', b: '' });
    for (let nth = 1; nth <= 6; nth++) {
      space.write('a', `${nth}`.repeat(300));
      assert.ok(await store.record(nth % 2 ? 'c' : 'd', `t${nth}`, space.edit({ a: `after ${nth}` })));
    }
    const restorable = async (chat: string) =>
      (await store.turns(chat)).map(({ turn, canRestore }) => [turn, canRestore]);
    assert.deepEqual(await restorable('c'), [
      ['t1', false],
      ['t3', false],
      ['t5', true],
    ]);
    assert.deepEqual(await restorable('d'), [
      ['t2', false],
      ['t4', true],
      ['t6', true],
    ]);
    assert.equal((await readdir(join(folder, 'blobs'))).length, 3);
    assert.deepEqual(actions(await store.restorePlan('c', 't1', space.read)), ['a lost']);
    // What is too large by itself is not kept, and costs nothing that is.
    space.write('b', 'b'.repeat(1_001));
    assert.equal(await store.record('d', 't7', space.edit({ b: 'small' })), false);
    assert.deepEqual(await restorable('d'), [
      ['t2', false],
      ['t4', false],
      ['t6', false],
      ['t7', false],
    ]);
    assert.equal((await readdir(join(folder, 'blobs'))).length, 3);
    assert.deepEqual(actions(await store.restorePlan('d', 't6', space.read)), ['a write', 'b lost']);
    space.write('a', '8'.repeat(300));
    await store.record('d', 't8', space.edit({ a: 'after 8' }));
    assert.equal((await readdir(join(folder, 'blobs'))).length, 3);
    assert.deepEqual(actions(await store.restorePlan('d', 't8', space.read)), ['a write']);
  });

  it('pass over what is damaged, and never take it for what it was', async () => {
    const folder = await newFolder();
    const store = createCheckpoints(folder, { maxBytes });
    const space = workspace({ a: 'a0', b: 'b0' });
    await store.record('c', 't1', space.edit({ a: 'a1' }));
    await appendFile(
      join(folder, 'c.jsonl'),
      '\0\n{"type":"edit","turn":"t","at":1,"files":[{"path":"../x","before":null,"after":null}]}\n{"ty',
    );
    await store.record('c', 't2', space.edit({ b: 'b1' }));
    assert.deepEqual(
      (await store.turns('c')).map(({ turn, paths }) => [turn, paths]),
      [
        ['t1', ['a']],
        ['t', []],
        ['t2', ['b']],
      ],
    );
    const [blob = ''] = await readdir(join(folder, 'blobs'));
    const damaged = (await readFile(join(folder, 'blobs', blob), 'utf8')).replace('0', '9');
    await writeFile(join(folder, 'blobs', blob), damaged);
    const lost = damaged.startsWith('a') ? ['a lost', 'b write'] : ['a write', 'b lost'];
    assert.deepEqual(actions(await store.restorePlan('c', 't1', space.read)), lost);
  });

  it('lose no more than the last edit where its line was cut at any byte, and go on', async () => {
    const folder = await newFolder();
    const file = join(folder, 'c.jsonl');
    const store = createCheckpoints(folder, { maxBytes });
    const space = workspace({ a: 'a0', 名: 'b0' });
    await store.record('c', 't1', space.edit({ a: 'a1' }));
    const whole = await readFile(file);
    await store.record('c', 't2', space.edit({ 名: 'b1' }));
    const longer = await readFile(file);
    for (let cut = whole.length; cut < longer.length; cut++) {
      await writeFile(file, longer.subarray(0, cut));
      await store.record('c', 't3', [{ path: 'new', before: undefined, after: bytes('n') }]);
      const kept = ['t1', ...(cut === longer.length - 1 ? ['t2'] : []), 't3'];
      assert.deepEqual(
        (await store.turns('c')).map(({ turn, canRestore }) => canRestore && turn),
        kept,
      );
    }
  });

  it('refuse paths that lead out of the folder, and say what they fail of', async () => {
    const folder = await newFolder();
    const store = createCheckpoints(folder, { maxBytes });
    for (const path of ['../a', '/a', 'a/../../b', 'C:\\a', '', '..\\a'])
      await assert.rejects(store.record('c', 't', [{ path, before: bytes('b'), after: undefined }]), RangeError);
    await assert.rejects(store.record('../c', 't', []), RangeError);
    assert.deepEqual(await readdir(folder), []);
    const blocked = createCheckpoints(fileURLToPath(import.meta.url), { maxBytes });
    const change = { path: 'a', before: bytes('b'), after: undefined };
    await assert.rejects(blocked.record('c', 't', [change]), { name: 'StoreFailure' });
    assert.deepEqual(await blocked.turns('c'), []);
  });

  it('keep what was recorded when the window is killed', async () => {
    const folder = await newFolder();
    const module = new URL('../../../extension/node/history/checkpoints.ts', import.meta.url).href;
    for (let kill = 0; kill < 5; kill++) {
      const already = (await createCheckpoints(folder, { maxBytes }).turns('c')).length;
      const program = `
        const { createCheckpoints } = await import(${JSON.stringify(module)});
        const store = createCheckpoints(${JSON.stringify(folder)}, { maxBytes: 1e9 });
        for (let nth = ${already}; ; nth++) {
          const [before, after] = [nth, nth + 1].map((at) => new TextEncoder().encode(String(at).repeat(20_000)));
          await store.record('c', String(nth), [{ path: 'a', before, after }]);
          console.log(nth);
        }
      `;
      const recording = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      recording.stdout.on('data', (data: Buffer) => {
        output += data.toString();
      });
      await once(recording.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, kill * 7));
      recording.kill('SIGKILL');
      await once(recording, 'close');
      const store = createCheckpoints(folder, { maxBytes: 1e9 });
      const turns = await store.turns('c');
      const last = Number(output.trimEnd().split('\n').at(-1));
      assert.ok(turns.length > last);
      assert.ok(turns.every(({ turn, canRestore }, at) => canRestore && turn === String(at)));
      const present = bytes(String(turns.length).repeat(20_000));
      const [step] = await store.restorePlan('c', String(last), async () => present);
      assert.ok(step?.action === 'write' && text(step.bytes) === String(last).repeat(20_000));
    }
  });
});
