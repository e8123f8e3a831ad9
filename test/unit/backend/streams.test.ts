import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StreamEvent } from '../../../extension/core/backend/backend.ts';
import { BackendError } from '../../../extension/core/backend/backendError.ts';
import { streamEvents } from '../../../extension/core/backend/chatStream.ts';
import { eventData } from '../../../extension/core/backend/eventStream.ts';
import { streamedAnswer } from '../../support/hostedStandin.ts';

const target = { kind: 'hosted', origin: 'https://example.test', model: 'glm-4.7' } as const;

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(items);
}

const body = (text: string, size = 7) => inPieces(new TextEncoder().encode(text), size);
const data = async (text: string, size?: number) => (await collect(eventData(body(text, size)))).flat();
const events = (text: string, size?: number, shape: 'chat' | 'raw' = 'chat') =>
  collect(streamEvents(body(text, size), target, shape));
const textOf = (all: readonly StreamEvent[], type: 'text' | 'reasoning' = 'text') =>
  all.map((event) => (event.type === type ? event.text : '')).join('');

describe('server-sent events', () => {
  it('are the same wherever the bytes are cut, inside UTF-8 sequences too', async () => {
    const text = 'data: {"a":"价格€😀"}\n\ndata: two\n\ndata: [DONE]\n\n';
    for (let size = 1; size <= 24; size++) {
      assert.deepEqual(await data(text, size), ['{"a":"价格€😀"}', 'two'], `cut every ${size}`);
    }
  });

  it('end at [DONE], or with the body where there is none', async () => {
    assert.deepEqual(await data('data: a\n\ndata: [DONE]\n\ndata: b\n\n'), ['a']);
    assert.deepEqual(await data('data: a\r\n\r\ndata: b\r\n\r\n'), ['a', 'b']);
    assert.deepEqual(await data('data: a\n\ndata: cut off'), ['a', 'cut off']);
  });
});

describe('chat streams', () => {
  it('read the documented hosted stream: no object, usage in the last chunk', async () => {
    const wire = streamedAnswer(['Spring', ' 春天'], 'glm-4.6', ['\n', 'let me', ' think']).join('');
    for (const size of [1, 3, 64, 10_000]) {
      const all = await events(wire, size);
      assert.equal(textOf(all), 'Spring 春天');
      assert.equal(textOf(all, 'reasoning'), 'let me think');
      assert.deepEqual(all.slice(-2), [
        { type: 'usage', usage: { promptTokens: 8, completionTokens: 262, cachedTokens: 4 } },
        { type: 'finish', reason: 'stop' },
      ]);
    }
  });

  it('read usage from a chunk of its own, and the other name of reasoning', async () => {
    const all = await events(
      'data: {"choices":[{"delta":{"reasoning":"hm"}}]}\n\ndata: {"choices":[{"delta":{"content":"x"},"finish_reason":"length"}]}\n\n' +
        'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1}}\n\n',
    );
    assert.deepEqual(all, [
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'x' },
      { type: 'usage', usage: { promptTokens: 3, completionTokens: 1 } },
      { type: 'finish', reason: 'length' },
    ]);
  });

  it('sort leaked <think> text into reasoning, however it is cut', async () => {
    const pieces = ['\n', '<th', 'ink>one', ' two</th', 'ink>\n\nanswer <b>', ' end'];
    const wire = pieces.map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`).join('');
    const all = await events(wire);
    assert.equal(textOf(all, 'reasoning'), 'one two');
    assert.equal(textOf(all), 'answer <b> end');
  });

  it('keep every character of a raw completion', async () => {
    const wire =
      'data: {"choices":[{"text":"\\n    <think>return"}]}\n\ndata: {"choices":[{"text":" x","finish_reason":"stop"}]}\n\n';
    assert.equal(textOf(await events(wire, 5, 'raw')), '\n    <think>return x');
  });

  it('say so when the server ends without a reason', async () => {
    const all = await events('data: {"choices":[{"delta":{"content":"half"}}]}\n\n');
    assert.deepEqual(all.at(-1), { type: 'finish', reason: 'aborted_by_server' });
  });

  const failures = [
    ['data: {"error":{"code":"1305","message":"busy"}}\n\n', 'overloaded', true],
    ['data: {"choices":[{"delta":{"content":""},"finish_reason":"sensitive"}]}\n\n', 'moderation', false],
    ['data: {"choices":[{"delta":{},"finish_reason":"content_filter"}]}\n\n', 'moderation', false],
    ['data: {"object":"error","message":"boom","code":500}\n\n', 'server', true],
    ['data: {"error":"out of memory"}\n\n', 'server', true],
    ['data: {"choices":[{"delta":{},"finish_reason":"network_error"}]}\n\n', 'server', true],
    ['data: {"choices":[{"delta":{},"finish_reason":"model_context_window_exceeded"}]}\n\n', 'overflow', false],
    ['data: <html>\n\n', 'not-a-model-server', false],
  ] as const;
  for (const [wire, kind, retryable] of failures) {
    it(`throw ${kind} for ${wire.trim()}`, async () => {
      await assert.rejects(events(wire), (error: unknown) => {
        assert.ok(error instanceof BackendError);
        assert.equal(error.kind, kind);
        assert.equal(error.retryable, retryable);
        return true;
      });
    });
  }
});
