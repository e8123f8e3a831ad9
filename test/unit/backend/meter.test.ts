import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Backend, ChatRequest, Spent, StreamEvent } from '../../../extension/core/backend/backend.ts';
import { BackendError } from '../../../extension/core/backend/backendError.ts';
import { createMeter } from '../../../extension/core/backend/meter.ts';
import { costOf } from '../../../extension/core/backend/modelCatalogue.ts';

const never = new AbortController().signal;
const price = { input: 1, cached: 0.1, output: 4 };
const request: ChatRequest = {
  rules: 'r'.repeat(400),
  messages: [{ role: 'user', content: 'c'.repeat(400) }],
  question: 'c',
  maxTokens: 10,
  thinking: false,
};

function backendOf(events: StreamEvent[], prices?: Backend['prices']): Backend {
  async function* play(): AsyncGenerator<StreamEvent> {
    yield* events;
  }
  const common = { kind: 'hosted', label: 'glm', window: 1_000, writesEdits: true } as const;
  return { ...common, chat: play, complete: play, ...(prices ? { prices } : {}) };
}

const told: StreamEvent[] = [
  { type: 'text', text: 'answer' },
  { type: 'usage', usage: { promptTokens: 1_000_000, cachedTokens: 500_000, completionTokens: 100_000 } },
  { type: 'finish', reason: 'stop' },
];

describe('the meter', () => {
  it('charges what is read anew, from the cache and written at their own prices', () => {
    assert.equal(costOf(price, { promptTokens: 1_000_000, cachedTokens: 500_000, completionTokens: 100_000 }), 0.95);
    assert.equal(costOf(price, { promptTokens: 1_000_000, completionTokens: 0 }), 1);
  });

  it('adds up requests, tells of each, and shows its cost', async () => {
    const news: Spent[] = [];
    const meter = createMeter((spent) => news.push(spent));
    const backend = meter.on(backendOf(told, { chat: price }), () => 0);
    const events = await Array.fromAsync(backend.chat(request, never));
    await Array.fromAsync(backend.chat(request, never));
    const usage = events.find((event) => event.type === 'usage');
    assert.equal(usage?.type === 'usage' && usage.usage.cost, 0.95);
    assert.deepEqual(meter.spent, {
      requests: 2,
      promptTokens: 2_000_000,
      cachedTokens: 1_000_000,
      completionTokens: 200_000,
      cost: 1.9,
    });
    assert.equal(news.length, 2);
  });

  it('counts tokens where nothing is charged', async () => {
    const meter = createMeter();
    await Array.fromAsync(meter.on(backendOf(told), () => 0).chat(request, never));
    assert.deepEqual([meter.spent.promptTokens, meter.spent.cost], [1_000_000, 0]);
  });

  it('estimates an answer that was cut short, since it is charged all the same', async () => {
    const meter = createMeter();
    const backend = meter.on(backendOf(told, { chat: price }), () => 0);
    for await (const event of backend.chat(request, never)) if (event.type === 'text') break;
    assert.deepEqual([meter.spent.requests, meter.spent.promptTokens], [1, 200]);
    assert.ok(meter.spent.cost > 0);
  });

  it('sends nothing more once the limit is reached, and says which setting raises it', async () => {
    const meter = createMeter();
    let limit = 1;
    const backend = meter.on(backendOf(told, { chat: price }), () => limit);
    await Array.fromAsync(backend.chat(request, never));
    await Array.fromAsync(backend.chat(request, never));
    await assert.rejects(
      Array.fromAsync(backend.chat(request, never)),
      (error: unknown) =>
        error instanceof BackendError && error.kind === 'spending' && /spendingLimit/.test(error.message),
    );
    assert.equal(meter.spent.requests, 2);
    limit = 5;
    await Array.fromAsync(backend.chat(request, never));
    await Array.fromAsync(meter.on(backendOf(told), () => 1).chat(request, never));
  });
});
