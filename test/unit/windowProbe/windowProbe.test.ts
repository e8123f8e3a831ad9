import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { failure } from '../../../extension/core/backend/failures.ts';
import type { Packer, Tokenizer } from '../../../extension/core/ports.ts';
import { createKeptProbes } from '../../../extension/core/windowProbe/keptProbes.ts';
import { filled, usualFills } from '../../../extension/core/windowProbe/plan.ts';
import { effectiveWindow } from '../../../extension/core/windowProbe/recall.ts';
import {
  prepareWindowProbe,
  type WindowProbeEvent,
  type WindowProbeRequest,
} from '../../../extension/core/windowProbe/windowProbe.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';
import type { FillResult, WindowProbeResult } from '../../../extension/protocol/windowProbe.ts';
import { writeArticles } from '../../support/articles.ts';
import { createForgetfulModel, type ForgetfulOptions } from '../../support/forgetfulModel.ts';
import { makeWorkspace, shop, type TestWorkspace } from '../../support/workspace.ts';

const never = new AbortController().signal;
const target = { kind: 'local', origin: 'http://127.0.0.1:8080', model: 'glm' } as const;
const retry = { attempts: 1, firstWait: 1, longestWait: 1, loadingWait: 1, longestLoading: 1, random: () => 0 };

describe('a window probe', () => {
  let tokenizer: Tokenizer;
  let packer: Packer;
  /** A repository that does not change, so that neither do the questions. */
  let repository: TestWorkspace;
  before(async () => {
    repository = await makeWorkspace();
    await writeArticles(repository.folder, 90);
    tokenizer = await createTiktoken(resolve('dist'));
    packer = createNodePacker({ distribution: resolve('dist') }, tokenizer);
  });
  after(() => repository?.dispose());

  async function probe(
    options: ForgetfulOptions,
    request: Partial<WindowProbeRequest> = {},
    hear: (event: WindowProbeEvent) => void = () => {},
    signal = never,
  ) {
    const backend = createForgetfulModel(options);
    const asked = { root: repository.folder, seed: 11, fills: [8_000, 16_000, 32_000], ...request };
    const ports = { backend, packer, tokenizer, factor: 1, retry };
    const { plan, run } = await prepareWindowProbe(asked, ports, never);
    const events: WindowProbeEvent[] = [];
    for await (const event of run(signal)) {
      events.push(event);
      hear(event);
    }
    const last = events.at(-1);
    assert.ok(last?.type === 'done');
    return { plan, events, result: last.result, requests: backend.requests };
  }

  it('finds that a model that remembers everything uses all of its window', async () => {
    const { result, requests, plan } = await probe({ reach: Number.POSITIVE_INFINITY });
    assert.deepEqual(
      result.fills.map(({ fill, recall }) => [fill, recall?.planted, recall?.real]),
      [
        [8_000, 1, 1],
        [16_000, 1, 1],
        [32_000, 1, 1],
      ],
    );
    assert.equal(result.effectiveWindow, 32_000);
    assert.deepEqual(result.notes, []);
    assert.equal(requests.length, plan.requests);
    for (const { recall, cachedShare, tokensPerSecond, countedTokens, fill } of result.fills) {
      assert.equal(recall?.questions, 20);
      assert.deepEqual(
        recall?.byDepth.map(({ depth, questions }) => [depth, questions]),
        [10, 30, 50, 70, 90].map((depth) => [depth, 4]),
      );
      assert.ok((cachedShare ?? 0) > 0.95);
      // The server says that it read them in 100 ms.
      assert.ok(Math.abs((tokensPerSecond ?? 0) / (countedTokens * 10) - 1) < 0.1);
      assert.ok(countedTokens <= fill);
    }
  });

  it('finds the effective window of a model that forgets what is farther away than 20K tokens', async () => {
    const { result } = await probe({ reach: 20_000 * 4 });
    const [, middle, large] = result.fills;
    assert.equal(middle?.recall?.all, 1);
    const byDepth = Object.fromEntries((large?.recall?.byDepth ?? []).map(({ depth, recall }) => [depth, recall]));
    assert.equal(byDepth[10], 0);
    assert.equal(byDepth[90], 1);
    assert.ok((large?.recall?.all ?? 1) < 0.8);
    assert.equal(result.effectiveWindow, 16_000);
  });

  it('asks all of one size on one prefix, and another prefix for the next size', async () => {
    const { requests } = await probe({ reach: 1e9 }, { fills: [8_000, 16_000] });
    const heads = requests.map(({ rules, pack }) => `${rules}${pack?.text}`);
    assert.equal(heads[0], heads[1]);
    assert.equal(heads[2], heads[3]);
    assert.notEqual(heads[0]?.slice(0, 20), heads[2]?.slice(0, 20));
    assert.equal(
      requests.every(({ thinking }) => !thinking),
      true,
    );
  });

  it('is the same again with the same seed', async () => {
    const one = await probe({ reach: 30_000 }, { fills: [8_000] });
    const two = await probe({ reach: 30_000 }, { fills: [8_000] });
    assert.deepEqual(one.requests, two.requests);
    assert.deepEqual(one.result.fills[0]?.recall, two.result.fills[0]?.recall);
  });

  it('says that nothing can be said where the model talks noise', async () => {
    async function* noise() {
      yield { type: 'text', text: 'lorem ipsum' } as const;
      yield { type: 'finish', reason: 'stop' } as const;
    }
    const { result } = await probe({ reach: 0, play: noise }, { fills: [8_000, 16_000] });
    assert.equal(result.effectiveWindow, undefined);
    assert.equal(result.notes.length, 1);
    assert.match(result.notes[0] ?? '', /No answer was right/);
    assert.equal(result.fills.length, 2);
    assert.equal(result.fills[0]?.promptTokens, undefined);
    // Without counters, the clock and our own count tell the speed.
    assert.ok((result.fills[0]?.tokensPerSecond ?? 0) > 0);
  });

  it('ends the climb at the size that overflows, keeps it with the reason, and does not count it', async () => {
    const { result, requests } = await probe({
      reach: 1e9,
      play: (request) =>
        (request.pack?.tokens ?? 0) > 12_000
          ? (async function* () {
              yield* [];
              throw failure('overflow', target, '', { overflow: { promptTokens: 16_000, window: 12_288 } });
            })()
          : undefined,
    });
    assert.deepEqual(
      result.fills.map(({ fill, failure: why }) => [fill, why !== undefined]),
      [
        [8_000, false],
        [16_000, true],
      ],
    );
    assert.match(result.fills[1]?.failure ?? '', /longer than the context window/);
    assert.equal(result.effectiveWindow, 8_000);
    assert.equal(requests.length, 3);
  });

  it('keeps what a size has shown before its second request timed out', async () => {
    const { result } = await probe({
      reach: 1e9,
      play: (_, nth) =>
        nth === 4
          ? (async function* () {
              yield* [];
              throw failure('timeout', target, '');
            })()
          : undefined,
    });
    const last = result.fills.at(-1);
    assert.equal(last?.recall?.planted, 1);
    assert.equal(last?.recall?.real, undefined);
    assert.ok(last?.failure);
    assert.equal(result.effectiveWindow, 8_000);
  });

  it('sees that a server has cut the prompt without a word, or that another backend answered', async () => {
    const cut = await probe({
      reach: 1e9,
      play: () =>
        (async function* () {
          yield { type: 'text', text: '1. unknown' } as const;
          yield { type: 'usage', usage: { promptTokens: 4_096, completionTokens: 3 } } as const;
          yield { type: 'finish', reason: 'stop' } as const;
        })(),
    });
    assert.match(cut.result.fills[0]?.failure ?? '', /read 4096 of \d+ tokens/);
    assert.equal(cut.result.fills.length, 1);
    const moved = await probe({
      reach: 1e9,
      play: () =>
        (async function* () {
          yield { type: 'moved', why: 'busy', label: 'another' } as const;
          yield { type: 'text', text: '1. unknown' } as const;
        })(),
    });
    assert.match(moved.result.fills[0]?.failure ?? '', /another/);
  });

  it('does not call cold what the server had in its cache', async () => {
    const { result } = await probe(
      {
        reach: 1e9,
        play: ({ pack }) =>
          (async function* () {
            const promptTokens = (pack?.tokens ?? 0) + 50;
            yield { type: 'text', text: '1. unknown' } as const;
            yield {
              type: 'usage',
              usage: { promptTokens, cachedTokens: promptTokens - 10, completionTokens: 3 },
            } as const;
          })(),
      },
      { fills: [8_000] },
    );
    const [only] = result.fills;
    assert.equal(only?.firstTokenCold, undefined);
    assert.equal(only?.tokensPerSecond, undefined);
    assert.ok((only?.firstTokenCached ?? -1) >= 0);
  });

  it('gives a model that thinks all the same the tokens to come to an answer', async () => {
    const { result, requests } = await probe(
      {
        reach: 1e9,
        play: ({ maxTokens }) =>
          maxTokens < 4_000
            ? (async function* () {
                yield { type: 'reasoning', text: 'hm' } as const;
                yield { type: 'finish', reason: 'length' } as const;
              })()
            : undefined,
      },
      { fills: [8_000] },
    );
    assert.equal(result.fills[0]?.recall?.all, 1);
    assert.equal(requests.length, 4);
  });

  it('stops when it is told to, closes the request, and keeps what was measured', async () => {
    const controller = new AbortController();
    let closed = false;
    const { result, events } = await probe(
      {
        reach: 1e9,
        play: (_, nth) =>
          nth === 3
            ? (async function* () {
                try {
                  yield { type: 'reading', read: 1_000, total: 16_000 } as const;
                  await new Promise((_, reject) => {
                    controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
                  });
                } finally {
                  closed = true;
                }
              })()
            : undefined,
      },
      {},
      (event) => {
        if (event.type === 'reading') controller.abort();
      },
      controller.signal,
    );
    assert.equal(closed, true);
    assert.deepEqual(
      result.fills.map(({ fill }) => fill),
      [8_000],
    );
    assert.equal(result.effectiveWindow, 8_000);
    assert.match(result.notes[0] ?? '', /stopped before 16,000/);
    assert.equal(events.filter(({ type }) => type === 'measured').length, 1);
  });

  it('says beforehand what it takes, and sends nothing yet', async () => {
    const prices = { chat: { input: 1, cached: 0.1, output: 0 } };
    const backend = createForgetfulModel({ reach: 1e9, prices, window: 20_000 });
    const { plan } = await prepareWindowProbe({ root: resolve('.') }, { backend, packer, tokenizer, factor: 1 }, never);
    const [small = 0, middle = 0, large = 0] = plan.fills;
    assert.deepEqual([small, middle], [8_000, 16_000]);
    assert.ok(large > 19_000 && large < 20_000);
    assert.equal(plan.requests, 6);
    assert.equal(plan.promptTokens, 2 * (small + middle + large));
    assert.ok(Math.abs((plan.cost?.expected ?? 0) - (1.1 * (small + middle + large)) / 1e6) < 1e-9);
    assert.ok(Math.abs((plan.cost?.most ?? 0) - plan.promptTokens / 1e6) < 1e-9);
    assert.equal(backend.requests.length, 0);
  });

  it('ends with a repository that is smaller than the window, and says so', async () => {
    const code = Array.from(
      { length: 200 },
      (_, i) => `export function useValue${i}(first: number, second: number) {\n  return first + second * ${i};\n}\n`,
    );
    const workspace = await makeWorkspace({ ...shop, 'src/many.ts': code.join('\n') });
    const { result, plan } = await probe({ reach: 1e9 }, { root: workspace.folder, fills: [4_000, 64_000] });
    assert.equal(plan.endsWithRepository, true);
    const [small, all] = result.fills;
    assert.equal(small?.fill, 4_000);
    assert.ok(all && all.fill > 5_000 && all.fill < 20_000 && all.countedTokens <= all.fill);
    assert.equal(result.effectiveWindow, all?.fill);
    assert.match(result.notes[0] ?? '', /The repository holds/);
    await workspace.dispose();
  });

  it('refuses where there is nothing to measure, or nothing to measure with', async () => {
    const tiny = await makeWorkspace({ 'a.txt': 'Nothing.\n' });
    await assert.rejects(probe({ reach: 1 }, { root: tiny.folder }), /holds too little text/);
    await tiny.dispose();
    const backend = { ...createForgetfulModel({ reach: 1 }), kind: 'embedded' as const };
    const ports = { backend, packer, tokenizer, factor: 1 };
    await assert.rejects(prepareWindowProbe({ root: resolve('.') }, ports, never), /not a model/);
  });
});

describe('the effective window', () => {
  const fill = (size: number, all: number, more: Partial<FillResult> = {}): FillResult => ({
    fill: size,
    countedTokens: size,
    recall: { all, questions: 20, byDepth: [] },
    ...more,
  });

  it('is the largest fill within 5 % of the best', () => {
    assert.equal(effectiveWindow([fill(8, 1), fill(16, 0.95), fill(32, 0.9)]), 16);
    assert.equal(effectiveWindow([fill(8, 0.8), fill(16, 0.76), fill(32, 0.7)]), 16);
    assert.equal(effectiveWindow([fill(8, 0.5), fill(16, 0.9), fill(32, 0.9)]), 32);
    assert.equal(effectiveWindow([fill(8, 1), fill(16, 0.5), fill(32, 1)]), 32);
  });

  it('counts no fill that failed, and is unknown where nothing was recalled', () => {
    assert.equal(effectiveWindow([fill(8, 1), fill(16, 1, { failure: 'timeout' })]), 8);
    assert.equal(effectiveWindow([fill(8, 0), fill(16, 0)]), undefined);
    assert.equal(effectiveWindow([]), undefined);
  });

  it('is looked for in the usual sizes, up to what the window and the repository hold', () => {
    assert.deepEqual(usualFills(32_768, 1, 10), [8_000, 16_000, 32_000]);
    assert.deepEqual(usualFills(131_072, 1, 10).slice(-1), [128_000]);
    assert.ok((usualFills(131_072, 1.33, 10).at(-1) ?? 0) * 1.33 < 131_072);
    assert.equal(usualFills(4_096, 1, 10).length, 1);
    assert.deepEqual(filled([8, 16, 32], 20), { fills: [8, 16, 20], isCut: true });
    assert.deepEqual(filled([8, 16, 32], 17), { fills: [8, 16], isCut: true });
    assert.deepEqual(filled([8, 16], 16), { fills: [8, 16], isCut: false });
  });
});

describe('kept probes', () => {
  const result = (backend: string, model: string, measured: string): WindowProbeResult => ({
    backend,
    model,
    measured,
    window: 1,
    seed: 1,
    fills: [],
    notes: [],
  });

  it('are the last of each backend and model, and survive what an older version has kept', () => {
    const memory = new Map<string, unknown>([['windowProbes', [{ not: 'a result' }, result('a', 'm', '1')]]]);
    const port = {
      get: (name: string) => memory.get(name),
      set: (name: string, value: unknown) => void memory.set(name, value),
    };
    const kept = createKeptProbes(port);
    kept.keep(result('b', 'm', '2'));
    kept.keep(result('a', 'm', '3'));
    assert.deepEqual(
      createKeptProbes(port)
        .all()
        .map(({ backend, measured }) => [backend, measured]),
      [
        ['a', '3'],
        ['b', '2'],
      ],
    );
    assert.deepEqual(createKeptProbes(undefined).all(), []);
  });
});
