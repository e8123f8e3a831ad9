import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPorts } from '../../extension/cli/host.ts';
import type { ChatMessage } from '../../extension/core/backend/backend.ts';
import type { SurveyEvent } from '../../extension/core/conversation/mapReduce/survey.ts';
import type { TurnEvent } from '../../extension/core/conversation/turn.ts';
import { createGlm, type Glm } from '../../extension/core/glm.ts';
import type { Pack } from '../../extension/core/pack.ts';
import type { HttpRequest, Transport } from '../../extension/core/ports.ts';
import { defaultSettings, type Settings } from '../../extension/core/settings.ts';
import { findLlamaServer, type LlamaServer, startLlamaServer } from '../support/llamaServer.ts';
import { makeWorkspace, type TestWorkspace } from '../support/workspace.ts';

const program = await findLlamaServer();
const skip = 'unavailable' in program ? `no llama-server: ${program.unavailable}` : false;
const never = new AbortController().signal;

/** What llama-server says of one request. */
interface Timings {
  readonly prompt_n: number;
  readonly cache_n: number;
}

/** Tokens of an answer, at the most: this model's words are noise. */
const enough = 48;

/** A transport that notes the server's own counters as they come by, and keeps answers short. */
function listening(transport: Transport, seen: Timings[]): Transport {
  return {
    async request(request: HttpRequest, signal: AbortSignal) {
      const short = request.body?.replace(/"max_tokens":\d+/, `"max_tokens":${enough}`);
      const response = await transport.request({ ...request, ...(short ? { body: short } : {}) }, signal);
      async function* noted() {
        let text = '';
        const decoder = new TextDecoder();
        try {
          for await (const bytes of response.body) {
            text += decoder.decode(bytes, { stream: true });
            yield bytes;
          }
        } finally {
          const last = [...text.matchAll(/"timings":(\{[^}]*\})/g)].at(-1)?.[1];
          if (last && request.url.endsWith('/chat/completions')) seen.push(JSON.parse(last) as Timings);
        }
      }
      return { ...response, body: noted() };
    },
  };
}

describe('questions about a repository, at a real llama-server', { skip }, () => {
  let server: LlamaServer;
  let ports: Awaited<ReturnType<typeof createPorts>>;
  let glm: Glm;
  let workspace: TestWorkspace;
  const seen: Timings[] = [];

  before(async () => {
    if ('unavailable' in program) return;
    server = await startLlamaServer(program, { context: 16_384, slots: 1 });
    const settings: Settings = {
      ...defaultSettings,
      backend: 'local',
      local: { url: server.url, model: '', window: 0 },
    };
    ports = await createPorts({ distribution: resolve('dist'), signal: never }, settings);
    glm = createGlm({ ...ports, transport: listening(ports.transport, seen) });
    const line = (file: number, at: number) => `export const value${file}x${at} = read('setting.${file}.${at}');\n`;
    const files = Array.from({ length: 9 }, (_, file) => [
      `src/module${file}.ts`,
      Array.from({ length: 150 }, (__, at) => line(file, at)).join(''),
    ]);
    workspace = await makeWorkspace(Object.fromEntries(files) as Record<string, string>);
  });
  after(async () => {
    glm?.dispose();
    await ports?.dispose();
    await server?.dispose();
    await workspace?.dispose();
  });

  it('read the repository once: a follow-up has at most 1,000 new tokens evaluated', async () => {
    const root = resolve('.');
    const messages: ChatMessage[] = [];
    let pack: Pack | undefined;
    const say = async (question: string): Promise<TurnEvent[]> => {
      messages.push({ role: 'user', content: question });
      const request = { root, question, messages: [...messages], ...(pack ? { pack } : {}) };
      const events = await Array.fromAsync(glm.ask(request, never));
      const answer = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
      // An answer of some tens of words: the follow-up's own tokens are what counts.
      messages.push({ role: 'assistant', content: answer.slice(0, 600) });
      pack = events.find((event) => event.type === 'packed')?.pack ?? pack;
      return events;
    };
    const first = await say('How does the packer stay inside its budget?');
    assert.ok(first.some(({ type }) => type === 'packed'));
    const cold = seen.at(-1);
    assert.ok((cold?.prompt_n ?? 0) > 7_000, `the first question reads the pack: ${JSON.stringify(cold)}`);
    for (const question of ['And who calls it?', 'Where are its tests?']) {
      const events = await say(question);
      assert.equal(
        events.some(({ type }) => type === 'packed'),
        false,
        'nothing is packed anew',
      );
      const warm = seen.at(-1);
      console.log(`follow-up: ${JSON.stringify({ evaluated: warm?.prompt_n, cached: warm?.cache_n })}`);
      assert.ok((warm?.prompt_n ?? Number.NaN) <= 1_000, JSON.stringify(warm));
      assert.ok((warm?.cache_n ?? 0) >= (cold?.prompt_n ?? 0) - 10, JSON.stringify(warm));
    }
  });

  it('are put to every file, part by part', async () => {
    const question = 'List all places that read a setting.';
    const events: SurveyEvent[] = [];
    const request = { root: workspace.folder, question, messages: [{ role: 'user', content: question }] as const };
    const survey = glm.everything({ ...request, confirm: async () => 'all' }, never);
    for await (const event of survey) events.push(event);
    const plan = events.find((event) => event.type === 'plan')?.plan;
    const parts = plan?.parts.length ?? 0;
    assert.ok(parts >= 3, `${parts} parts`);
    assert.equal(plan?.files, 9);
    const over = events.flatMap((event) =>
      event.type === 'part' && ['found', 'nothing'].includes(event.state) ? [event.part] : [],
    );
    assert.deepEqual(
      over,
      Array.from({ length: parts }, (_, at) => at + 1),
      'each part, in order',
    );
    assert.ok(
      events.some((event) => event.type === 'part' && event.state === 'reading' && (event.total ?? 0) > 0),
      'the server tells how far it has read',
    );
    const usage = events.find((event) => event.type === 'usage')?.usage;
    const read = plan?.parts.reduce((sum, { tokens }) => sum + tokens, 0) ?? 0;
    console.log(
      `every file: ${JSON.stringify({ parts, tokens: read, planned: plan?.tokens, promptTokens: usage?.promptTokens })}`,
    );
    assert.ok((usage?.promptTokens ?? 0) >= read, `${usage?.promptTokens} tokens were sent of ${read}`);
    assert.equal(events.at(-1)?.type === 'usage' || events.at(-1)?.type === 'citations', true);
  });
});
