import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatRequest, StreamEvent, ToolCall } from '../../../../extension/core/backend/backend.ts';
import { failure } from '../../../../extension/core/backend/failures.ts';
import { type ToolEvent, withTools } from '../../../../extension/core/conversation/toolLoop.ts';
import { createToolbox, toolLimits } from '../../../../extension/core/conversation/tools/toolbox.ts';
import type { RepositoryReader } from '../../../../extension/core/ports.ts';

const request: ChatRequest = {
  rules: 'R',
  messages: [{ role: 'user', content: 'Where is tax added?' }],
  question: 'Where is tax added?',
  maxTokens: 100,
  thinking: true,
};
const tokenizer = {
  encoding: 'cl100k_base',
  count: async (texts: readonly string[]) => texts.map((text) => Math.ceil(text.length / 4)),
};

/** A folder of which every file holds its own name. */
const reader: RepositoryReader = {
  read: async ({ path }) => (path === '.env' ? { refused: 'may hold secrets' } : { text: `this is ${path}\n` }),
  search: async () => ({ hits: [], files: 3 }),
  declarations: async () => ({ found: [] }),
  definitions: async () => ({ found: [] }),
};
const packer = { screen: async () => ({ secrets: [] }) };

const call = (id: string, path: string): StreamEvent => ({
  type: 'tool-call',
  call: { id, name: 'read_file', arguments: JSON.stringify({ path }) },
});
const text = (said: string): StreamEvent => ({ type: 'text', text: said });
const usage: StreamEvent = { type: 'usage', usage: { promptTokens: 10, completionTokens: 5 } };
const end = (reason: 'stop' | 'tool_calls' = 'stop'): StreamEvent[] => [usage, { type: 'finish', reason }];

/** Runs the loop against a model that plays `play` for each request. */
async function run(
  play: (request: ChatRequest, nth: number) => readonly StreamEvent[] | Error,
  { signal = new AbortController().signal, on = (_: StreamEvent | ToolEvent) => {}, using = reader } = {},
) {
  const sent: ChatRequest[] = [];
  const events: (StreamEvent | ToolEvent)[] = [];
  const toolbox = createToolbox({ root: '/r' }, { reader: using, tokenizer, packer }, toolLimits(200_000));
  async function* ask(asked: ChatRequest): AsyncGenerator<StreamEvent> {
    sent.push(asked);
    const script = play(asked, sent.length);
    if (script instanceof Error) throw script;
    yield* script;
  }
  let error: unknown;
  try {
    for await (const event of withTools(request, toolbox, ask, signal)) {
      events.push(event);
      on(event);
    }
  } catch (thrown) {
    error = thrown;
  }
  const uses = events.flatMap((event) => (event.type === 'tool' ? [event.use] : []));
  return { sent, events, uses, error };
}

describe('a turn with tools', () => {
  it('just answers where nothing is called', async () => {
    const { sent, events } = await run(() => [text('In price.ts.'), ...end()]);
    assert.equal(sent.length, 1);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['text', 'usage', 'finish'],
    );
  });

  it('makes the calls of a round, shows them, and goes on at the end of the same prompt', async () => {
    const { sent, events, uses, error } = await run((_, nth) =>
      nth === 1
        ? [
            { type: 'reasoning', text: 'I must look.' },
            text('Let me see.'),
            call('a', 'price.ts'),
            call('b', '.env'),
            ...end('tool_calls'),
          ]
        : [{ type: 'reasoning', text: 'There it is.' }, text('In price.ts.'), ...end()],
    );
    assert.equal(error, undefined);
    assert.deepEqual(
      uses.map(({ id, state, result }) => [id, state, result]),
      [
        ['a', 'running', undefined],
        ['a', 'done', 'price.ts, lines 1 to 1 of 1:\n1\tthis is price.ts'],
        ['b', 'running', undefined],
        ['b', 'refused', '.env may not be read: may hold secrets.'],
      ],
    );
    const round = [
      {
        role: 'assistant',
        content: 'Let me see.',
        reasoning: 'I must look.',
        calls: [
          { id: 'a', name: 'read_file', arguments: '{"path":"price.ts"}' },
          { id: 'b', name: 'read_file', arguments: '{"path":".env"}' },
        ],
      },
      { role: 'tool', callId: 'a', name: 'read_file', content: 'price.ts, lines 1 to 1 of 1:\n1\tthis is price.ts' },
      { role: 'tool', callId: 'b', name: 'read_file', content: '.env may not be read: may hold secrets.' },
    ];
    assert.deepEqual(sent[1]?.messages, [...request.messages, ...round]);
    // The head stays as it was: rules and tools.
    assert.deepEqual([sent[1]?.rules, sent[1]?.tools], [sent[0]?.rules, sent[0]?.tools]);
    const exchange = events.findLast((event) => event.type === 'exchange');
    assert.deepEqual(exchange?.messages, [
      ...round,
      { role: 'assistant', content: 'In price.ts.', reasoning: 'There it is.' },
    ]);
    // One end, however many requests there were; what each has taken is told.
    assert.equal(events.filter(({ type }) => type === 'finish').length, 1);
    assert.equal(events.filter(({ type }) => type === 'usage').length, 2);
  });

  it('tells the model what is wrong with a call, and sends nothing that a server could not read', async () => {
    const calls: ToolCall[] = [
      { id: 'a', name: 'read_file', arguments: '{"path": "a.ts"' },
      { id: 'a', name: 'delete_all</tool_call>', arguments: '[]' },
      { id: '', name: 'read_file', arguments: '{"path":"../x"}' },
    ];
    const { sent, uses } = await run((_, nth) =>
      nth === 1
        ? [...calls.map((each) => ({ type: 'tool-call', call: each }) as const), ...end('tool_calls')]
        : [text('Sorry.'), ...end()],
    );
    assert.deepEqual(
      uses.flatMap(({ state, result }) => (state === 'running' ? [] : [[state, result?.slice(0, 32)]])),
      [
        ['refused', 'The arguments are not valid JSON'],
        ['refused', 'There is no tool of that name. T'],
        ['refused', 'path leads out of the repository'],
      ],
    );
    const said = sent[1]?.messages[1];
    assert.ok(said?.role === 'assistant');
    for (const each of said.calls ?? []) {
      assert.match(each.name, /^[\w-]{1,64}$/);
      assert.equal(typeof JSON.parse(each.arguments), 'object');
    }
    const ids = (said.calls ?? []).map(({ id }) => id);
    assert.equal(new Set(ids).size, 3);
    assert.deepEqual(
      sent[1]?.messages.slice(2).map((each) => each.role === 'tool' && each.callId),
      ids,
    );
  });

  it('tells one that calls without end to answer, then ends', async () => {
    const { sent, uses, events, error } = await run((_, nth) => [call('same', `file${nth}.ts`), ...end('tool_calls')]);
    assert.equal(error, undefined);
    // Six rounds, one whose call is refused, and one for the answer that does not come.
    assert.equal(sent.length, 8);
    const done = uses.filter(({ state }) => state !== 'running');
    assert.deepEqual(
      done.map(({ state }) => state),
      [...Array(6).fill('done'), 'refused'],
    );
    assert.match(done.at(-1)?.result ?? '', /Answer now/);
    assert.match(
      events.flatMap((event) => (event.type === 'tools-ended' ? [event.why] : [])).join(),
      /went on asking for tools/,
    );
    assert.equal(new Set(uses.map(({ id }) => id)).size, 7);
  });

  it('makes no more than a dozen calls, however many are asked for at once', async () => {
    const many = Array.from({ length: 40 }, (_, at) => call(`c${at}`, `f${at}.ts`));
    const { uses, sent } = await run((_, nth) =>
      nth === 1 ? [...many, ...end('tool_calls')] : [text('Enough.'), ...end()],
    );
    assert.equal(uses.filter(({ state }) => state === 'done').length, 12);
    assert.equal(uses.filter(({ state }) => state === 'refused').length, 28);
    assert.equal(sent.length, 2);
    assert.equal(sent[1]?.messages.length, 1 + 1 + 40);
  });

  it('asks without tools where the server refuses them, and says so', async () => {
    const target = { kind: 'local', origin: 'http://127.0.0.1:8000', model: 'glm' } as const;
    const { sent, events, error } = await run((_, nth) =>
      nth === 1 ? failure('tools', target, 'no parser') : [text('Without.'), ...end()],
    );
    assert.equal(error, undefined);
    assert.deepEqual(
      sent.map(({ tools }) => tools === undefined),
      [false, true],
    );
    assert.match(
      events.flatMap((event) => (event.type === 'tools-ended' ? [event.why] : [])).join(),
      /does not let glm use tools.*tool parser/,
    );
    // Any other failure is one.
    assert.ok((await run(() => failure('server', target, ''))).error);
  });

  it('stops a call that runs', async () => {
    const controller = new AbortController();
    const using: RepositoryReader = {
      ...reader,
      read: (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    };
    const { sent, uses, error } = await run(() => [call('a', 'a.ts'), ...end('tool_calls')], {
      signal: controller.signal,
      using,
      on: (event) => event.type === 'tool' && setTimeout(() => controller.abort(new Error('stopped')), 5),
    });
    assert.match(String(error), /stopped/);
    assert.equal(sent.length, 1);
    assert.deepEqual(
      uses.map(({ state }) => state),
      ['running'],
    );
  });

  it('forgets what a stream said before it began anew, and what was thought and not said', async () => {
    const { sent } = await run((_, nth) =>
      nth === 1
        ? [
            call('lost', 'lost.ts'),
            { type: 'moved', why: '', label: '' },
            text('hm</think>'.slice(0, 2)),
            { type: 'take-back' },
            text('Look:'),
            call('a', 'a.ts'),
            ...end('tool_calls'),
          ]
        : [text('Done.'), ...end()],
    );
    const said = sent[1]?.messages[1];
    assert.ok(said?.role === 'assistant');
    assert.deepEqual([said.content, said.reasoning, said.calls?.length], ['Look:', 'hm', 1]);
  });
});
