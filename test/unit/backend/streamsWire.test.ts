import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StreamEvent } from '../../../extension/core/backend/backend.ts';
import { streamEvents } from '../../../extension/core/backend/chatStream.ts';
import type { Framing } from '../../../extension/core/backend/eventStream.ts';

const target = { kind: 'local', origin: 'http://127.0.0.1:8000', model: 'glm' } as const;

async function* cut(text: string, sizes: () => number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; ) {
    const end = at + sizes();
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** The events with neighbouring texts joined: how a text is divided follows the network. */
async function joined(text: string, sizes: () => number, framing: Framing): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of streamEvents(cut(text, sizes), target, 'chat', framing)) {
    const last = all.at(-1);
    if ((event.type === 'text' || event.type === 'reasoning') && last?.type === event.type)
      all[all.length - 1] = { type: event.type, text: last.text + event.text };
    else all.push(event);
  }
  return all;
}

const text = (value: string): StreamEvent => ({ type: 'text', text: value });
const reasoning = (value: string): StreamEvent => ({ type: 'reasoning', text: value });
const stop: StreamEvent = { type: 'finish', reason: 'stop' };
const usage = (promptTokens: number, completionTokens: number, more: object = {}): StreamEvent => ({
  type: 'usage',
  usage: { promptTokens, completionTokens, ...more },
});

/** Bodies as the servers document or were seen to send them (glm-protocol.md 1.4, 4.1, 4.4). */
const bodies: readonly [name: string, wire: string, expected: StreamEvent[], framing?: Framing][] = [
  [
    'Z.ai, October 2025: no object',
    'data: {"id":"2025","created":1760762344,"model":"glm-4.6","choices":[{"index":0,"delta":{"role":"assistant","content":"\\n"}}]}\n\n' +
      'data: {"id":"2025","created":1760762344,"model":"glm-4.6","choices":[{"index":0,"delta":{"role":"assistant","content":"春天"}}]}\n\n' +
      'data: {"id":"2025","created":1760762344,"model":"glm-4.6","choices":[{"index":0,"finish_reason":"stop","delta":{"role":"assistant","content":""}}],"usage":{"prompt_tokens":8,"completion_tokens":262,"total_tokens":270,"prompt_tokens_details":{"cached_tokens":0}}}\n\ndata: [DONE]\n\n',
    [text('春天'), usage(8, 262, { cachedTokens: 0 }), stop],
  ],
  [
    'Z.ai with reasoning tokens told',
    'data: {"choices":[{"delta":{"reasoning_content":"\\nhm"}}]}\n\n' +
      'data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}],"usage":{"prompt_tokens":8,"completion_tokens":9,"completion_tokens_details":{"reasoning_tokens":5}}}\n\n',
    [reasoning('hm'), text('x'), usage(8, 9, { reasoningTokens: 5 }), stop],
  ],
  [
    'vLLM: reasoning by its new name, usage in a chunk of its own, keep-alive comments, CRLF',
    ': ping\r\n\r\ndata: {"choices":[{"delta":{"role":"assistant","content":null}}]}\r\n\r\n' +
      'data: {"choices":[{"delta":{"reasoning":"so"}}]}\r\n\r\n: ping\r\n\r\ndata: {"choices":[{"delta":{"content":"yes"},"finish_reason":null}]}\r\n\r\n' +
      'data: {"choices":[{"delta":{},"finish_reason":"length"}]}\r\n\r\ndata: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1,"prompt_tokens_details":null}}\r\n\r\ndata: [DONE]\r\n\r\n',
    [reasoning('so'), text('yes'), usage(3, 1), { type: 'finish', reason: 'length' }],
  ],
  [
    'llama.cpp: progress of the prompt, timings without usage, a null delta',
    'data: {"choices":[{"delta":null}],"prompt_progress":{"total":1000,"cache":200,"processed":512,"time_ms":40}}\n\n' +
      'data: {"choices":[{"delta":{"content":"ok"}}]}\n\n' +
      'data: {"choices":[{"delta":{},"finish_reason":"stop"}],"timings":{"cache_n":200,"prompt_n":800,"predicted_n":2}}\n\n',
    [{ type: 'reading', read: 512, total: 1000 }, text('ok'), usage(1000, 2, { cachedTokens: 200 }), stop],
  ],
  [
    'llama.cpp /completion',
    'data: {"content":"a","stop":false}\n\ndata: {"content":"","stop":true,"stop_type":"limit","timings":{"cache_n":0,"prompt_n":5,"predicted_n":1}}\n\n',
    [text('a'), usage(5, 1, { cachedTokens: 0 }), { type: 'finish', reason: 'length' }],
  ],
  [
    'no blank behind data:, no [DONE], the last event without its blank line, a BOM',
    '\ufeffdata:{"choices":[{"delta":{"content":"one "}}]}\n\ndata:{"choices":[{"delta":{"content":"two"},"finish_reason":"stop"}]}',
    [text('one two'), stop],
  ],
  [
    'a tool call in fragments, keyed by index',
    'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"read","arguments":""}}]}}]}\n\n' +
      'data: {"choices":[{"delta":{"tool_calls":[{"index":1,"id":"c2","function":{"name":"list","arguments":"{}"}}]}}]}\n\n' +
      'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"path\\":"}}]}}]}\n\n' +
      'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\\"价.ts\\"}"}}]},"finish_reason":"tool_calls"}]}\n\n',
    [
      { type: 'tool-call', call: { id: 'c1', name: 'read', arguments: '{"path":"价.ts"}' } },
      { type: 'tool-call', call: { id: 'c2', name: 'list', arguments: '{}' } },
      { type: 'finish', reason: 'tool_calls' },
    ],
  ],
  [
    'a tool call whole, its arguments an object',
    'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"read","arguments":{"path":"a"}}}]},"finish_reason":"tool_calls"}]}\n\n',
    [
      { type: 'tool-call', call: { id: 'c', name: 'read', arguments: '{"path":"a"}' } },
      { type: 'finish', reason: 'tool_calls' },
    ],
  ],
  [
    'Ollama /api/chat',
    '{"model":"glm","message":{"role":"assistant","content":"","thinking":"hm"},"done":false}\n' +
      '{"model":"glm","message":{"role":"assistant","content":"价格 😀"},"done":false}\n' +
      '{"model":"glm","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":26,"prompt_eval_cached_count":20,"eval_count":4}\n',
    [reasoning('hm'), text('价格 😀'), usage(26, 4, { cachedTokens: 20 }), stop],
    'lines',
  ],
  [
    'Ollama /api/generate, without its last line break',
    '{"response":"a","done":false}\n\n{"response":"","done":true,"done_reason":"length","prompt_eval_count":9,"eval_count":1}',
    [text('a'), usage(9, 1), { type: 'finish', reason: 'length' }],
    'lines',
  ],
];

describe('the wire formats of the servers', () => {
  for (const [name, wire, expected, framing = 'events'] of bodies) {
    it(`are read wherever the network cuts them: ${name}`, async () => {
      assert.deepEqual(await joined(wire, () => 1 << 20, framing), expected);
      for (const size of [1, 2, 3, 5, 17])
        assert.deepEqual(await joined(wire, () => size, framing), expected, `${size}`);
      let state = 11;
      const any = () => {
        state = (state * 48_271) % 2_147_483_647;
        return 1 + (state % 90);
      };
      for (let round = 0; round < 20; round++) assert.deepEqual(await joined(wire, any, framing), expected);
    });
  }

  it('are read with a line of a megabyte', async () => {
    const long = 'é'.repeat(1 << 20);
    const wire = `data: ${JSON.stringify({ choices: [{ delta: { content: long } }] })}\n\n`;
    const [event] = await joined(wire, () => 16_384, 'events');
    assert.equal(event?.type === 'text' && event.text.length, long.length);
  });

  it('tell what a failed answer has cost before it fails', async () => {
    const wire =
      'data: {"choices":[{"delta":{"content":"so"}}]}\n\ndata: {"choices":[{"delta":{},"finish_reason":"sensitive"}],"usage":{"prompt_tokens":8,"completion_tokens":2}}\n\n';
    const all: StreamEvent[] = [];
    await assert.rejects(async () => {
      for await (const event of streamEvents(
        cut(wire, () => 9),
        target,
        'chat',
      ))
        all.push(event);
    }, /sensitive/);
    assert.deepEqual(all.at(-1), usage(8, 2));
  });
});
