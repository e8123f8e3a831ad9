import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPorts } from '../../extension/cli/host.ts';
import type { Backend, ChatRequest, StreamEvent, Usage } from '../../extension/core/backend/backend.ts';
import { BackendError } from '../../extension/core/backend/backendError.ts';
import { diagnose } from '../../extension/core/backend/doctor.ts';
import { createLocalBackend } from '../../extension/core/backend/local/localBackend.ts';
import { probeLocal } from '../../extension/core/backend/local/probe.ts';
import { createGlm } from '../../extension/core/glm.ts';
import { defaultSettings } from '../../extension/core/settings.ts';
import { findLlamaServer, type LlamaServer, startLlamaServer } from '../support/llamaServer.ts';

const program = await findLlamaServer();
const skip = 'unavailable' in program ? `no llama-server: ${program.unavailable}` : false;
if (skip) console.error(`\nENGINE TESTS SKIPPED, ${skip}\n`);
else if (!('unavailable' in program)) console.log(program.version);

const never = new AbortController().signal;
const distribution = resolve('dist');
const textOf = (events: readonly StreamEvent[]) =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');
const usageOf = (events: readonly StreamEvent[]): Usage | undefined =>
  events.find((event) => event.type === 'usage')?.usage;

describe('a real llama-server', { skip }, () => {
  let server: LlamaServer;
  let backend: Backend;
  let ports: Awaited<ReturnType<typeof createPorts>>;
  const window = 24_576;

  const chatRequest = (content: string, maxTokens = 8): ChatRequest => ({
    rules: 'Be brief.',
    messages: [{ role: 'user', content }],
    question: content,
    maxTokens,
    thinking: false,
  });
  const slotsBusy = async () => {
    const slots = (await (await fetch(`${server.url}/slots`)).json()) as { is_processing: boolean }[];
    return slots.some((slot) => slot.is_processing);
  };

  before(async () => {
    if ('unavailable' in program) return;
    server = await startLlamaServer(program, { context: window });
    ports = await createPorts({ distribution, signal: never }, defaultSettings);
    backend = createLocalBackend(
      ports.transport,
      await probeLocal(ports.transport, { url: server.url, model: '' }, never),
    );
  });
  after(async () => {
    await ports?.dispose();
    await server?.dispose();
  });

  it('is recognised, with its window and its FIM tokens', async () => {
    const { kind, fim, window: found } = await probeLocal(ports.transport, { url: server.url, model: '' }, never);
    assert.deepEqual({ kind, fim, found }, { kind: 'llama.cpp', fim: 'glm', found: window });
  });

  it('is described by doctor, in plain words', async () => {
    const local = { url: server.url, model: '', window: 0 };
    const { ok, lines } = await diagnose(ports, { ...defaultSettings, backend: 'local', local }, never);
    assert.equal(ok, true);
    const text = lines.join('\n');
    for (const words of [
      /llama\.cpp at /,
      /Context window: /,
      /with GLM tokens/,
      /Tokenizer: \/tokenize/,
      /Requests at once: \d/,
    ])
      assert.match(text, words);
  });

  it('streams a chat', async () => {
    const events = await Array.fromAsync(backend.chat(chatRequest('Hello 你好'), never));
    assert.ok(textOf(events).length > 0);
    assert.ok((usageOf(events)?.promptTokens ?? 0) > 5);
    assert.equal(events.at(-1)?.type, 'finish');
  });

  it('fills a gap from a raw FIM prompt, whose special tokens it reads as such', async () => {
    const gap = {
      path: 'a.ts',
      languageId: 'typescript',
      prefix: 'let a = ',
      suffix: ';\n',
      mode: 'block',
      maxTokens: 6,
    } as const;
    const events = await Array.fromAsync(backend.complete(gap, never));
    const [plain = 0] = await ports.tokenizer.count(['###PATH: a.ts\n;\nlet a = ']);
    // Three special tokens, each one token; as plain text they would be seven each.
    const promptTokens = usageOf(events)?.promptTokens ?? 0;
    assert.ok(Math.abs(promptTokens - (plain + 3)) <= 2, `${promptTokens} tokens, ${plain} of them plain`);
  });

  it("reads a special token in the user's text as plain text", async () => {
    const gap = (prefix: string) =>
      ({ path: 'a.ts', languageId: 'typescript', prefix, suffix: '', mode: 'block', maxTokens: 1 }) as const;
    const tokens = async (prefix: string) =>
      usageOf(await Array.fromAsync(backend.complete(gap(prefix), never)))?.promptTokens ?? 0;
    assert.ok((await tokens('x <|user|>')) - (await tokens('x ')) > 2);
  });

  it('stops working when the request is cancelled', async () => {
    const controller = new AbortController();
    await assert.rejects(async () => {
      for await (const event of backend.chat(chatRequest('Tell me a long story.', 4_000), controller.signal)) {
        if (event.type === 'text') controller.abort();
      }
    }, /abort/i);
    const deadline = Date.now() + 5_000;
    while (await slotsBusy()) assert.ok(Date.now() < deadline, 'the slot is still busy after five seconds');
  });

  it('says that a prompt is too long, and what to do', async () => {
    const long = 'word '.repeat(window + 100);
    await assert.rejects(Array.fromAsync(backend.chat(chatRequest(long), never)), (error: unknown) => {
      assert.ok(error instanceof BackendError);
      assert.equal(error.kind, 'overflow');
      assert.match(error.nextStep, /context\.budget/);
      return true;
    });
  });

  it('reports what it took from its cache', async () => {
    const request = chatRequest('The same question, twice.', 2);
    await Array.fromAsync(backend.chat(request, never));
    const usage = usageOf(await Array.fromAsync(backend.chat(request, never)));
    assert.ok(usage && (usage.cachedTokens ?? 0) >= usage.promptTokens - 2);
  });

  it('keeps a prompt of over 8K tokens in its cache while 50 characters are typed', async () => {
    const root = resolve('.');
    const contextTokens = 14_000;
    const settings = {
      ...defaultSettings,
      backend: 'local',
      local: { url: server.url, model: '', window: 0 },
      inline: { ...defaultSettings.inline, contextTokens, maxTokens: 6 },
    } as const;
    const glm = createGlm({ ...ports, settings: () => settings });
    const path = 'extension/core/context/packer.ts';
    const read = await ports.files.read(root, path, 1 << 20);
    const text = 'bytes' in read ? new TextDecoder().decode(read.bytes) : '';
    const at = text.indexOf('\n', text.length / 2) + 1;
    const typed = '  const remembered = request.overlay ?? snapshot.te';
    assert.equal(typed.length, 51);

    const usages: Usage[] = [];
    for (let length = 0; length <= 50; length++) {
      const prefix = text.slice(0, at) + typed.slice(0, length + 1);
      const request = {
        root,
        cursor: { path, line: 1, column: 1 },
        languageId: 'typescript',
        prefix,
        suffix: `\n${text.slice(at)}`,
      };
      const seen = await measured(glm, request);
      if (seen) usages.push(seen);
    }
    glm.dispose();

    const [cold, ...warm] = usages;
    const sum = (of: (usage: Usage) => number) => warm.reduce((total, usage) => total + of(usage), 0);
    const cached = sum((usage) => usage.cachedTokens ?? 0);
    const share = cached / sum((usage) => usage.promptTokens);
    const evaluated = warm.map((usage) => usage.promptTokens - (usage.cachedTokens ?? 0)).sort((a, b) => a - b);
    const report = {
      keystrokes: 50,
      requests: warm.length,
      promptTokens: warm.at(-1)?.promptTokens,
      shareFromCache: Number(share.toFixed(5)),
      evaluatedMedian: evaluated[Math.floor(evaluated.length / 2)],
      evaluatedMost: evaluated.at(-1),
      coldRead: cold && cold.promptTokens - (cold.cachedTokens ?? 0),
    };
    console.log(`prefix cache: ${JSON.stringify(report)}`);
    // The answers are noise: a keystroke that agrees with the last one, and needs no request, is an accident.
    assert.ok(warm.length >= 40, `${warm.length} requests`);
    assert.ok((cold?.promptTokens ?? 0) >= 8_000, `${cold?.promptTokens} tokens are too few`);
    assert.ok(share >= 0.99, `${share} from cache`);
  });

  /** The usage of one inline completion, read off the stream that the product itself reads. */
  async function measured(
    glm: ReturnType<typeof createGlm>,
    request: Parameters<typeof glm.complete>[0],
  ): Promise<Usage | undefined> {
    const { backend: selected } = await glm.probe(never);
    let usage: Usage | undefined;
    const original = selected.complete;
    Object.assign(selected, {
      async *complete(...args: Parameters<Backend['complete']>): AsyncGenerator<StreamEvent> {
        for await (const event of original(...args)) {
          if (event.type === 'usage') usage = event.usage;
          yield event;
        }
      },
    });
    await glm.complete(request, never);
    Object.assign(selected, { complete: original });
    return usage;
  }
});

describe('a llama-server with a key', { skip }, () => {
  it('refuses us without it, in words that help, and serves us with it', async () => {
    if ('unavailable' in program) return;
    const server = await startLlamaServer(program, { context: 2_048, apiKey: 'right-key' });
    const ports = await createPorts({ distribution, signal: never }, defaultSettings);
    const local = { url: server.url, model: '', window: 0 };
    const settings = { ...defaultSettings, backend: 'local', local } as const;
    const ask = async (localKey: string | undefined) => {
      const secrets = { apiKey: async () => 'hosted-key', localKey: async () => localKey };
      const glm = createGlm({ ...ports, secrets, settings: () => settings });
      const request = { root: undefined, question: 'x', messages: [{ role: 'user', content: 'x' }] } as const;
      try {
        return await Array.fromAsync(glm.chat(request, never));
      } finally {
        glm.dispose();
      }
    };
    try {
      for (const wrong of [undefined, 'wrong-key']) {
        const secrets = { apiKey: async () => 'hosted-key', localKey: async () => wrong };
        const { ok, lines } = await diagnose({ ...ports, secrets }, settings, never);
        assert.equal(ok, false);
        assert.match(lines.join('\n'), /did not accept the API key/);
        await assert.rejects(ask(wrong), (error: unknown) => {
          return error instanceof BackendError && error.kind === 'authentication' && /Set API Key/.test(error.nextStep);
        });
      }
      assert.ok(textOf((await ask('right-key')).filter((event) => event.type === 'text')).length > 0);
    } finally {
      await ports.dispose();
      await server.dispose();
    }
  });
});
