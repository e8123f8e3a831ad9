import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatMessage, ChatRequest } from '../../../extension/core/backend/backend.ts';
import { createLastTalk } from '../../../extension/core/conversation/lastTalk.ts';
import type { TurnEvent } from '../../../extension/core/conversation/turn.ts';

const request: ChatRequest = {
  rules: 'R',
  messages: [{ role: 'user', content: 'Q' }],
  question: 'Q',
  maxTokens: 10,
  thinking: false,
};

const answer: readonly TurnEvent[] = [
  { type: 'text', text: 'An ' },
  { type: 'text', text: 'answer' },
  { type: 'usage', usage: { promptTokens: 100, completionTokens: 2 } },
  { type: 'finish', reason: 'stop' },
];

async function* stream(events: readonly TurnEvent[]): AsyncGenerator<TurnEvent> {
  yield* events;
}

describe('the conversation that a user goes on with', () => {
  it('is the last one, with its answer and its tokens', async () => {
    const talk = createLastTalk();
    assert.deepEqual(await Array.fromAsync(talk.listen(request, stream(answer))), answer);
    assert.equal(talk.current?.tokens, 102);
    assert.deepEqual(talk.current?.conversation.messages, [
      { role: 'user', content: 'Q' },
      { role: 'assistant', content: 'An answer' },
    ]);
  });

  it('has what tools were called and what they found', async () => {
    const talk = createLastTalk();
    const messages: ChatMessage[] = [
      { role: 'assistant', content: '', calls: [{ id: 'a', name: 'search', arguments: '{"text":"x"}' }] },
      { role: 'tool', callId: 'a', name: 'search', content: 'Nothing was found.' },
      { role: 'assistant', content: 'An answer' },
    ];
    for await (const _ of talk.listen(request, stream([...answer, { type: 'exchange', messages }])));
    assert.deepEqual(talk.current?.conversation.messages.slice(1), messages);
  });

  it('has the pack that was made in its turn', async () => {
    const talk = createLastTalk();
    const pack = { budget: 1, tokens: 1, encoding: 'cl100k_base', files: [], omitted: [], text: 'P' };
    for await (const _ of talk.listen(request, stream([{ type: 'packed', pack }, ...answer])));
    assert.equal(talk.current?.conversation.pack, pack);
  });

  it('is over when it was left alone, or the server is another', async () => {
    let now = 0;
    const talk = createLastTalk(() => now);
    for await (const _ of talk.listen(request, stream(answer)));
    now = 599_000;
    assert.ok(talk.current);
    now = 601_000;
    assert.equal(talk.current, undefined);
    for await (const _ of talk.listen(request, stream(answer)));
    talk.forget();
    assert.equal(talk.current, undefined);
  });

  it('is none where the turn failed, was stopped, or tells no tokens', async () => {
    const talk = createLastTalk();
    async function* failing(): AsyncGenerator<TurnEvent> {
      yield* answer.slice(0, 3);
      throw new Error('gone');
    }
    await assert.rejects(Array.fromAsync(talk.listen(request, failing())));
    for await (const _ of talk.listen(request, stream(answer))) break;
    for await (const _ of talk.listen(request, stream(answer.slice(0, 2))));
    assert.equal(talk.current, undefined);
  });
});
