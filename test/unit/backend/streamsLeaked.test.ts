import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StreamEvent } from '../../../extension/core/backend/backend.ts';
import { streamEvents } from '../../../extension/core/backend/chatStream.ts';

const target = { kind: 'local', origin: 'http://127.0.0.1:8000', model: 'glm' } as const;

/** What a reader has before their eyes when a stream has ended. */
interface Seen {
  text: string;
  reasoning: string;
  calls: { name: string; arguments: unknown }[];
}

async function seen(pieces: readonly string[]): Promise<Seen> {
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const content of pieces)
      yield new TextEncoder().encode(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
    yield new TextEncoder().encode('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
  }
  const result: Seen = { text: '', reasoning: '', calls: [] };
  for await (const event of streamEvents(body(), target, 'chat')) take(result, event);
  return result;
}

function take(result: Seen, event: StreamEvent): void {
  if (event.type === 'text') result.text += event.text;
  else if (event.type === 'reasoning') result.reasoning += event.text;
  else if (event.type === 'take-back') {
    result.reasoning += result.text;
    result.text = '';
  } else if (event.type === 'tool-call')
    result.calls.push({ name: event.call.name, arguments: JSON.parse(event.call.arguments) });
}

const call46 =
  '<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Oslo</arg_value>\n<arg_key>days</arg_key>\n<arg_value>3</arg_value>\n</tool_call>';
const call47 = '<tool_call>get_weather<arg_key>city</arg_key><arg_value>Oslo</arg_value></tool_call>';

/** What servers without parsers send as content (glm-protocol.md 2.5, 4.5, 7.2), and what should be seen of it. */
const leaks: readonly [name: string, content: string, expected: Partial<Seen>][] = [
  ['plain text', 'A < B, a<b and <div> too', { text: 'A < B, a<b and <div> too' }],
  ['line breaks at the head', '\n\n    indented', { text: '    indented' }],
  ['reasoning in tags', '\n<think>one\ntwo</think>\n\nanswer', { reasoning: 'one\ntwo', text: 'answer' }],
  ['empty reasoning', '<think></think>\nanswer', { reasoning: '', text: 'answer' }],
  ['reasoning without an end', '<think>still thinking', { reasoning: 'still thinking', text: '' }],
  ['a lone closing tag', 'I should say yes.</think>\n\nYes.', { reasoning: 'I should say yes.', text: 'Yes.' }],
  ['a closing tag at once', '</think>Yes.', { reasoning: '', text: 'Yes.' }],
  ['a closing tag that is quoted', 'End with `</think>` always.', { text: 'End with `</think>` always.' }],
  ['a second closing tag', 'a</think>b</think>c', { reasoning: 'a', text: 'b</think>c' }],
  ['something like a tag', '<thinking>no</thinking>', { text: '<thinking>no</thinking>' }],
  [
    'a tool call of 4.6',
    `Let me see.\n${call46}`,
    { text: 'Let me see.\n', calls: [{ name: 'get_weather', arguments: { city: 'Oslo', days: 3 } }] },
  ],
  [
    'a tool call of 4.7',
    `${call47} done`,
    { text: ' done', calls: [{ name: 'get_weather', arguments: { city: 'Oslo' } }] },
  ],
  [
    'two tool calls',
    call47 + call46,
    {
      text: '',
      calls: [
        { name: 'get_weather', arguments: { city: 'Oslo' } },
        { name: 'get_weather', arguments: { city: 'Oslo', days: 3 } },
      ],
    },
  ],
  [
    'a tool call without arguments',
    '<tool_call>list_files</tool_call>',
    { text: '', calls: [{ name: 'list_files', arguments: {} }] },
  ],
  [
    'a call within reasoning',
    `<think>hm ${call47}</think>ok`,
    { reasoning: 'hm ', text: 'ok', calls: [{ name: 'get_weather', arguments: { city: 'Oslo' } }] },
  ],
  [
    'marks inside a key',
    '<tool_call>read<arg_key>path</arg_key></arg_key><arg_value>x</arg_value></tool_call>!',
    { text: '!', calls: [] },
  ],
  ['a call that breaks off', 'So:<tool_call>read<arg_key>pa', { text: 'So:', calls: [] }],
  ['an end without a call', 'So.</tool_call> Yes.', { text: 'So. Yes.', calls: [] }],
  ['stray special tokens', 'Hello<|user|> there<|endoftext|>', { text: 'Hello there' }],
  ['a special token that breaks off', 'Hello<|us', { text: 'Hello' }],
  [
    'marks that are talked about',
    'The token `<|user|>` and\n```\n<tool_call>x</tool_call>\n```\nbut<|user|>',
    { text: 'The token `<|user|>` and\n```\n<tool_call>x</tool_call>\n```\nbut', calls: [] },
  ],
  [
    'a string that looks like a number',
    '<tool_call>f<arg_key>v</arg_key><arg_value>"3"</arg_value></tool_call>',
    { calls: [{ name: 'f', arguments: { v: '"3"' } }], text: '' },
  ],
  [
    'marks in an edit, which is code',
    "a.ts\n<<<<<<< SEARCH\nconst user = '<|user|>';\n=======\nconst user = '<|system|>'; // ```\n>>>>>>> REPLACE\ndone<|user|>",
    {
      text: "a.ts\n<<<<<<< SEARCH\nconst user = '<|user|>';\n=======\nconst user = '<|system|>'; // ```\n>>>>>>> REPLACE\ndone",
    },
  ],
  ['Chinese', '<think>想一想</think>\n价格是 5 元 😀', { reasoning: '想一想', text: '价格是 5 元 😀' }],
];

/** Numbers from 0 to 1 that are the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('what servers leak', () => {
  for (const [name, content, expected] of leaks) {
    it(`is sorted out: ${name}, however it is cut`, async () => {
      const whole = { text: '', reasoning: '', calls: [], ...expected };
      assert.deepEqual(await seen([content]), whole);
      assert.deepEqual(await seen([...content]), whole, 'one character a piece');
      const next = random(7);
      for (let round = 0; round < 20; round++) {
        const pieces: string[] = [];
        for (let at = 0; at < content.length; ) {
          const end = at + 1 + Math.floor(next() * 12);
          pieces.push(content.slice(at, end));
          at = end;
        }
        assert.deepEqual(await seen(pieces), whole, JSON.stringify(pieces));
      }
    });
  }

  it('does not hold ordinary text back', async () => {
    async function* body(): AsyncGenerator<Uint8Array> {
      for (const content of ['if (a < ', 'b) <', 'p>'])
        yield new TextEncoder().encode(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
    }
    const texts: string[] = [];
    for await (const event of streamEvents(body(), target, 'chat')) if (event.type === 'text') texts.push(event.text);
    assert.equal(texts[0], 'if (a < ');
    assert.equal(texts.join(''), 'if (a < b) <p>');
  });
});
