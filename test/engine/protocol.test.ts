import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPorts } from '../../extension/cli/host.ts';
import type { Backend, ChatMessage, ChatRequest, StreamEvent, Usage } from '../../extension/core/backend/backend.ts';
import { BackendError } from '../../extension/core/backend/backendError.ts';
import { failureFromResponse } from '../../extension/core/backend/failures.ts';
import { createLocalBackend } from '../../extension/core/backend/local/localBackend.ts';
import { probeLocal } from '../../extension/core/backend/local/probe.ts';
import { rulesFor } from '../../extension/core/conversation/rules.ts';
import { runTurn, type TurnEvent } from '../../extension/core/conversation/turn.ts';
import { createGlm } from '../../extension/core/glm.ts';
import type { Pack } from '../../extension/core/pack.ts';
import type { HttpRequest, Memory, Transport } from '../../extension/core/ports.ts';
import { defaultSettings } from '../../extension/core/settings.ts';
import { createCalibration } from '../../extension/core/tokens/calibration.ts';
import { findLlamaServer, type LlamaServer, startLlamaServer } from '../support/llamaServer.ts';
import { makeWorkspace, type TestWorkspace } from '../support/workspace.ts';

const program = await findLlamaServer();
const skip = 'unavailable' in program ? `no llama-server: ${program.unavailable}` : false;
const distribution = resolve('dist');
const never = new AbortController().signal;

/** Tokens by which a server's counter may differ from our prediction: it reads at least the last one anew. */
const tolerance = 16;

const usageOf = (events: readonly (StreamEvent | TurnEvent)[]): Usage | undefined =>
  events.flatMap((event) => (event.type === 'usage' ? [event.usage] : [])).at(-1);

describe('the protocol of a llama-server', { skip }, () => {
  let server: LlamaServer;
  let ports: Awaited<ReturnType<typeof createPorts>>;
  let workspace: TestWorkspace;
  let backend: Backend;
  const bodies: { path: string; body: Record<string, unknown> }[] = [];

  /** Tokens of a prompt as the server reads it. */
  async function tokensOf(prompt: string): Promise<number[]> {
    const body = JSON.stringify({ content: prompt, add_special: true, parse_special: true });
    const response = await fetch(`${server.url}/tokenize`, { method: 'POST', body });
    return ((await response.json()) as { tokens: number[] }).tokens;
  }
  /** The prompt that a chat becomes. */
  async function rendered({ messages, chat_template_kwargs }: Record<string, unknown>): Promise<string> {
    const body = JSON.stringify({ messages, chat_template_kwargs });
    const response = await fetch(`${server.url}/apply-template`, { method: 'POST', body });
    return ((await response.json()) as { prompt: string }).prompt;
  }
  const common = (a: readonly number[], b: readonly number[]): number => {
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    return same;
  };
  const settings = () => ({
    ...defaultSettings,
    backend: 'local' as const,
    local: { url: server.url, model: '', window: 0 },
    inline: { ...defaultSettings.inline, maxTokens: 4, contextTokens: 2_000 },
  });

  before(async () => {
    if ('unavailable' in program) return;
    server = await startLlamaServer(program, { context: 8_192 });
    ports = await createPorts({ distribution, signal: never }, defaultSettings);
    const { transport } = ports;
    const recording: Transport = {
      request(request: HttpRequest, signal) {
        if (request.body) bodies.push({ path: new URL(request.url).pathname, body: JSON.parse(request.body) });
        return transport.request(request, signal);
      },
    };
    const known = new Map<string, unknown>();
    const memory: Memory = { get: (name) => known.get(name), set: (name, value) => known.set(name, value) };
    ports = { ...ports, memory, transport: recording, dispose: ports.dispose };
    const probed = await probeLocal(recording, { url: server.url, model: '' }, never);
    const local = createLocalBackend(recording, probed, { memory });
    // Looked for once, so that the requests below are those of the tests.
    await local.fimOrder();
    backend = local;
    workspace = await makeWorkspace(
      Object.fromEntries(
        Array.from({ length: 30 }, (_, at) => [
          `src/part${at}.ts`,
          `/** Part ${at}. */\nexport function part${at}(value: number): number {\n  return value * ${at};\n}\n`.repeat(
            30,
          ),
        ]),
      ),
    );
  });
  after(async () => {
    await ports?.dispose();
    await server?.dispose();
    await workspace?.dispose();
  });

  const chat = (content: string, maxTokens = 8): ChatRequest => ({
    rules: 'Be brief.',
    messages: [{ role: 'user', content }],
    question: content,
    maxTokens,
    thinking: false,
  });

  it('streams chats and raw completions, and says why they end', async () => {
    const talked = await Array.fromAsync(backend.chat(chat('Hello', 5), never));
    assert.deepEqual(talked.at(-1), { type: 'finish', reason: 'length' });
    assert.equal(usageOf(talked)?.completionTokens, 5);
    const gap = {
      path: 'a.ts',
      languageId: 'typescript',
      prefix: 'let a',
      suffix: '',
      mode: 'block',
      maxTokens: 3,
    } as const;
    const filled = await Array.fromAsync(backend.complete(gap, never));
    assert.ok(filled.some(({ type }) => type === 'text'));
    assert.equal(filled.at(-1)?.type, 'finish');
    assert.deepEqual(
      bodies.slice(-2).map(({ path }) => path),
      ['/v1/chat/completions', '/v1/completions'],
    );
  });

  it('tells how far it has read a long prompt', async () => {
    const events = await Array.fromAsync(backend.chat(chat('word '.repeat(5_000), 2), never));
    const reading = events.flatMap((event) => (event.type === 'reading' ? [event] : []));
    assert.ok(reading.length > 1, `${reading.length} reports`);
    assert.ok(reading.every(({ read, total }) => read <= total && total > 4_000));
  });

  it('refuses a prompt that is too long, streaming or not, with both sizes', async () => {
    const long = 'word '.repeat(9_000);
    const isOverflow = (error: unknown) => {
      assert.ok(error instanceof BackendError && error.kind === 'overflow');
      assert.equal(error.overflow?.window, 8_192);
      assert.ok((error.overflow?.promptTokens ?? 0) > 8_192);
      return true;
    };
    await assert.rejects(Array.fromAsync(backend.chat(chat(long), never)), isOverflow);
    const gap = {
      path: 'a.ts',
      languageId: 'typescript',
      prefix: long,
      suffix: '',
      mode: 'line',
      maxTokens: 3,
    } as const;
    await assert.rejects(Array.fromAsync(backend.complete(gap, never)), isOverflow);
    const body = JSON.stringify({ messages: [{ role: 'user', content: long }], stream: false });
    const response = await fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body });
    const target = { kind: 'local', origin: server.url, model: '' } as const;
    assert.ok(isOverflow(failureFromResponse(response.status, await response.text(), target)));
  });

  it('gets a smaller pack where the window is smaller than we were told', async () => {
    const probed = await probeLocal(ports.transport, { url: server.url, model: '' }, never);
    const boasting = createLocalBackend(ports.transport, { ...probed, window: 32_768 });
    const question = 'What does part7 return?';
    const turn = {
      rules: rulesFor('ask'),
      messages: [{ role: 'user', content: question }] as const,
      question,
      maxTokens: 16,
      thinking: true,
      toPack: { root: workspace.folder, budget: 128_000, question },
    };
    const calibration = createCalibration();
    const turnPorts = { ...ports, backend: boasting, root: undefined, overlay: {}, calibration };
    const events = await Array.fromAsync(runTurn(turn, turnPorts, never));
    const packs = events.flatMap((event) => (event.type === 'packed' ? [event.pack.tokens] : []));
    assert.equal(packs.length, 2, JSON.stringify(packs));
    assert.ok((packs[0] ?? 0) > 8_192 && (packs[1] ?? 0) < 8_192, JSON.stringify(packs));
    assert.equal(events.at(-1)?.type, 'finish');
  });

  it('begins the second turn of a conversation with the first, as its template writes it', async () => {
    const messages: ChatMessage[] = [{ role: 'user', content: 'Where is the price?' }];
    await Array.fromAsync(backend.chat({ ...chat('x'), messages }, never));
    const first = await rendered(bodies.at(-1)?.body ?? {});
    messages.push({ role: 'assistant', content: 'In price.ts.' }, { role: 'user', content: 'And the tax?' });
    await Array.fromAsync(backend.chat({ ...chat('x'), messages }, never));
    const second = await rendered(bodies.at(-1)?.body ?? {});
    const [a, b] = [await tokensOf(first), await tokensOf(second)];
    assert.ok(common(b, a) >= a.length - tolerance, `${common(b, a)} of ${a.length}`);
  });

  it('takes from its cache what we predict, while a line is typed', async () => {
    const glm = createGlm({ ...ports, settings });
    const { backend: selected } = await glm.probe(never);
    const usages: (Usage | undefined)[] = [];
    const original = selected.complete;
    Object.assign(selected, {
      async *complete(...args: Parameters<Backend['complete']>): AsyncGenerator<StreamEvent> {
        const events: StreamEvent[] = [];
        for await (const event of original(...args)) events.push(event);
        usages.push(usageOf(events));
        yield* events;
      },
    });
    const typed = 'const total = part3(part4(amount)) + part5(discount);';
    const prompts: number[][] = [];
    for (let length = 1; length <= 30; length++) {
      const before = bodies.length;
      const cursor = { path: 'src/new.ts', line: 3, column: length };
      const prefix = `import { part3, part4, part5 } from './part3';\n\n${typed.slice(0, length)}`;
      await glm.complete({ root: workspace.folder, cursor, languageId: 'typescript', prefix, suffix: '\n' }, never);
      for (const { body } of bodies.slice(before).filter(({ path }) => path === '/v1/completions'))
        prompts.push(await tokensOf(String(body.prompt)));
    }
    glm.dispose();
    assert.equal(prompts.length, usages.length);
    assert.ok(prompts.length >= 20, `${prompts.length} requests`);
    for (const [at, prompt] of prompts.entries()) {
      const { promptTokens, cachedTokens = 0 } = usages[at] ?? { promptTokens: 0 };
      assert.ok(Math.abs(promptTokens - prompt.length) <= tolerance, `${promptTokens} of ${prompt.length}`);
      if (at === 0) continue;
      const predicted = common(prompt, prompts[at - 1] ?? []);
      assert.ok(Math.abs(cachedTokens - predicted) <= tolerance, `request ${at}: ${cachedTokens}, not ${predicted}`);
    }
  });

  it('takes from its cache what we predict, in a conversation about the repository', async () => {
    const messages: ChatMessage[] = [];
    const calibration = createCalibration();
    let pack: Pack | undefined;
    let before: number[] = [];
    for (const question of ['What does part7 return?', 'And part8?', 'Who calls them?', 'Thanks.']) {
      messages.push({ role: 'user', content: question });
      const toPack = { root: workspace.folder, budget: 3_000, question };
      const turn = { rules: rulesFor('ask'), messages: [...messages], question, maxTokens: 16, thinking: true, toPack };
      const turnPorts = { ...ports, backend, root: undefined, overlay: {}, calibration };
      const events = await Array.fromAsync(runTurn({ ...turn, ...(pack ? { pack } : {}) }, turnPorts, never));
      for (const event of events) if (event.type === 'packed') pack = event.pack;
      const prompt = await tokensOf(await rendered(bodies.at(-1)?.body ?? {}));
      const { cachedTokens = 0, promptTokens = 0 } = usageOf(events) ?? {};
      assert.ok(Math.abs(promptTokens - prompt.length) <= tolerance, `${promptTokens} of ${prompt.length}`);
      if (before.length > 0) {
        const predicted = common(prompt, before);
        assert.ok(predicted > 2_800, `${predicted} of ${prompt.length}`);
        // Its own answer is in the cache as well, where the template writes it as the model did.
        assert.ok(cachedTokens >= predicted - tolerance, `${cachedTokens}, not ${predicted}`);
        assert.ok(cachedTokens <= predicted + 16 + tolerance, `${cachedTokens}, not ${predicted}`);
      }
      before = prompt;
      const answer = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
      messages.push({ role: 'assistant', content: answer || '…' });
    }
  });

  it('is free again after every request that was given up, whenever that was', async () => {
    for (const after of [0, 5, 20, 60, 120, 250]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error('typed on')), after);
      await assert.rejects(
        Array.fromAsync(backend.chat(chat(`${after} ${'word '.repeat(4_000)}`, 2_000), controller.signal)),
        /typed on/,
      );
    }
    const isBusy = async () =>
      ((await (await fetch(`${server.url}/slots`)).json()) as { is_processing: boolean }[]).some(
        ({ is_processing }) => is_processing,
      );
    const deadline = Date.now() + 20_000;
    while (await isBusy()) assert.ok(Date.now() < deadline, 'the slot is still busy');
    assert.ok((await Array.fromAsync(backend.chat(chat('Hello', 2), never))).length > 0);
  });
});

describe('a llama-server that is loading', { skip }, () => {
  it('is known to be, and waited for', async () => {
    if ('unavailable' in program) return;
    const server = await startLlamaServer(program, { context: 32_768, ready: false });
    const ports = await createPorts({ distribution, signal: never }, defaultSettings);
    try {
      const options = { url: server.url, model: '' };
      await assert.rejects(
        probeLocal(ports.transport, options, never),
        (error: unknown) => error instanceof BackendError && error.kind === 'loading' && error.retryable,
      );
      const { kind } = await probeLocal(ports.transport, { ...options, waits: true }, never);
      assert.equal(kind, 'llama.cpp');
    } finally {
      await ports.dispose();
      await server.dispose();
    }
  });
});
