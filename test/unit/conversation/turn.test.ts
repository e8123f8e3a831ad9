import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Backend, ChatRequest, StreamEvent } from '../../../extension/core/backend/backend.ts';
import { BackendError } from '../../../extension/core/backend/backendError.ts';
import { failure } from '../../../extension/core/backend/failures.ts';
import { patient } from '../../../extension/core/backend/retry.ts';
import { type Tools, toolsFor } from '../../../extension/core/conversation/tools/tools.ts';
import { runTurn, smallerBudget, type TurnEvent } from '../../../extension/core/conversation/turn.ts';
import type { Pack, PackRequest } from '../../../extension/core/pack.ts';
import type { RepositoryReader } from '../../../extension/core/ports.ts';

import { createCalibration } from '../../../extension/core/tokens/calibration.ts';

const never = new AbortController().signal;
const target = { kind: 'local', origin: 'http://127.0.0.1:8080', model: 'glm' } as const;
const packOf = (budget: number): Pack => ({
  budget,
  tokens: budget,
  encoding: 'cl100k_base',
  files: [],
  omitted: [],
  text: 'x '.repeat(budget),
});

/** Runs a turn on a window of 32,768 against a server that plays `play` for each request, and notes what it was sent. */
async function run(
  play: (request: ChatRequest, nth: number) => StreamEvent[] | BackendError,
  kept?: Pack,
  calibration = createCalibration(),
  tools?: Tools,
) {
  const sent: ChatRequest[] = [];
  const asked: number[] = [];
  const backend: Backend = {
    kind: 'local',
    label: 'glm at home',
    window: 32_768,
    writesEdits: true,
    async *chat(request) {
      sent.push(request);
      const script = play(request, sent.length);
      if (script instanceof BackendError) throw script;
      yield* script;
    },
    complete: () => {
      throw new Error('not asked for');
    },
  };
  const packer = {
    pack: async ({ budget }: PackRequest) => {
      asked.push(budget);
      return packOf(budget);
    },
    keep: async () => {},
  };
  const turn = {
    rules: 'R',
    messages: [{ role: 'user', content: 'why?' }] as const,
    question: 'why?',
    toPack: { root: '/r', budget: 128_000 },
    maxTokens: 4_096,
    thinking: true,
    ...(kept ? { pack: kept } : {}),
  };
  const ports = {
    backend,
    packer,
    tokenizer: { encoding: 'cl100k_base', count: async (texts: readonly string[]) => texts.map(() => 5) },
    calibration,
    retry: { ...patient, firstWait: 1 },
    ...(tools ? { tools } : {}),
  };
  const events: TurnEvent[] = [];
  let error: unknown;
  try {
    for await (const event of runTurn(turn, ports, never)) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  return { sent, asked, events, error };
}

const yes: StreamEvent[] = [
  { type: 'text', text: 'yes' },
  { type: 'finish', reason: 'stop' },
];
const tooLong = failure('overflow', target, '', { overflow: { promptTokens: 40_000, window: 32_768 } });

describe('a turn whose prompt does not fit', () => {
  it('is packed smaller once, by what the server says is too much', async () => {
    const { sent, asked, error } = await run((_, nth) => (nth === 1 ? tooLong : yes));
    assert.equal(error, undefined);
    assert.equal(sent.length, 2);
    const [first = 0, second = 0] = asked;
    assert.ok(second < first - (40_000 + 4_096 - 32_768), `${first} → ${second}`);
    assert.ok(second > first / 4, `${first} → ${second}`);
    assert.equal(sent[1]?.pack?.budget, second);
  });

  it('is explained where it does not fit the second time either', async () => {
    const { sent, error } = await run(() => tooLong);
    assert.equal(sent.length, 2);
    assert.ok(error instanceof BackendError && error.kind === 'overflow');
  });

  it('is packed smaller also where an earlier turn had made the pack', async () => {
    const { sent, error } = await run((_, nth) => (nth === 1 ? tooLong : yes), packOf(25_000));
    assert.equal(error, undefined);
    assert.ok((sent[1]?.pack?.tokens ?? 0) < 25_000);
  });

  it('is not sent again once text was shown', async () => {
    const partly = [
      ...yes.slice(0, 1),
      { type: 'usage', usage: { promptTokens: 50_000, completionTokens: 1 } },
    ] as const;
    const { sent, events, error } = await run(() => [...partly]);
    assert.equal(sent.length, 1);
    assert.ok(events.some(({ type }) => type === 'text'));
    assert.ok(error instanceof BackendError && error.kind === 'overflow', 'a prompt cut in silence is told of');
  });

  it('shrinks by guess where the server names no sizes', () => {
    assert.equal(smallerBudget(100_000, 8_000, {}), 60_000);
    assert.equal(smallerBudget(5_000, 8_000, { promptTokens: 20_000, window: 2_000 }), 0);
    // Only the answer was too long: a little less is enough.
    assert.equal(smallerBudget(20_000, 4_000, { promptTokens: 30_000, window: 32_768 }), 18_644);
  });
});

describe('a turn whose server is busy', () => {
  it('waits, says so, and goes on', async () => {
    const busy = failure('rate-limit', target, '', { retryable: true });
    const { sent, events, error } = await run((_, nth) => (nth < 3 ? busy : yes));
    assert.equal(error, undefined);
    assert.equal(sent.length, 3);
    assert.equal(events.filter(({ type }) => type === 'waiting').length, 2);
    assert.deepEqual(sent[0], sent[2]);
  });
});

describe('counts', () => {
  it('are corrected by what the server reports, so that the next pack fits', async () => {
    const calibration = createCalibration();
    const reports = (request: ChatRequest): StreamEvent[] => [
      ...yes,
      { type: 'usage', usage: { promptTokens: Math.round((request.pack?.tokens ?? 0) * 1.3), completionTokens: 1 } },
    ];
    const first = await run(reports, packOf(10_000), calibration);
    assert.equal(first.error, undefined);
    assert.ok(calibration.factor({ label: 'glm at home' }) > 1.29);
    const { asked } = await run(reports, undefined, calibration);
    const [uncorrected] = (await run(reports)).asked;
    assert.ok((asked[0] ?? 0) * 1.3 <= 32_768 - 4_096, `${asked[0]} of ${uncorrected}`);
  });

  it('are not corrected by what no tokenizer explains', () => {
    const calibration = createCalibration();
    calibration.learn('a', 10_000, 40);
    calibration.learn('a', 10_000, 90_000);
    calibration.learn('a', 50, 100);
    calibration.learn('b', 10_000, 6_000);
    assert.deepEqual(
      ['a', 'b', 'c'].map((label) => calibration.factor({ label })),
      [1, 1, 1],
    );
  });
});

describe('a turn with tools', () => {
  const tokenizer = { encoding: 'cl100k_base', count: async (texts: readonly string[]) => texts.map(() => 5) };
  const reader: RepositoryReader = {
    read: async () => ({ text: 'const a = 1;' }),
    search: async () => ({ hits: [], files: 1 }),
    declarations: async () => ({ found: [] }),
    definitions: async () => ({ found: [] }),
  };
  const tools = () =>
    toolsFor({ root: '/r' }, { reader, tokenizer, packer: { screen: async () => ({ secrets: [] }) } }, 32_768);
  const call = { id: 'a', name: 'read_file', arguments: '{"path":"a.ts"}' };
  const rounds = (_: ChatRequest, nth: number): StreamEvent[] =>
    nth === 1
      ? [
          { type: 'tool-call', call },
          { type: 'finish', reason: 'tool_calls' },
        ]
      : yes;

  it('keeps its pack through the rounds, and leaves room in it for what is found', async () => {
    const [all = 0] = (await run(() => yes)).asked;
    const { sent, asked, error } = await run(rounds, undefined, createCalibration(), tools());
    assert.equal(error, undefined);
    assert.equal(asked.length, 1);
    assert.ok((asked[0] ?? 0) <= all - 8_000, `${asked[0]} of ${all}`);
    assert.equal(sent[0]?.pack, sent[1]?.pack);
    assert.deepEqual(
      sent[1]?.messages.map(({ role }) => role),
      ['user', 'assistant', 'tool'],
    );
  });

  it('does not begin anew where what was found no longer fits', async () => {
    const { sent, error } = await run(
      (_, nth) => (nth === 1 ? rounds(_, 1) : tooLong),
      undefined,
      createCalibration(),
      tools(),
    );
    assert.equal(sent.length, 2);
    assert.ok(error instanceof BackendError && error.kind === 'overflow');
  });
});
