import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { SavedTurn } from '../../../extension/core/conversation/history/chatStore.ts';
import { createChatStore } from '../../../extension/node/history/chatStore.ts';
import { converse, must, newFolder, said, turnOf } from './chatsSupport.ts';

const texts = (turns: readonly SavedTurn[]) => turns.map(({ turn: { id, text } }) => `${id}:${text}`);

describe('the history of chats', () => {
  it('gives back what was said, with what went along with it, in another session', async () => {
    const folder = await newFolder();
    const store = createChatStore(folder);
    const { chat, writer } = await store.create({ kind: 'edit', root: '/home/me/shop' });
    const attachment = { path: 'a.ts', languageId: 'typescript', text: 'const 价 = 1;', lines: [1, 1] } as const;
    const proposal = {
      id: 'a',
      decision: 'partly',
      files: [
        {
          path: 'a.ts',
          kind: 'change',
          added: 1,
          removed: 1,
          decision: 'partly',
          hunks: [{ decision: 'accepted', line: 1, lines: ['-a', '+b'] }],
          problems: [],
        },
      ],
      refused: [{ path: 'b.ts', reason: 'there is no such file' }],
    } as const;
    writer.put({
      turn: turnOf('u', { role: 'user', text: 'why?\nand how?', attached: ['a.ts:1-1'] }),
      attachments: [attachment],
    });
    writer.put(said('a', { status: 'streaming' }));
    writer.append('a', 'reasoning', 'Hm');
    writer.append('a', 'reasoning', 'm.');
    writer.append('a', 'text', 'So ');
    writer.append('a', 'text', '是。');
    writer.put(said('a', { text: 'So 是。', reasoning: 'Hmm.', reasoningTime: 12, proposal }));
    await writer.close();
    const again = must(await createChatStore(folder).open(chat.id));
    assert.deepEqual(again.chat, {
      ...chat,
      title: 'why? and how?',
      turns: [
        {
          turn: turnOf('u', { role: 'user', text: 'why?\nand how?', attached: ['a.ts:1-1'] }),
          attachments: [attachment],
        },
        said('a', { text: 'So 是。', reasoning: 'Hmm.', reasoningTime: 12, proposal }),
      ],
    });
    await must(again.writer).close();
    assert.deepEqual(await readdir(folder), [`${chat.id}.jsonl`]);
  });

  it('leaves behind what the user went another way from', async () => {
    const store = createChatStore(await newFolder());
    const { chat, writer } = await store.create({ kind: 'chat', root: undefined });
    for (const id of ['u1', 'a1', 'u2', 'a2']) writer.put(said(id, { text: id }));
    writer.cut('u2');
    writer.cut('unknown');
    writer.put(said('u3', { text: 'u3' }));
    assert.deepEqual(texts(must(await store.read(chat.id)).turns), ['u1:u1', 'a1:a1', 'u3:u3']);
    writer.cut('u1');
    assert.deepEqual(must(await store.read(chat.id)).turns, []);
    await store.dispose();
  });

  it('calls a turn stopped whose window ended before it, and keeps what was streamed', async () => {
    const store = createChatStore(await newFolder());
    const { chat, writer } = await store.create({ kind: 'ask', root: '/r' });
    writer.put(said('u', { role: 'user', text: 'why?' }));
    writer.put(said('a', { status: 'streaming', waitsFor: 'the server' }));
    writer.append('a', 'text', 'Beca');
    assert.deepEqual(must(await store.read(chat.id)).turns[1], said('a', { status: 'stopped', text: 'Beca' }));
    await store.dispose();
  });

  it('writes streamed text once a second, and all of it when the answer ends', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const folder = await newFolder();
    const store = createChatStore(folder);
    const { chat, writer } = await store.create({ kind: 'chat', root: undefined });
    const lines = async () => (await readFile(join(folder, `${chat.id}.jsonl`), 'utf8')).trimEnd().split('\n');
    writer.put(said('a', { status: 'streaming' }));
    for (let i = 0; i < 100; i++) writer.append('a', 'text', 'x');
    t.mock.timers.tick(999);
    assert.equal((await lines()).length, 1);
    t.mock.timers.tick(1);
    await writer.flush();
    assert.equal((await lines()).length, 3);
    for (let i = 0; i < 100; i++) writer.append('a', 'text', 'y');
    writer.put(said('a', { text: 'all' }));
    await writer.flush();
    // The text that was still to come stands in the turn as it ended.
    assert.equal((await lines()).length, 4);
    assert.deepEqual(texts(must(await store.read(chat.id)).turns), ['a:all']);
    await store.dispose();
  });

  it('lists chats, the one that was written to last first, with or without its index', async () => {
    const folder = await newFolder();
    const store = createChatStore(folder);
    assert.deepEqual(await store.list(), []);
    const ids: string[] = [];
    for (const at of [1, 2, 3]) {
      const { chat, writer } = await store.create({ kind: 'ask', root: '/r' });
      await converse(writer, `question ${at}`, 'answer');
      await writer.close();
      await utimes(join(folder, `${chat.id}.jsonl`), at, at);
      ids.unshift(chat.id);
    }
    const listed = await store.list();
    assert.deepEqual(
      listed.map(({ id }) => id),
      ids,
    );
    const { created } = must(await store.read(must(ids[0])));
    assert.deepEqual(listed[0], { id: ids[0], kind: 'ask', title: 'question 3', created, changed: 3_000, turns: 2 });
    for (const damage of ['', '{"format":1,"entries":{"x":3', '{"format":1,"entries":{"x":{}}}', 'null']) {
      await writeFile(join(folder, 'index.json'), damage);
      assert.deepEqual(await createChatStore(folder).list(), listed);
    }
    await store.rename(must(ids[2]), '  My\n title ');
    assert.deepEqual(await createChatStore(folder).list(), await store.list());
    assert.equal((await store.list())[0]?.title, 'My title');
    await store.remove(must(ids[1]));
    assert.deepEqual(
      (await store.list()).map(({ id }) => id),
      [ids[2], ids[0]],
    );
    assert.deepEqual((await readdir(folder)).sort(), [`${ids[0]}.jsonl`, `${ids[2]}.jsonl`, 'index.json'].sort());
  });

  it('lists a thousand chats, and reads none again that is as it was', async () => {
    const folder = await newFolder();
    const header = (id: string) => JSON.stringify({ glmCoderChat: 1, id, kind: 'chat', created: 1 });
    for (let at = 0; at < 1_000; at++) {
      const record = { type: 'turn', turn: turnOf('u', { role: 'user', text: `chat ${at}` }) };
      await writeFile(join(folder, `c${at}.jsonl`), `${header(`c${at}`)}\n${JSON.stringify(record)}\n`);
    }
    const first = await createChatStore(folder).list();
    assert.equal(first.length, 1_000);
    assert.equal(new Set(first.map(({ title }) => title)).size, 1_000);
    // The same size and time stand for the same content, so this change goes unseen.
    const file = join(folder, 'c7.jsonl');
    const { atime, mtime } = await stat(file);
    await utimes(file, atime, mtime);
    await createChatStore(folder).list();
    const content = await readFile(file, 'utf8');
    await writeFile(file, content.replace('chat 7', 'chat x'));
    await utimes(file, atime, mtime);
    const titled = (await createChatStore(folder).list()).find(({ id }) => id === 'c7');
    assert.equal(titled?.title, 'chat 7');
    await appendFile(file, '{"type":"title","title":"new"}\n');
    assert.equal((await createChatStore(folder).list()).find(({ id }) => id === 'c7')?.title, 'new');
  });

  it('writes a file anew that has grown far beyond what it holds, and nothing but that', async () => {
    const folder = await newFolder();
    const store = createChatStore(folder);
    const { chat, writer } = await store.create({ kind: 'chat', root: '/r' });
    writer.title('kept');
    writer.put({
      turn: turnOf('u', { role: 'user' }),
      attachments: [{ path: 'a', languageId: 'b', text: 'c' }],
    });
    for (let at = 0; at < 60; at++) {
      writer.put(said('a', { status: 'done', text: `${at} ${'x'.repeat(4_000)}` }));
      await writer.flush();
    }
    await writer.close();
    const file = join(folder, `${chat.id}.jsonl`);
    const before = await stat(file);
    const read = must(await store.read(chat.id));
    const { chat: opened, writer: next } = must(await createChatStore(folder).open(chat.id));
    const afterwards = await stat(file);
    assert.ok(before.size > 200_000 && afterwards.size < 10_000);
    assert.equal(Math.round(afterwards.mtimeMs), Math.round(before.mtimeMs));
    assert.deepEqual(opened, read);
    must(next).put(said('b', { text: 'more' }));
    await must(next).close();
    assert.deepEqual(must(await store.read(chat.id)), { ...read, turns: [...read.turns, said('b', { text: 'more' })] });
    assert.deepEqual((await readdir(folder)).sort(), [`${chat.id}.jsonl`]);
  });

  it('knows no chats with names that lead elsewhere, and touches nothing outside', async () => {
    const folder = await newFolder();
    const outside = join(folder, '..', 'outside.jsonl');
    await writeFile(outside, 'mine');
    await mkdir(join(folder, 'sub.jsonl'));
    const store = createChatStore(folder);
    for (const id of ['../outside', '', '.', 'a/b', 'none', 'sub']) {
      assert.equal(await store.read(id), undefined);
      assert.equal(await store.open(id), undefined);
      assert.equal(await store.copy(id), undefined);
    }
    await assert.rejects(store.remove('../outside'), { name: 'StoreFailure', kind: 'gone' });
    await assert.rejects(store.rename('none', 'x'), { name: 'StoreFailure', kind: 'gone' });
    await store.remove('none');
    assert.equal(await readFile(outside, 'utf8'), 'mine');
    assert.deepEqual(await store.list(), []);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.includes('lock')),
      [],
    );
  });
});
