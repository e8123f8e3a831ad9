import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type ChatRecord, foldRecords } from '../../../extension/core/conversation/history/chatRecords.ts';
import type { SavedTurn } from '../../../extension/core/conversation/history/chatStore.ts';
import { createChatStore } from '../../../extension/node/history/chatStore.ts';
import { createPendingRecords } from '../../../extension/node/history/pendingRecords.ts';
import type { TurnView } from '../../../extension/protocol/chat.ts';
import { must, newFolder, random, said } from './chatsSupport.ts';

const spoken = (id: string, text: string, status: TurnView['status'] = 'done') => said(id, { text, status });
const line = (id: string, text: string) => JSON.stringify({ type: 'turn', turn: spoken(id, text).turn });
const header = JSON.stringify({ glmCoderChat: 1, id: 'c', kind: 'ask', root: '/r', created: 5 });

describe('damaged chats', () => {
  it('lose no more than the last record where it was cut at any byte, and go on', async () => {
    const folder = await newFolder();
    const file = join(folder, 'c.jsonl');
    const store = createChatStore(folder);
    const whole = Buffer.from(`${header}\n${line('a', 'first')}\n`);
    const last = Buffer.from(`${line('b', 'zweites «二» 😀')}\n`);
    for (let cut = 0; cut <= last.length; cut++) {
      await writeFile(file, Buffer.concat([whole, last.subarray(0, cut)]));
      const kept = [spoken('a', 'first'), ...(cut >= last.length - 1 ? [spoken('b', 'zweites «二» 😀')] : [])];
      const { chat, writer } = must(await store.open('c'));
      assert.deepEqual(chat.turns, kept, `cut at ${cut}`);
      must(writer).put(spoken('n', 'next'));
      await must(writer).close();
      assert.deepEqual(must(await store.read('c')).turns, [...kept, spoken('n', 'next')], `cut at ${cut}`);
    }
  });

  it('lose only the damaged line in their middle, whatever it holds', async () => {
    const folder = await newFolder();
    const file = join(folder, 'c.jsonl');
    const store = createChatStore(folder);
    const damage = [
      '',
      '\0\0\0\0',
      '{"type":"turn","turn":{"id":"x"',
      '[]',
      'null',
      '3',
      '{"type":"from the future","turn":{}}',
      '{"type":"turn","turn":{"id":"x","role":"god"}}',
      '{"type":"turn"}',
      '{"type":"append","id":"gone","to":"text","text":"y"}',
      '{"type":"append","id":"a","to":"__proto__","text":"y"}',
      '{"type":"append","id":"a","to":"text"}',
      '{"type":"branch","from":"gone"}',
      '{"type":"branch"}',
      '{"type":"title","title":7}',
      Buffer.from([0xff, 0xfe, 0x80]).toString('latin1'),
      '}'.repeat(10_000),
    ];
    for (const bad of damage) {
      const bytes = Buffer.concat([
        Buffer.from(`${header}\n${line('a', 'A')}\n`),
        Buffer.from(bad, 'latin1'),
        Buffer.from(`\n${line('b', 'B')}\n`),
      ]);
      await writeFile(file, bytes);
      const chat = must(await store.read('c'));
      assert.deepEqual(
        [chat.kind, chat.root, chat.created, chat.turns],
        ['ask', '/r', 5, [spoken('a', 'A'), spoken('b', 'B')]],
      );
    }
  });

  it('keep a turn without such parts as are in another form', async () => {
    const folder = await newFolder();
    const odd = {
      ...spoken('a', 'A').turn,
      proposal: { id: 'a', files: [{}] },
      error: 'bad',
      note: 'kept',
      colour: 'red',
    };
    await writeFile(
      join(folder, 'c.jsonl'),
      `${header}\n${JSON.stringify({ type: 'turn', turn: odd, attachments: [1] })}\n`,
    );
    const [first] = must(await createChatStore(folder).read('c')).turns;
    assert.deepEqual(first, { turn: { ...spoken('a', 'A').turn, note: 'kept', colour: 'red' }, attachments: [] });
  });

  it('are still chats without their header, unless nothing of them is left', async () => {
    const folder = await newFolder();
    const store = createChatStore(folder);
    await writeFile(join(folder, 'c.jsonl'), `{"glmCo\n${line('a', 'A')}\n`);
    await writeFile(join(folder, 'empty.jsonl'), '');
    await writeFile(join(folder, 'noise.jsonl'), '\0\0\n\0');
    const future = `${JSON.stringify({ glmCoderChat: 2, who: 'knows' })}\n${line('a', 'A')}\n`;
    await writeFile(join(folder, 'future.jsonl'), future);
    assert.deepEqual(
      (await store.list()).map(({ id, kind, turns }) => [id, kind, turns]),
      [['c', 'chat', 1]],
    );
    assert.equal(await store.open('future'), undefined);
    assert.equal(await readFile(join(folder, 'future.jsonl'), 'utf8'), future);
    const { writer } = must(await store.open('c'));
    must(writer).put(spoken('b', 'B'));
    await must(writer).close();
    assert.deepEqual(must(await store.read('c')).turns, [spoken('a', 'A'), spoken('b', 'B')]);
  });

  it('come to what was done to them, in any order of doing', async () => {
    for (let seed = 1; seed <= 15; seed++) {
      const next = random(seed);
      const pick = (most: number) => Math.floor(next() * most);
      const folder = await newFolder();
      let store = createChatStore(folder);
      const { chat, writer: first } = await store.create({ kind: 'chat', root: undefined });
      let writer = first;
      let expected: SavedTurn[] = [];
      for (let step = 0; step < 60; step++) {
        const at = pick(expected.length + 1);
        const { turn } = expected[at] ?? spoken(`t${step}`, '');
        switch (pick(7)) {
          case 0:
          case 1: {
            const put = spoken(turn.id, `${step}`, pick(2) ? 'streaming' : 'done');
            expected[at] = put;
            writer.put(put);
            break;
          }
          case 2:
          case 3:
          case 4: {
            const text = '中'.repeat(pick(4));
            if (expected[at]) expected[at] = { turn: { ...turn, text: turn.text + text }, attachments: [] };
            writer.append(turn.id, 'text', text);
            break;
          }
          case 5:
            if (pick(4) === 0 && at < expected.length) {
              expected = expected.slice(0, at);
              writer.cut(turn.id);
            }
            break;
          default:
            if (pick(2)) {
              await writer.flush();
            } else {
              await writer.close();
              store = createChatStore(folder);
              writer = must(must(await store.open(chat.id)).writer);
            }
        }
      }
      await writer.close();
      const stopped = expected.map(({ turn }) =>
        turn.status === 'done' ? spoken(turn.id, turn.text) : spoken(turn.id, turn.text, 'stopped'),
      );
      assert.deepEqual(must(await store.read(chat.id)).turns, stopped, `seed ${seed}`);
    }
  });
});

describe('records that wait', () => {
  it('come to the same as all of them would, however often they could not be written', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const next = random(seed);
      const pick = (most: number) => Math.floor(next() * most);
      const pending = createPendingRecords();
      const [all, written]: [ChatRecord[], ChatRecord[]] = [[], []];
      for (let step = 0; step < 25; step++) {
        const id = `t${pick(3)}`;
        const to = pick(2) ? 'text' : 'reasoning';
        const choices: ChatRecord[] = [
          { type: 'turn', ...spoken(id, `${step}`) },
          { type: 'append', id, to, text: `+${step}` },
          { type: 'append', id, to, text: `+${step}` },
          { type: 'branch', from: id },
          { type: 'title', title: `${step}` },
        ];
        const record = must(choices[pick(choices.length)]);
        all.push(record);
        pending.add(record);
        if (pick(5) > 0) continue;
        const taken = pending.take();
        // More may come while it is tried.
        all.push(must(choices[1]));
        pending.add(must(choices[1]));
        if (pick(2)) pending.giveBack(taken);
        else written.push(...taken);
      }
      written.push(...pending.take());
      assert.ok(pending.isEmpty);
      assert.deepEqual(foldRecords(written), foldRecords(all), `seed ${seed}`);
    }
  });
});
