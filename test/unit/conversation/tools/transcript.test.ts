import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatMessage } from '../../../../extension/core/backend/backend.ts';
import type { TurnEvent } from '../../../../extension/core/conversation/turn.ts';
import { createAnswering } from '../../../../extension/editor/chat/answering.ts';
import { createTranscript, type Said } from '../../../../extension/editor/chat/transcript.ts';
import { createChatStore } from '../../../../extension/node/history/chatStore.ts';
import type { ToolUse, TurnView } from '../../../../extension/protocol/chat.ts';
import { must, newFolder } from '../../node/chatsSupport.ts';

const blank = { reasoning: '', text: '', attached: [], citations: [] } as const;
const question: TurnView = { ...blank, id: 'q', role: 'user', status: 'done', text: 'Where?' };
const empty: TurnView = { ...blank, id: 'a', role: 'assistant', status: 'waiting' };

const use = (id: string, more: Partial<ToolUse> = {}): ToolUse => ({
  id,
  name: 'read_file',
  arguments: '{"path":"a.ts"}',
  state: 'running',
  ...more,
});
const done = (id: string) => use(id, { state: 'done', result: 'found', tokens: 12 });
const usage: TurnEvent = { type: 'usage', usage: { promptTokens: 1_000, completionTokens: 10, cachedTokens: 400 } };
const round: ChatMessage[] = [
  {
    role: 'assistant',
    content: 'Let me see.',
    reasoning: 'hm',
    calls: [{ id: 'c1', name: 'read_file', arguments: '{"path":"a.ts"}' }],
  },
  { role: 'tool', callId: 'c1', name: 'read_file', content: 'found, all of it' },
];
const whole: ChatMessage[] = [...round, { role: 'assistant', content: 'In a.ts.', reasoning: 'yes' }];

/** A turn whose first round calls a tool; the second answers. */
const events: TurnEvent[] = [
  { type: 'reasoning', text: 'hm' },
  { type: 'text', text: 'Let me see.' },
  usage,
  { type: 'tool', use: use('c1') },
  { type: 'tool', use: done('c1') },
  { type: 'exchange', messages: round },
  { type: 'reasoning', text: 'yes' },
  { type: 'text', text: 'In a.ts.' },
  usage,
  { type: 'exchange', messages: whole },
  { type: 'finish', reason: 'stop' },
];

function play(some: readonly TurnEvent[], end: TurnView['status'] = 'done') {
  const put: Said[] = [];
  const transcript = createTranscript([], { put: (said) => put.push(said), append: () => {}, cut: () => {} });
  transcript.put(question);
  let turn = transcript.put(empty);
  const take = createAnswering(transcript);
  const states: (readonly [string, string | undefined])[] = [];
  for (const event of some) {
    turn = take(turn, event);
    if (event.type === 'tool') states.push([turn.status, turn.waitsFor]);
  }
  turn = transcript.put({ ...turn, status: end });
  return { transcript, turn, put, states };
}

describe('an answer with tools', () => {
  it('shows each call where it was made, and what all requests took together', () => {
    const { turn, states } = play(events);
    assert.equal(turn.text, 'Let me see.\n\nIn a.ts.');
    assert.equal(turn.reasoning, 'hm\n\nyes');
    assert.deepEqual(turn.tools, [{ ...done('c1'), after: 'Let me see.\n\n'.length }]);
    assert.match(turn.note ?? '', /^2,000 tokens in, 20 out, 800 from cache$/);
    assert.equal(states[0]?.[0], 'waiting');
    assert.match(states[0]?.[1] ?? '', /tool is at work/);
    assert.equal(states[1]?.[1], undefined);
  });

  it('goes into later prompts with its calls and their whole results', () => {
    const { transcript } = play(events);
    assert.deepEqual(transcript.messages(), [{ role: 'user', content: 'Where?' }, ...whole]);
  });

  it('that was stopped after a tool ends with what was said by then', () => {
    const { transcript, turn } = play([...events.slice(0, 6), { type: 'text', text: 'It may' }], 'stopped');
    assert.equal(turn.text, 'Let me see.\n\nIt may');
    assert.deepEqual(transcript.messages(), [
      { role: 'user', content: 'Where?' },
      ...round,
      { role: 'assistant', content: 'It may' },
    ]);
  });

  it('takes back the text of its own round only', () => {
    const { turn } = play([
      ...events.slice(0, 6),
      { type: 'text', text: 'I think' },
      { type: 'take-back' },
      { type: 'text', text: 'Here.' },
    ]);
    assert.equal(turn.text, 'Let me see.\n\nHere.');
    assert.equal(turn.reasoning, 'hm\n\nI think');
  });

  it('is kept, with the tools that the chat began with, and exported', async () => {
    const store = createChatStore(await newFolder());
    const { chat, writer } = await store.create({ kind: 'chat', root: undefined, tools: true });
    const { put } = play(events);
    for (const said of put) writer.put(said);
    await writer.close();
    const opened = must(await store.open(chat.id));
    assert.equal(opened.chat.tools, true);
    const [, answer] = opened.chat.turns;
    assert.equal(answer?.turn.tools?.[0]?.result, 'found');
    assert.deepEqual(answer?.exchange, whole);
    const again = createTranscript(opened.chat.turns, { put: () => {}, append: () => {}, cut: () => {} });
    assert.deepEqual(again.messages(), [{ role: 'user', content: 'Where?' }, ...whole]);
    assert.match(
      must(await store.exportMarkdown(chat.id)),
      /<details>\n<summary>Tools<\/summary>\n\n```text\nread_file \{"path":"a\.ts"\} \(done\)\nfound\n```\n\n<\/details>\n\nLet me see\./,
    );
    await opened.writer?.close();
    const copied = must(await store.copy(chat.id));
    assert.equal(copied.chat.tools, true);
    await store.dispose();
    const plain = createChatStore(await newFolder());
    assert.equal((await plain.create({ kind: 'chat', root: undefined, tools: false })).chat.tools, undefined);
    await plain.dispose();
  });

  it('goes without what was kept in another form', async () => {
    const { readExchange, readTurn } = await import('../../../../extension/core/conversation/history/turnGuard.ts');
    assert.equal(readExchange([{ role: 'tool', content: 'x' }]), undefined);
    assert.equal(readExchange([{ role: 'system', content: 'x' }]), undefined);
    assert.equal(readExchange([]), undefined);
    assert.deepEqual(readExchange(whole), whole);
    const odd = { ...empty, status: 'done', tools: [{ id: 1 }] };
    assert.equal(readTurn(odd)?.tools, undefined);
  });
});

describe('an answer whose edits go back to the model', () => {
  const begin = () => {
    const transcript = createTranscript([], { put: () => {}, append: () => {}, cut: () => {} });
    return { transcript, turn: { ...transcript.put(empty), note: 'packed' } as TurnView };
  };

  it('tells what all its requests took together, once, and what became of each', () => {
    const { transcript, turn: begun } = begin();
    let turn = begun;
    const ask = (...said: TurnEvent[]) => {
      const take = createAnswering(transcript);
      for (const event of said) turn = take(turn, event);
    };
    ask(usage, { type: 'finish', reason: 'length' });
    ask(usage, { type: 'moved', why: 'It is down.', label: 'another' });
    ask(usage, { type: 'finish', reason: 'stop' });
    assert.equal(
      turn.note,
      'packed · 3,000 tokens in, 30 out, 1,200 from cache · cut off at the length limit · It is down. Answered by another.',
    );
  });

  it('goes on with the sum after the window was closed between a plan and its edits', async () => {
    const { readTurn } = await import('../../../../extension/core/conversation/history/turnGuard.ts');
    const { transcript, turn } = begin();
    const planned = createAnswering(transcript)(turn, usage);
    const again = must(readTurn(JSON.parse(JSON.stringify({ ...planned, status: 'done' }))));
    const written = createAnswering(transcript)(again, usage);
    assert.equal(written.note, 'packed · 2,000 tokens in, 20 out, 800 from cache');
    assert.equal(readTurn({ ...planned, status: 'done', usage: { promptTokens: 'many' } })?.usage, undefined);
  });

  it('keeps what was written before where the last request takes its own text back', () => {
    const { transcript, turn: begun } = begin();
    const first = createAnswering(transcript)(begun, { type: 'text', text: 'The edits.\n\n' });
    const take = createAnswering(transcript);
    const thought = take(take(first, { type: 'text', text: 'Hm, so' }), { type: 'take-back' });
    assert.deepEqual([thought.text, thought.reasoning], ['The edits.\n\n', 'Hm, so']);
    assert.equal(take(thought, { type: 'text', text: 'Mended.' }).text, 'The edits.\n\nMended.');
  });
});
