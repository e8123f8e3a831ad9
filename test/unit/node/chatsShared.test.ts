import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { SavedTurn } from '../../../extension/core/conversation/history/chatStore.ts';
import { createChatStore } from '../../../extension/node/history/chatStore.ts';
import { must, newFolder, said } from './chatsSupport.ts';

const spoken = (id: string, text: string): SavedTurn => said(id, { role: 'user', text });

/** Two windows on one folder, the first of which has a chat open. */
async function twoWindows() {
  const folder = await newFolder();
  const failures: string[] = [];
  const one = createChatStore(folder, ({ kind }) => failures.push(kind));
  const other = createChatStore(folder);
  const { chat, writer } = await one.create({ kind: 'ask', root: '/r' });
  writer.put(spoken('a', 'A'));
  await writer.flush();
  const file = join(folder, `${chat.id}.jsonl`);
  return { folder, failures, one, other, id: chat.id, writer, file, lock: join(folder, `${chat.id}.lock`) };
}

describe('two windows on the same chats', () => {
  it('do not write the same chat: the other one reads it, copies it, or waits for it to be closed', async () => {
    const { one, other, id, writer } = await twoWindows();
    const looked = must(await other.open(id));
    assert.equal(looked.writer, undefined);
    assert.deepEqual(looked.chat.turns, [spoken('a', 'A')]);
    await assert.rejects(other.rename(id, 'x'), { kind: 'in use' });
    await assert.rejects(other.remove(id), { kind: 'in use' });
    const copy = must(await other.copy(id));
    must(copy.writer).put(spoken('b', 'B'));
    writer.put(spoken('c', 'C'));
    await must(copy.writer).close();
    await writer.close();
    const { kind, root, turns } = must(await one.read(copy.chat.id));
    assert.deepEqual([kind, root, turns], ['ask', '/r', [spoken('a', 'A'), spoken('b', 'B')]]);
    const opened = must(await other.open(id));
    must(opened.writer).put(spoken('d', 'D'));
    assert.equal(must(await one.open(id)).writer, undefined);
    await other.dispose();
    assert.deepEqual(must(await one.read(id)).turns, [spoken('a', 'A'), spoken('c', 'C'), spoken('d', 'D')]);
    await other.remove(id);
    assert.equal(await one.read(id), undefined);
  });

  it('take over what a dead window left, in one of them', async () => {
    const { folder, one, id, lock } = await twoWindows();
    await one.dispose();
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    for (const holder of [JSON.stringify({ pid: dead, host: hostname(), token: 't' }), '{"pid":']) {
      await writeFile(lock, holder);
      // A name half-written tells nothing but its age.
      if (holder.endsWith(':')) {
        assert.equal(must(await one.open(id)).writer, undefined);
        await utimes(lock, 1, 1);
      }
      const windows = Array.from({ length: 5 }, () => createChatStore(folder));
      const opened = await Promise.all(windows.map((window) => window.open(id)));
      assert.equal(opened.filter((each) => must(each).writer).length, 1);
      await Promise.all(windows.map((window) => window.dispose()));
    }
    assert.deepEqual((await readdir(folder)).sort(), [`${id}.jsonl`]);
  });

  it('know a window that slept from one that is alive, and it writes no more', async () => {
    const { failures, other, id, writer, lock, file } = await twoWindows();
    assert.equal(must(await other.open(id)).writer, undefined);
    await utimes(lock, 1, 1);
    const taken = must(must(await other.open(id)).writer);
    taken.put(spoken('b', 'B'));
    await taken.flush();
    const before = await readFile(file, 'utf8');
    writer.put(spoken('x', 'X'));
    await assert.rejects(writer.flush(), { name: 'StoreFailure', kind: 'in use' });
    writer.put(spoken('y', 'Y'));
    await assert.rejects(writer.close(), { kind: 'in use' });
    assert.deepEqual(failures, ['in use']);
    assert.equal(await readFile(file, 'utf8'), before);
    taken.put(spoken('c', 'C'));
    await taken.close();
    assert.deepEqual(must(await other.read(id)).turns, [spoken('a', 'A'), spoken('b', 'B'), spoken('c', 'C')]);
  });

  it('do not bring back a chat that was deleted under them', async () => {
    const { folder, failures, one, id, writer, file, lock } = await twoWindows();
    await unlink(file);
    writer.put(spoken('b', 'B'));
    await assert.rejects(writer.flush(), { kind: 'gone' });
    await unlink(lock);
    assert.deepEqual(failures, ['gone']);
    await one.dispose();
    assert.deepEqual(await readdir(folder), []);
    assert.equal(await one.read(id), undefined);
  });

  it('open a chat anew that they had open, with nothing of it lost', async () => {
    const { one, id, writer } = await twoWindows();
    writer.put(spoken('b', 'B'));
    void writer.close();
    await one.rename(id, 'new');
    const first = must(await one.open(id));
    must(first.writer).put(spoken('c', 'C'));
    const second = must(await one.open(id));
    must(first.writer).put(spoken('late', 'is not heard'));
    must(second.writer).put(spoken('d', 'D'));
    void must(second.writer).close();
    const third = must(await one.open(id));
    must(third.writer).put(spoken('e', 'E'));
    await one.rename(id, 'newer');
    const { title, turns } = must(await one.read(id));
    assert.deepEqual([title, turns.map(({ turn }) => turn.text)], ['newer', ['A', 'B', 'C', 'D', 'E']]);
    await one.remove(id);
    must(third.writer).put(spoken('f', 'F'));
    assert.equal(await one.read(id), undefined);
    await one.dispose();
  });
});
