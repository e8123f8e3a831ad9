import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPorts } from '../../extension/cli/host.ts';
import type { Usage } from '../../extension/core/backend/backend.ts';
import type { InlineEvent } from '../../extension/core/completion/inlineRequest.ts';
import { createGlm, type Glm } from '../../extension/core/glm.ts';
import { defaultSettings, type Settings } from '../../extension/core/settings.ts';
import { findLlamaServer, type LlamaServer, startLlamaServer } from '../support/llamaServer.ts';

const program = await findLlamaServer();
const skip = 'unavailable' in program ? `no llama-server: ${program.unavailable}` : false;
const never = new AbortController().signal;
const root = resolve('.');

const gap = (prefix: string) => ({
  root,
  cursor: { path: 'extension/core/pack.ts', line: 1, column: 1 },
  languageId: 'typescript',
  prefix,
  suffix: '\n',
  isManual: true,
});

describe('a llama-server with one slot', { skip }, () => {
  let server: LlamaServer;
  let ports: Awaited<ReturnType<typeof createPorts>>;
  let glm: Glm;
  let answered: Usage[] = [];

  async function ask(messages: readonly { role: 'user' | 'assistant'; content: string }[]) {
    let usage: Usage | undefined;
    let answer = '';
    const pack = await thePack;
    const question = messages.at(-1)?.content ?? '';
    for await (const event of glm.ask({ root, messages, question, pack }, never)) {
      if (event.type === 'usage') usage = event.usage;
      if (event.type === 'text') answer += event.text;
    }
    assert.ok(usage);
    return { usage, answer };
  }
  let thePack: ReturnType<Glm['pack']>;

  before(async () => {
    if ('unavailable' in program) return;
    // Without the store in which llama-server keeps prompts that were pushed out: most servers have none.
    server = await startLlamaServer(program, { context: 16_384, slots: 1, cacheRam: 0 });
    const settings: Settings = {
      ...defaultSettings,
      backend: 'local',
      local: { url: server.url, model: '', window: 0 },
      inline: { ...defaultSettings.inline, contextTokens: 4_000, maxTokens: 8 },
    };
    ports = await createPorts({ distribution: resolve('dist'), signal: never }, settings);
    const inline = (event: InlineEvent) => {
      if (event.type === 'answered' && event.usage) answered.push(event.usage);
    };
    glm = createGlm({ ...ports, inline });
    thePack = glm.pack({ root, budget: 3_000, question: 'What does the packer do?' }, never);
  });
  after(async () => {
    glm?.dispose();
    await ports?.dispose();
    await server?.dispose();
  });

  it('keeps a conversation while code is completed: the completion begins with it', async () => {
    const question = { role: 'user', content: 'What does the packer do?' } as const;
    const first = await ask([question]);
    assert.ok(first.usage.promptTokens > 2_500);

    answered = [];
    await glm.complete(gap('export function pack('), never);
    const [completion] = answered;
    assert.ok(completion, 'the completion was answered');
    assert.ok(
      (completion.cachedTokens ?? 0) >= first.usage.promptTokens - 4,
      JSON.stringify([first.usage, completion]),
    );

    const next = { role: 'user', content: 'And who calls it?' } as const;
    const second = await ask([question, { role: 'assistant', content: first.answer }, next]);
    assert.ok(
      (second.usage.cachedTokens ?? 0) >= first.usage.promptTokens - 4,
      JSON.stringify([first.usage, second.usage]),
    );
  });

  it('gives the slot to completions once another server was chosen', async () => {
    glm.reselect();
    answered = [];
    await glm.complete(gap('export function unpack('), never);
    assert.ok(answered[0]);
    assert.ok((answered[0].cachedTokens ?? 0) < 1_000, JSON.stringify(answered));
  });
});
