import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ChatRequest, StreamEvent } from '../../../extension/core/backend/backend.ts';
import { BackendError } from '../../../extension/core/backend/backendError.ts';
import { createHostedBackend } from '../../../extension/core/backend/hosted.ts';
import { createLazyTransport } from '../../../extension/node/lazyTransport.ts';
import { type Recording, startHostedStandin, streamedAnswer } from '../../support/hostedStandin.ts';

const transport = createLazyTransport(resolve('dist'));
after(() => transport.dispose());

const key = 'id123.secret456';
const request: ChatRequest = {
  rules: 'R',
  messages: [{ role: 'user', content: 'hi' }],
  question: 'hi',
  maxTokens: 50,
  thinking: true,
};
const never = new AbortController().signal;

async function talk(recording: Recording, chatModel = 'glm-4.7') {
  const server = await startHostedStandin(() => recording);
  try {
    const backend = createHostedBackend(transport, { url: server.url, chatModel, completionModel: 'glm-4.5-air' }, key);
    const events = await Array.fromAsync(backend.chat(request, never));
    return { events, received: server.requests[0] };
  } finally {
    await server.dispose();
  }
}

const textOf = (events: readonly StreamEvent[]) =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');

describe('hosted API', () => {
  it('gets the documented request and its stream is read, cut anywhere', async () => {
    const bytes = new TextEncoder().encode(streamedAnswer(['你好', '，世界 😀']).join(''));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 5) }, (_, i) => bytes.subarray(i * 5, i * 5 + 5));
    const { events, received } = await talk({ pieces });
    assert.equal(textOf(events), '你好，世界 😀');
    assert.equal(received?.path, '/chat/completions');
    assert.equal(received?.headers.authorization, `Bearer ${key}`);
    assert.deepEqual(received?.body, {
      model: 'glm-4.7',
      messages: [
        { role: 'system', content: 'R' },
        { role: 'user', content: 'hi' },
      ],
      stream: true,
      max_tokens: 50,
      thinking: { type: 'enabled' },
    });
  });

  it('completes with CodeGeeX where it is served, and without it after the first refusal', async () => {
    const completion = {
      pack: {
        budget: 100,
        tokens: 20,
        encoding: 'cl100k_base',
        files: [{ path: 'other.py', level: 'full', tokens: 20, ranges: [[1, 1]] }],
        omitted: [],
        text: '###PATH: other.py\nx = 1\n',
      },
      path: 'quick_sort.py',
      languageId: 'python',
      prefix: 'def quick_sort(arr):\n    ',
      suffix: '\n',
      mode: 'block',
      maxTokens: 64,
    } as const;
    let isServed = true;
    const gone = {
      status: 400,
      type: 'application/json',
      pieces: ['{"error":{"code":"1211","message":"模型不存在"}}'],
    };
    const server = await startHostedStandin(({ body }) =>
      body.model === 'codegeex-4' && !isServed ? gone : { pieces: streamedAnswer(['  return arr']) },
    );
    const settings = { url: server.url, chatModel: 'glm-4.7', completionModel: 'codegeex-4' };
    const backend = createHostedBackend(transport, settings, key);
    const first = await Array.fromAsync(backend.complete(completion, never));
    assert.equal(textOf(first), '  return arr');
    assert.deepEqual(server.requests[0]?.body, {
      model: 'codegeex-4',
      messages: [],
      extra: {
        target: { path: 'quick_sort.py', language: 'Python', code_prefix: completion.prefix, code_suffix: '\n' },
        contexts: [{ path: 'other.py', code: 'x = 1\n' }],
      },
      stream: true,
      temperature: 0.2,
      top_p: 0.7,
      max_tokens: 64,
      stop: ['<|endoftext|>', '<|user|>', '<|assistant|>', '<|observation|>'],
    });
    isServed = false;
    await Array.fromAsync(backend.complete(completion, never));
    await Array.fromAsync(backend.complete(completion, never));
    assert.deepEqual(
      server.requests.map(({ body }) => body.model),
      ['codegeex-4', 'codegeex-4', 'glm-4.5-air', 'glm-4.5-air'],
    );
    await server.dispose();
  });

  it('sends an effort, never a switch, to models that always think', async () => {
    const { received } = await talk({ pieces: streamedAnswer(['x']) }, 'glm-5.3');
    assert.equal(received?.body.reasoning_effort, 'high');
    assert.equal('thinking' in (received?.body ?? {}), false);
  });

  it('explains an in-stream error after the text that came before it', async () => {
    const [first = ''] = streamedAnswer(['partial']);
    const pieces = [first, 'data: {"error":{"code":"1234","message":"network error, id 9"}}\n\n'];
    await assert.rejects(
      talk({ pieces }),
      (error: unknown) => error instanceof BackendError && error.kind === 'server' && error.retryable,
    );
  });

  it('explains a connection that breaks in the middle', async () => {
    const [first = ''] = streamedAnswer(['partial']);
    await assert.rejects(
      talk({ pieces: [first], breaks: true, pause: 20 }),
      (error: unknown) => error instanceof BackendError && error.kind === 'server',
    );
  });

  it('does not show the key in any error', async () => {
    const pieces = ['{"error":{"code":"1002","message":"token invalid"}}'];
    await assert.rejects(talk({ status: 401, type: 'application/json', pieces }), (error: unknown) => {
      assert.ok(error instanceof BackendError);
      assert.equal(error.kind, 'authentication');
      assert.equal(
        JSON.stringify({ ...error, message: error.message, stack: error.stack }).includes('secret456'),
        false,
      );
      return true;
    });
  });

  it('follows no redirect, so that the key stays with its host', async () => {
    const elsewhere = await startHostedStandin(() => ({ pieces: streamedAnswer(['stolen']) }));
    const headers = { location: `${elsewhere.url}/chat/completions` };
    await assert.rejects(talk({ status: 307, headers, pieces: [] }), BackendError);
    assert.equal(elsewhere.requests.length, 0);
    await elsewhere.dispose();
  });

  it('says what a web page in place of the API is', async () => {
    await assert.rejects(talk({ type: 'text/html', pieces: ['<html>hello</html>'] }), (error: unknown) => {
      return (
        error instanceof BackendError && error.kind === 'not-a-model-server' && /hosted\.endpoint/.test(error.nextStep)
      );
    });
  });

  const answers = {
    'before the answer begins': () => new Promise<Recording>(() => {}),
    'in the middle of the answer': () => ({ pieces: streamedAnswer(Array(500).fill('word ')), pause: 10 }),
  };
  for (const [when, answer] of Object.entries(answers)) {
    it(`closes the socket when the request is aborted ${when}`, async () => {
      const server = await startHostedStandin(answer);
      const controller = new AbortController();
      const settings = { url: server.url, chatModel: 'glm-4.7', completionModel: 'x' };
      const backend = createHostedBackend(transport, settings, key);
      setTimeout(() => controller.abort(), 100);
      await assert.rejects(Array.fromAsync(backend.chat(request, controller.signal)), /abort/i);
      await server.requests[0]?.abandoned;
      await server.dispose();
    });
  }

  it('closes the socket when nobody reads on', async () => {
    const server = await startHostedStandin(() => ({ pieces: streamedAnswer(Array(500).fill('word ')), pause: 10 }));
    const backend = createHostedBackend(
      transport,
      { url: server.url, chatModel: 'glm-4.7', completionModel: 'x' },
      key,
    );
    for await (const event of backend.chat(request, never)) if (event.type === 'text') break;
    await server.requests[0]?.abandoned;
    await server.dispose();
  });
});
