import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPorts } from '../../extension/cli/host.ts';
import type { ChatMessage, ChatRequest, StreamEvent, Usage } from '../../extension/core/backend/backend.ts';
import { createLocalBackend } from '../../extension/core/backend/local/localBackend.ts';
import { probeLocal } from '../../extension/core/backend/local/probe.ts';
import { withTools } from '../../extension/core/conversation/toolLoop.ts';
import { createToolbox, toolLimits } from '../../extension/core/conversation/tools/toolbox.ts';
import { createGlm, type Glm } from '../../extension/core/glm.ts';
import { defaultSettings } from '../../extension/core/settings.ts';
import { createNodePacker } from '../../extension/node/nodePacker.ts';
import { createLazyTiktoken } from '../../extension/node/tiktoken.ts';
import { findLlamaServer, type LlamaServer, startLlamaServer } from '../support/llamaServer.ts';
import { makeWorkspace, type TestWorkspace } from '../support/workspace.ts';

const program = await findLlamaServer();
const skip = 'unavailable' in program ? `no llama-server: ${program.unavailable}` : false;
const distribution = resolve('dist');
const never = new AbortController().signal;

/** As GLM-4.7 lays tools, calls and results out (glm-protocol.md 2.5), in a few lines of our own. */
const template = `[gMASK]<sop>
{%- if tools %}<|system|># Tools
{% for tool in tools %}{{ tool | tojson }}
{% endfor %}
For each call return <tool_call>{name}<arg_key>{key}</arg_key><arg_value>{value}</arg_value></tool_call>
{%- endif %}
{%- for m in messages %}
{%- if m.role == 'tool' %}<|observation|><tool_response>{{ m.content }}</tool_response>
{%- elif m.role == 'assistant' %}<|assistant|>{% if m.reasoning_content %}<think>{{ m.reasoning_content }}</think>{% else %}</think>{% endif %}{{ m.content }}
{%- for c in m.tool_calls or [] %}<tool_call>{{ c.function.name }}{% for k, v in c.function.arguments.items() %}<arg_key>{{ k }}</arg_key><arg_value>{{ v }}</arg_value>{% endfor %}</tool_call>{% endfor %}
{%- else %}<|{{ m.role }}|>{{ m.content }}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}<|assistant|></think>{% endif %}`;

/** Tokens by which a server's counter may differ from what we expect: it reads at least the last one anew. */
const tolerance = 24;

describe('tools on a llama-server', { skip }, () => {
  let server: LlamaServer;
  let plain: LlamaServer;
  let ports: Awaited<ReturnType<typeof createPorts>>;
  let workspace: TestWorkspace;

  before(async () => {
    if ('unavailable' in program) return;
    server = await startLlamaServer(program, { context: 16_384, template });
    plain = await startLlamaServer(program, { context: 8_192 });
    ports = await createPorts({ distribution, signal: never }, defaultSettings);
    workspace = await makeWorkspace();
  });
  after(async () => {
    await ports?.dispose();
    await server?.dispose();
    await plain?.dispose();
    await workspace?.dispose();
  });

  const backendAt = async (url: string) =>
    createLocalBackend(ports.transport, await probeLocal(ports.transport, { url, model: '' }, never));
  const rules = `Be brief.\n${'Prices are kept in cents. '.repeat(500)}`;
  const question: ChatMessage = { role: 'user', content: 'Where is tax added?' };
  const base = { rules, messages: [question], question: question.content, maxTokens: 8, thinking: false };

  it('reads only the new round in the second request, by its own counters', async () => {
    const backend = await backendAt(server.url);
    const tokenizer = createLazyTiktoken(distribution);
    const packer = createNodePacker({ distribution }, tokenizer);
    const toolbox = createToolbox(
      { root: workspace.folder },
      { reader: packer.reader, tokenizer, packer },
      toolLimits(16_384),
    );
    const usages: Usage[] = [];
    const sent: ChatRequest[] = [];
    // The tiny model calls nothing by itself: what it streams is left aside in the first round, and a call stands in for it.
    async function* ask(request: ChatRequest): AsyncGenerator<StreamEvent> {
      sent.push(request);
      for await (const event of backend.chat(request, never)) {
        if (event.type === 'usage') usages.push(event.usage);
        if (event.type === 'usage' || event.type === 'finish' || sent.length > 1) yield event;
      }
      const call = { id: 'call_1', name: 'read_file', arguments: '{"path":"src/price.ts"}' };
      if (sent.length === 1) yield { type: 'tool-call', call };
    }
    const events = await Array.fromAsync(withTools(base, toolbox, ask, never));
    const result = events.findLast((event) => event.type === 'tool');
    assert.equal(result?.use.state, 'done');
    const [first, second] = usages;
    assert.ok(first && second && first.promptTokens > 2_500, JSON.stringify(usages));
    const evaluated = second.promptTokens - (second.cachedTokens ?? 0);
    const own = second.promptTokens - first.promptTokens;
    assert.ok(own > (result?.use.tokens ?? 0) && own < 600, `${own} tokens in the round`);
    assert.ok(evaluated <= own + tolerance, `${evaluated} tokens evaluated for a round of ${own}`);
    console.log(`prompt ${first.promptTokens} → ${second.promptTokens}, evaluated ${evaluated}`);
  });

  it('has what was looked up in its cache when the conversation goes on', async () => {
    const backend = await backendAt(server.url);
    const usageOf = async (messages: readonly ChatMessage[]): Promise<Usage> => {
      const events = await Array.fromAsync(backend.chat({ ...base, messages, tools }, never));
      const usage = events.flatMap((event) => (event.type === 'usage' ? [event.usage] : [])).at(-1);
      assert.ok(usage);
      return usage;
    };
    const tools = [{ name: 'read_file', description: 'Reads.', parameters: { type: 'object', properties: {} } }];
    const exchange: ChatMessage[] = [
      {
        role: 'assistant',
        content: 'Let me see.',
        calls: [{ id: 'a', name: 'read_file', arguments: '{"path":"a.ts"}' }],
      },
      { role: 'tool', callId: 'a', name: 'read_file', content: 'const a = 1;\n'.repeat(200) },
    ];
    const first = await usageOf([question, ...exchange]);
    const second = await usageOf([
      question,
      ...exchange,
      { role: 'assistant', content: 'There.' },
      { role: 'user', content: 'And why?' },
    ]);
    const evaluated = second.promptTokens - (second.cachedTokens ?? 0);
    assert.ok(evaluated <= second.promptTokens - first.promptTokens + tolerance, JSON.stringify([first, second]));
  });

  it('answers a request with tools where the template knows none of them', async () => {
    const settings = {
      ...defaultSettings,
      backend: 'local' as const,
      local: { url: plain.url, model: '', window: 0 },
      chat: { thinking: false, tools: true },
    };
    const own = await createPorts({ distribution, signal: never }, settings);
    const glm: Glm = createGlm(own);
    try {
      const request = {
        root: workspace.folder,
        messages: [{ role: 'user', content: 'Hello' }] as const,
        question: 'Hello',
      };
      const events = await Array.fromAsync(glm.chat(request, AbortSignal.timeout(120_000)));
      assert.ok(
        events.some(({ type }) => type === 'usage'),
        JSON.stringify(events.slice(-3)),
      );
      assert.equal(events.findLast(({ type }) => type === 'finish')?.type, 'finish');
    } finally {
      glm.dispose();
      await own.dispose();
    }
  });
});
