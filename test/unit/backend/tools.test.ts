import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ChatRequest, StreamEvent } from '../../../extension/core/backend/backend.ts';
import { BackendError } from '../../../extension/core/backend/backendError.ts';
import { failureFromResponse } from '../../../extension/core/backend/failures.ts';
import { createHostedBackend } from '../../../extension/core/backend/hosted.ts';
import { createLocalBackend } from '../../../extension/core/backend/local/localBackend.ts';
import type { LocalServer } from '../../../extension/core/backend/local/localServer.ts';
import type { ServerKind } from '../../../extension/core/backend/local/serverKinds.ts';
import { createLazyTransport } from '../../../extension/node/lazyTransport.ts';
import { type Recording, startHostedStandin, streamedAnswer, streamedCalls } from '../../support/hostedStandin.ts';

const transport = createLazyTransport(resolve('dist'));
after(() => transport.dispose());
const never = new AbortController().signal;

/** The second round of a turn: the model has called a tool, and hears what it found. */
const request: ChatRequest = {
  rules: 'R',
  messages: [
    { role: 'user', content: 'Where?' },
    {
      role: 'assistant',
      content: '',
      reasoning: 'I must look.',
      calls: [{ id: 'call_1', name: 'read_file', arguments: '{"path": "a.ts"}' }],
    },
    { role: 'tool', callId: 'call_1', name: 'read_file', content: '1\tconst a = 1;' },
  ],
  question: 'Where?',
  maxTokens: 50,
  thinking: true,
  tools: [
    {
      name: 'read_file',
      description: 'Reads a file.',
      parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
    },
  ],
};

async function hosted(recording: Recording, asked = request, chatModel = 'glm-4.7') {
  const server = await startHostedStandin(() => recording);
  try {
    const backend = createHostedBackend(
      transport,
      { url: server.url, chatModel, completionModel: chatModel },
      'id.key',
    );
    const events = await Array.fromAsync(backend.chat(asked, never));
    return { events, body: server.requests[0]?.body };
  } finally {
    await server.dispose();
  }
}

async function local(kind: ServerKind, recording: Recording) {
  const server = await startHostedStandin(() => recording);
  const probed: LocalServer = {
    url: server.url,
    kind,
    model: 'glm-4.7-flash',
    models: ['glm-4.7-flash'],
    window: 32_768,
    tellsWindow: true,
    fim: 'none',
    thinks: true,
    tokenFactor: 1,
  };
  try {
    const events = await Array.fromAsync(createLocalBackend(transport, probed).chat(request, never));
    return { events, body: server.requests[0]?.body ?? {} };
  } finally {
    await server.dispose();
  }
}

const callsIn = (events: readonly StreamEvent[]) =>
  events.flatMap((event) => (event.type === 'tool-call' ? [event.call] : []));
const yes = { pieces: streamedAnswer(['Yes.']) };

const wireTool = {
  type: 'function',
  function: {
    name: 'read_file',
    description: 'Reads a file.',
    parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
  },
};
const wireMessages = [
  { role: 'system', content: 'R' },
  { role: 'user', content: 'Where?' },
  {
    role: 'assistant',
    content: '',
    reasoning_content: 'I must look.',
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'read_file', arguments: '{"path": "a.ts"}' } }],
  },
  { role: 'tool', tool_call_id: 'call_1', content: '1\tconst a = 1;' },
];

describe('tools on the hosted API', () => {
  it('are sent as documented, byte for byte: reasoning goes back, and is not cleared', async () => {
    const { body } = await hosted(yes);
    assert.equal(
      JSON.stringify(body),
      JSON.stringify({
        model: 'glm-4.7',
        messages: wireMessages,
        stream: true,
        max_tokens: 50,
        thinking: { type: 'enabled', clear_thinking: false },
        tools: [wireTool],
        tool_choice: 'auto',
        tool_stream: true,
      }),
    );
  });

  it('do not have their arguments streamed by models that cannot', async () => {
    const { body } = await hosted(yes, request, 'glm-4.5-air');
    assert.equal(body?.tool_choice, 'auto');
    assert.equal('tool_stream' in (body ?? {}), false);
  });

  it('keep reasoning where it cannot be switched off, and send none of its switches where it is off', async () => {
    const always = await hosted(yes, request, 'glm-5.3');
    assert.equal(always.body?.reasoning_effort, 'high');
    assert.deepEqual(always.body?.thinking, { type: 'enabled', clear_thinking: false });
    const off = await hosted(yes, { ...request, thinking: false });
    assert.deepEqual(off.body?.thinking, { type: 'disabled' });
  });

  it('leave a request without them as it was, reasoning and all', async () => {
    const { tools: _, ...plain } = request;
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b', reasoning: 'hm' },
      { role: 'user', content: 'c' },
    ] as const;
    const { body } = await hosted(yes, { ...plain, messages });
    assert.deepEqual(body, {
      model: 'glm-4.7',
      messages: [
        { role: 'system', content: 'R' },
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content: 'c' },
      ],
      stream: true,
      max_tokens: 50,
      thinking: { type: 'enabled' },
    });
  });

  for (const streams of [true, false]) {
    it(`are called ${streams ? 'in pieces' : 'in whole chunks'}, several at once, cut anywhere on the wire`, async () => {
      const calls = [
        { id: 'call_a', name: 'read_file', arguments: { path: 'src/价格.ts', firstLine: 3 } },
        { id: 'call_b', name: 'search', arguments: { text: 'a "quoted" word\n' } },
      ];
      const bytes = new TextEncoder().encode(
        streamedCalls(calls, { reasoning: 'hm', text: 'Let me see.', streams }).join(''),
      );
      const pieces = Array.from({ length: Math.ceil(bytes.length / 11) }, (_, at) =>
        bytes.subarray(at * 11, at * 11 + 11),
      );
      const { events } = await hosted({ pieces, pause: 0 });
      assert.deepEqual(
        callsIn(events).map((call) => ({ ...call, arguments: JSON.parse(call.arguments) })),
        calls,
      );
      assert.deepEqual(events.at(-1), { type: 'finish', reason: 'tool_calls' });
      assert.deepEqual(events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join(''), 'Let me see.');
    });
  }
});

describe('tools on local servers', () => {
  it('are sent in the schema of OpenAI, with what the template needs to keep the cache', async () => {
    const { body } = await local('llama.cpp', yes);
    assert.deepEqual(body.messages, wireMessages);
    assert.deepEqual(body.tools, [wireTool]);
    assert.deepEqual(body.chat_template_kwargs, { enable_thinking: true, clear_thinking: false });
    assert.equal('tool_choice' in body || 'tool_stream' in body, false);
  });

  it('give reasoning back to vLLM under its own name, too', async () => {
    const { body } = await local('vllm', yes);
    const messages = body.messages as { reasoning?: string; reasoning_content?: string }[];
    assert.deepEqual([messages[2]?.reasoning, messages[2]?.reasoning_content], ['I must look.', 'I must look.']);
  });

  it("are Ollama's own way: objects for arguments, a name for each result, whole calls without an index", async () => {
    const answer = (message: object, more: object = {}) =>
      `${JSON.stringify({ model: 'glm', message: { role: 'assistant', ...message }, done: false, ...more })}\n`;
    const called = (path: string) =>
      answer({ content: '', tool_calls: [{ function: { name: 'read_file', arguments: { path } } }] });
    const pieces = [
      called('a.ts'),
      called('b.ts'),
      answer({ content: '' }, { done: true, done_reason: 'stop', prompt_eval_count: 9, eval_count: 3 }),
    ];
    const { body, events } = await local('ollama', { type: 'application/x-ndjson', pieces });
    assert.deepEqual(body.messages, [
      { role: 'system', content: 'R' },
      { role: 'user', content: 'Where?' },
      {
        role: 'assistant',
        content: '',
        thinking: 'I must look.',
        tool_calls: [{ function: { name: 'read_file', arguments: { path: 'a.ts' } } }],
      },
      { role: 'tool', content: '1\tconst a = 1;', tool_name: 'read_file' },
    ]);
    assert.deepEqual(body.tools, [wireTool]);
    const calls = callsIn(events);
    assert.deepEqual(
      calls.map((call) => call.arguments),
      ['{"path":"a.ts"}', '{"path":"b.ts"}'],
    );
    assert.equal(new Set(calls.map(({ id }) => id)).size, 2);
  });

  it('are called by markup that a server without a parser leaves in the text', async () => {
    const leaked =
      'Let me see.<tool_call>read_file<arg_key>path</arg_key><arg_value>src/a.ts</arg_value><arg_key>firstLine</arg_key><arg_value>4</arg_value></tool_call>';
    const { events } = await local('sglang', { pieces: streamedAnswer(leaked.match(/.{1,9}/gs) ?? []) });
    assert.deepEqual(
      callsIn(events).map(({ name, arguments: json }) => [name, JSON.parse(json)]),
      [['read_file', { path: 'src/a.ts', firstLine: 4 }]],
    );
    assert.equal(events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join(''), 'Let me see.');
  });

  const refusals: readonly (readonly [server: string, status: number, body: string])[] = [
    [
      'vLLM without a parser',
      400,
      '{"object":"error","message":"\\"auto\\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set","type":"BadRequestError","code":400}',
    ],
    [
      'older llama.cpp',
      500,
      '{"error":{"code":500,"message":"tools param requires --jinja flag","type":"server_error"}}',
    ],
    ['Ollama', 400, '{"error":"registry.ollama.ai/library/codegeex4:latest does not support tools"}'],
  ];
  for (const [server, status, body] of refusals) {
    it(`are known to be refused by ${server}, and not asked for again`, () => {
      const error = failureFromResponse(status, body, { kind: 'local', origin: 'http://127.0.0.1:8000', model: 'glm' });
      assert.ok(error instanceof BackendError);
      assert.deepEqual([error.kind, error.retryable], ['tools', false]);
    });
  }
});
