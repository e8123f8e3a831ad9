import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ChatRequest, CompletionRequest, StreamEvent } from '../../../../extension/core/backend/backend.ts';
import { BackendError } from '../../../../extension/core/backend/backendError.ts';
import { createLocalBackend } from '../../../../extension/core/backend/local/localBackend.ts';
import { probeLocal } from '../../../../extension/core/backend/local/probe.ts';
import { createLazyTransport } from '../../../../extension/node/lazyTransport.ts';
import { type Recording, startHostedStandin } from '../../../support/hostedStandin.ts';
import { json, type RecordedServer, servers } from './servers.ts';

const transport = createLazyTransport(resolve('dist'));
after(() => transport.dispose());
const never = new AbortController().signal;

const chat: ChatRequest = {
  rules: 'R',
  messages: [{ role: 'user', content: 'hi' }],
  question: 'hi',
  maxTokens: 50,
  thinking: true,
};
const gap: CompletionRequest = {
  path: 'a.py',
  languageId: 'python',
  prefix: 'x = ',
  suffix: '\nprint(x)\n',
  mode: 'line',
  maxTokens: 16,
};

/** Starts a server that answers the probe as recorded, and everything else as `answer` says. */
async function start({ routes }: RecordedServer, answer: () => Recording) {
  const server = await startHostedStandin(({ path }) => {
    const isAsked = /\/(completions|chat|generate)$/.test(path);
    return isAsked ? answer() : (routes[path] ?? json({ detail: 'Not Found' }, 404));
  });
  const probed = await probeLocal(transport, { url: server.url, model: '', apiKey: 'team-key' }, never);
  const backend = createLocalBackend(transport, probed, { apiKey: 'team-key', sessionId: 'window-1' });
  return { server, probed, backend };
}
const textOf = (events: readonly StreamEvent[], type: 'text' | 'reasoning') =>
  events.map((event) => (event.type === type ? event.text : '')).join('');

for (const recorded of servers) {
  describe(`${recorded.name}, by its documented answers`, () => {
    it('is recognised, with what it can do', async () => {
      const { server, probed } = await start(recorded, () => recorded.answer);
      const { facts } = recorded;
      const learnt = Object.fromEntries(Object.keys(facts).map((key) => [key, probed[key as keyof typeof probed]]));
      assert.deepEqual(learnt, facts);
      assert.equal(probed.tokenizer, facts.tokenizer);
      await server.dispose();
    });

    it('gets the request that it documents, and its answer is read', async () => {
      const { server, backend } = await start(recorded, () => recorded.answer);
      const events = await Array.fromAsync(backend.chat(chat, never));
      assert.equal(textOf(events, 'reasoning'), 'hm');
      assert.equal(textOf(events, 'text'), '好 yes');
      const { cachedTokens } = recorded;
      const usage = { promptTokens: 20, completionTokens: 3, ...(cachedTokens === undefined ? {} : { cachedTokens }) };
      assert.deepEqual(events.slice(-2), [
        { type: 'usage', usage },
        { type: 'finish', reason: 'stop' },
      ]);
      const sent = server.requests.at(-1);
      assert.equal(sent?.path, recorded.chat.path);
      assert.deepEqual(sent?.body, recorded.chat.body);
      assert.equal(sent?.headers.authorization, 'Bearer team-key');
      assert.equal(sent?.headers['x-session-id'], 'window-1');
      await server.dispose();
    });

    it('is asked to fill a gap in the way that its model knows', async () => {
      const { server, backend, probed } = await start(recorded, () => recorded.answer);
      await Array.fromAsync(backend.complete(gap, never));
      const sent = server.requests.at(-1);
      assert.equal(sent?.path, recorded.gap.path);
      if (probed.fim === 'none') assert.match(JSON.stringify(sent?.body), /before_cursor>x = </);
      else assert.deepEqual(sent?.body, recorded.gap.body);
      await server.dispose();
    });

    for (const [status, body, kind] of recorded.failures) {
      it(`has its failure explained as ${kind}: ${status} ${body.slice(0, 50)}`, async () => {
        const type = body.startsWith('<') ? 'text/html' : 'application/json';
        const { server, backend } = await start(recorded, () => ({ status, type, pieces: [body] }));
        await assert.rejects(Array.fromAsync(backend.chat(chat, never)), (error: unknown) => {
          assert.ok(error instanceof BackendError);
          assert.equal(error.kind, kind);
          assert.ok(error.summary && error.nextStep);
          assert.equal(JSON.stringify({ ...error, stack: error.stack }).includes('team-key'), false);
          return true;
        });
        await server.dispose();
      });
    }
  });
}

describe('a server that is loading its model', () => {
  it('is waited for where it was named, and only then', async () => {
    let asked = 0;
    const loading = json({ error: { message: 'Loading model', type: 'unavailable_error', code: 503 } }, 503);
    const [llama] = servers;
    const server = await startHostedStandin(({ path }) => {
      if (path === '/v1/models' && asked++ < 2) return loading;
      return llama?.routes[path] ?? json({}, 404);
    });
    const options = { url: server.url, model: '' };
    await assert.rejects(
      probeLocal(transport, options, never),
      (error: unknown) => error instanceof BackendError && error.kind === 'loading',
    );
    const probed = await probeLocal(transport, { ...options, waits: true }, never);
    assert.equal(probed.kind, 'llama.cpp');
    await server.dispose();
  });
});

describe('Ollama', () => {
  it('keeps a larger context that is loaded, and never asks for more than the model was trained on', async () => {
    const [, , , ollama] = servers;
    assert.ok(ollama);
    const withContext = (loaded: number, trained: number, parameters = '') => ({
      ...ollama,
      routes: {
        ...ollama.routes,
        '/api/ps': json({ models: [{ name: 'glm-4.7-flash:latest', context_length: loaded }] }),
        '/api/show': json({ parameters, model_info: { 'glm4.context_length': trained }, capabilities: [] }),
      },
    });
    const windowOf = async (recorded: RecordedServer) => {
      const { server, probed } = await start(recorded, () => recorded.answer);
      await server.dispose();
      return probed.window;
    };
    assert.equal(await windowOf(withContext(131_072, 202_752)), 131_072);
    assert.equal(await windowOf(withContext(4_096, 8_192)), 8_192);
    assert.equal(await windowOf(withContext(0, 202_752, 'num_ctx                        65536')), 65_536);
  });
});
