import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPorts } from '../../extension/cli/host.ts';
import type { Backend, ChatMessage, Usage } from '../../extension/core/backend/backend.ts';
import { createLocalBackend } from '../../extension/core/backend/local/localBackend.ts';
import { probeLocal } from '../../extension/core/backend/local/probe.ts';
import { withAttachments } from '../../extension/core/conversation/attachments.ts';
import { besidePlan } from '../../extension/core/conversation/plan/batches.ts';
import { editRequest, planRequest } from '../../extension/core/conversation/plan/planFormat.ts';
import { rulesFor } from '../../extension/core/conversation/rules.ts';
import { runTurn } from '../../extension/core/conversation/turn.ts';
import type { Pack } from '../../extension/core/pack.ts';
import { defaultSettings } from '../../extension/core/settings.ts';
import { createCalibration } from '../../extension/core/tokens/calibration.ts';
import { findLlamaServer, type LlamaServer, startLlamaServer } from '../support/llamaServer.ts';

const program = await findLlamaServer();
const skip = 'unavailable' in program ? `no llama-server: ${program.unavailable}` : false;
const never = new AbortController().signal;
const root = resolve('.');
const question = 'Rename packBudget everywhere';

/** Tokens of a chat template around a message, and where two tokens are read as one. */
const template = 24;

describe('a planned refactor on a llama-server', { skip }, () => {
  let server: LlamaServer;
  let ports: Awaited<ReturnType<typeof createPorts>>;
  let backend: Backend;
  const window = 24_576;

  before(async () => {
    if ('unavailable' in program) return;
    server = await startLlamaServer(program, { context: window, slots: 1, cacheRam: 0 });
    ports = await createPorts({ distribution: resolve('dist'), signal: never }, defaultSettings);
    const found = await probeLocal(ports.transport, { url: server.url, model: '' }, never);
    backend = createLocalBackend(ports.transport, found);
  });
  after(async () => {
    await ports?.dispose();
    await server?.dispose();
  });

  /** One turn of the conversation, as the core runs it; of the tiny model's noise a few tokens are enough. */
  async function edit(messages: readonly ChatMessage[], pack?: Pack) {
    const turn = {
      ...{ rules: rulesFor('edit'), messages, question, maxTokens: 16, thinking: false, planned: true },
      toPack: { root, budget: 8_000, question },
      ...(pack ? { pack } : {}),
    };
    const { packer, files, tokenizer } = ports;
    const turnPorts = { backend, packer, files, root, overlay: {}, tokenizer, calibration: createCalibration() };
    let usage: Usage | undefined;
    let made = pack;
    let answer = '';
    for await (const event of runTurn(turn, turnPorts, never)) {
      if (event.type === 'packed') made = event.pack;
      if (event.type === 'usage') usage = event.usage;
      if (event.type === 'text') answer += event.text;
    }
    assert.ok(usage && made);
    return { usage, pack: made, answer };
  }

  /** A request for the edits of some files, and the tokens that it adds to the plan. */
  async function requestFor(paths: readonly string[]) {
    const attachments = await Promise.all(
      paths.map(async (path) => ({ path, languageId: '', text: await readFile(resolve(path), 'utf8') })),
    );
    const request = editRequest({ paths, leftOut: [], added: [], written: '', later: [] });
    return withAttachments(request, attachments);
  }

  it('has the server read no more for the edits than what they add to the plan', async () => {
    const ask = [{ role: 'user', content: `${question}\n\n${planRequest}` }] as const;
    const planned = await edit(ask);
    assert.ok(planned.usage.promptTokens > 3_000, JSON.stringify(planned.usage));
    assert.ok(planned.pack.tokens + besidePlan(window) <= window, 'the files to edit have room behind the pack');

    const plan = { role: 'assistant', content: planned.answer } as const;
    const parts = [
      ['extension/core/conversation/turn.ts'],
      ['extension/core/conversation/lastTalk.ts', 'extension/core/pack.ts'],
    ];
    for (const paths of parts) {
      const request = await requestFor(paths);
      const { usage } = await edit([...ask, plan, { role: 'user', content: request }], planned.pack);
      const [own = 0, answered = 0] = await ports.tokenizer.count([request, plan.content]);
      const evaluated = usage.promptTokens - (usage.cachedTokens ?? 0);
      const figures = JSON.stringify({ ...usage, evaluated, own, answered });
      assert.ok(own > 500 && evaluated <= own + answered * 2 + template, figures);
      assert.ok((usage.cachedTokens ?? 0) >= planned.usage.promptTokens - template, figures);
      console.log(`edits of ${paths.length} files: ${figures}`);
    }
  });
});
