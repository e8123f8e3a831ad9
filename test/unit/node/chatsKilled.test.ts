import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createChatStore } from '../../../extension/node/history/chatStore.ts';
import { asStoreFailure } from '../../../extension/node/history/storeErrors.ts';
import { must, newFolder, random, said } from './chatsSupport.ts';

const storeModule = new URL('../../../extension/node/history/chatStore.ts', import.meta.url).href;

/** Runs a program in a process of its own, with the store's module imported; `limit` is a shell's word before it. */
function child(code: string, limit = '') {
  const program = `const { createChatStore } = await import(${JSON.stringify(storeModule)});\n${code}`;
  const words = [process.execPath, '--input-type=module', '-e', program];
  const [command = '', ...args] = limit ? ['sh', '-c', `${limit}; exec "$@"`, 'sh', ...words] : words;
  return spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Streams numbers into one turn after the other, says which turns are safe, and goes on until it is killed. */
const streaming = (folder: string, id: string | undefined) => `
  const store = createChatStore(${JSON.stringify(folder)});
  const { chat, writer } = ${id ? `await store.open(${JSON.stringify(id)})` : `await store.create({ kind: 'chat' })`};
  if (!writer) throw new Error('in use');
  console.log('id ' + chat.id);
  const turn = { role: 'assistant', text: '', reasoning: '', status: 'streaming', attached: [], citations: [] };
  for (let nth = chat.turns.length; ; nth++) {
    let text = '';
    const own = { ...turn, id: String(nth) };
    writer.put({ turn: own, attachments: [] });
    for (let piece = 0; piece < 30; piece++) {
      text += piece + ' ';
      writer.append(own.id, 'text', piece + ' ');
      if (piece % 10 === 9) await writer.flush(), console.log('text ' + nth + ' ' + piece);
    }
    writer.put({ turn: { ...own, text: text + 'x'.repeat(nth % 3 * 100_000), status: 'done' }, attachments: [] });
    await writer.flush();
    console.log('turn ' + nth);
  }
`;

describe('a window that is killed', { concurrency: true }, () => {
  const whole = Array.from({ length: 30 }, (_, piece) => `${piece} `).join('');

  for (const lane of [1, 2, 3, 4]) {
    it(`loses nothing that was flushed, and the next goes on (${lane})`, async () => {
      const folder = await newFolder();
      const next = random(lane);
      let id: string | undefined;
      for (let kill = 0; kill < 5; kill++) {
        const writing = child(streaming(folder, id));
        let output = '';
        writing.stdout.on('data', (data: Buffer) => {
          output += data.toString();
        });
        // From its first word on, so that how long it takes to start is no matter.
        await once(writing.stdout, 'data');
        await new Promise((resolve) => setTimeout(resolve, next() * 60));
        writing.kill('SIGKILL');
        await once(writing, 'close');
        id ??= /^id (\S+)/.exec(output)?.[1];
        const { turns } = must(await createChatStore(folder).read(must(id)));
        const words = output.split('\n').map((each) => each.split(' '));
        const safe = words.filter(([what]) => what === 'turn').map(([, nth]) => Number(nth));
        for (const nth of safe) {
          assert.equal(turns[nth]?.turn.status, 'done');
          assert.equal(turns[nth]?.turn.text, whole + 'x'.repeat((nth % 3) * 100_000));
        }
        const [, nth = '', piece = ''] = words.findLast(([what]) => what === 'text') ?? [];
        if (nth) assert.ok(turns[Number(nth)]?.turn.text.includes(`${piece} `), `${nth} ${piece}`);
        for (const [at, { turn }] of turns.entries()) {
          assert.equal(turn.id, String(at));
          assert.ok(turn.status === 'done' || whole.startsWith(turn.text), 'without holes, and nothing twice');
        }
      }
    });
  }
});

describe('a disk without room', () => {
  it('fails clearly, and what could not be written is written once there is room', {
    skip: process.platform === 'win32',
  }, async () => {
    const folder = await newFolder();
    const writing = child(
      `
      const failures = [];
      const store = createChatStore(${JSON.stringify(folder)}, ({ kind }) => failures.push(kind));
      const { chat, writer } = await store.create({ kind: 'chat' });
      const turn = { id: 'a', role: 'assistant', text: '', reasoning: '', status: 'streaming', attached: [], citations: [] };
      writer.put({ turn, attachments: [] });
      await writer.flush();
      writer.title('kept');
      writer.append('a', 'text', '1');
      // The first record still fits, and must not be there when the second does not.
      writer.append('a', 'reasoning', 'x'.repeat(100_000));
      const failure = await writer.flush().catch(({ kind }) => kind);
      const b = { ...turn, id: 'b', status: 'done', text: 'x'.repeat(100_000) };
      writer.put({ turn: b, attachments: [] });
      await writer.flush().catch(() => {});
      writer.put({ turn: { ...b, text: 'short' }, attachments: [] });
      await writer.flush().catch(() => {});
      writer.put({ turn: { ...turn, status: 'done', text: '1' }, attachments: [] });
      await writer.close();
      console.log(JSON.stringify({ id: chat.id, failure, failures }));
      process.exit();
    `,
      "trap '' XFSZ; ulimit -f 8",
    );
    let output = '';
    writing.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    await once(writing, 'close');
    const { id, ...failed } = JSON.parse(output);
    assert.deepEqual(failed, { failure: 'full', failures: ['full'] });
    const { title, turns } = must(await createChatStore(folder).read(id));
    assert.deepEqual([title, turns], ['kept', [said('a', { text: '1' }), said('b', { text: 'short' })]]);
    const lines = (await readFile(join(folder, `${id}.jsonl`), 'utf8')).trimEnd().split('\n');
    assert.deepEqual(
      lines.map((each) => JSON.parse(each).type),
      [undefined, 'turn', 'title', 'turn', 'turn'],
    );
  });

  it('is told from a lack of rights and from what was deleted', async () => {
    const kindOf = (code: string) => asStoreFailure(Object.assign(new Error(code), { code })).kind;
    assert.deepEqual(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EIO'].map(kindOf), [
      'full',
      'full',
      'denied',
      'denied',
      'denied',
      'gone',
      'broken',
    ]);
    const blocked = createChatStore(fileURLToPath(import.meta.url));
    await assert.rejects(blocked.create({ kind: 'chat', root: undefined }), { name: 'StoreFailure' });
    await assert.rejects(blocked.list(), { name: 'StoreFailure' });
    assert.equal(await blocked.read('c'), undefined);
  });
});
