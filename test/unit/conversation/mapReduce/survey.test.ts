import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Backend, ChatRequest, StreamEvent } from '../../../../extension/core/backend/backend.ts';
import { BackendError, type BackendErrorKind } from '../../../../extension/core/backend/backendError.ts';
import { failure } from '../../../../extension/core/backend/failures.ts';
import { patient } from '../../../../extension/core/backend/retry.ts';
import { createCitationCheck } from '../../../../extension/core/conversation/citations/citationCheck.ts';
import { planSurvey } from '../../../../extension/core/conversation/mapReduce/plan.ts';
import {
  runSurvey,
  type SurveyDecision,
  type SurveyEvent,
} from '../../../../extension/core/conversation/mapReduce/survey.ts';
import type { PackRequest } from '../../../../extension/core/pack.ts';
import type { Packer, Partition, PartPlan } from '../../../../extension/core/ports.ts';
import { createCalibration } from '../../../../extension/core/tokens/calibration.ts';

const target = { kind: 'local', origin: 'http://127.0.0.1:8080', model: 'glm' } as const;
const failed = (kind: BackendErrorKind) => failure(kind, target, kind);

const passing = () => failure('server', target, 'reset', { retryable: true });

const planOf = (at: number): PartPlan => ({
  tokens: 200,
  pieces: [`${at}a.ts`, `${at}b.ts`].map((path) => ({ path, startLine: 1, endLine: 9, isWhole: true, tokens: 100 })),
});

/** A packer whose repository has so many parts. */
function packerOf(parts: number): Packer {
  const partition: Partition = {
    parts: Array.from({ length: parts }, (_, at) => planOf(at + 1)),
    files: parts * 2,
    tokens: parts * 200,
    leftOut: [],
  };
  return {
    pack: async ({ budget }: PackRequest) => ({
      budget,
      tokens: 1,
      encoding: '',
      files: [],
      omitted: [],
      text: 'best',
    }),
    partition: async () => partition,
    part: async ({ plan: { pieces, tokens }, budget }) => ({
      ...{ budget, tokens, encoding: '', omitted: [] },
      files: pieces.map(({ path, tokens: own }) => ({ path, level: 'full', tokens: own, ranges: [[1, 9]] })),
      text: pieces.map(({ path }) => path).join(' '),
    }),
    likely: async () => [],
    alike: async () => ({ same: [], siblings: [] }),
    screen: async () => ({ secrets: [] }),
    keep: async () => {},
  };
}

const isMerge = ({ pack }: ChatRequest) => pack === undefined;
const textOf = ({ messages }: ChatRequest) => messages.at(-1)?.content ?? '';

/** What the server says to a request. */
type Play = (request: ChatRequest, signal: AbortSignal) => Promise<string | BackendError> | string | BackendError;

/** Runs a survey on so many parts against a server that plays `play`, and notes what it was sent. */
async function run(
  parts: number,
  play: Play,
  {
    kind = 'local',
    decision = 'all',
    stop = () => false,
    citations = false,
  }: {
    citations?: boolean;
    kind?: 'local' | 'hosted';
    decision?: SurveyDecision;
    stop?: (event: SurveyEvent) => boolean;
  } = {},
) {
  const controller = new AbortController();
  const sent: ChatRequest[] = [];
  let working = 0;
  let mostWorking = 0;
  let aborted = 0;
  const backend: Backend = {
    kind,
    label: 'glm at home',
    window: 32_768,
    writesEdits: true,
    async *chat(request, signal): AsyncGenerator<StreamEvent> {
      sent.push(request);
      mostWorking = Math.max(mostWorking, ++working);
      try {
        await new Promise((done) => setTimeout(done, 2));
        const answer = await play(request, signal);
        if (signal.aborted) aborted++;
        signal.throwIfAborted();
        if (answer instanceof BackendError) throw answer;
        yield { type: 'text', text: answer };
        yield { type: 'usage', usage: { promptTokens: 100, completionTokens: 10, cachedTokens: 40 } };
        yield { type: 'finish', reason: 'stop' };
      } finally {
        working--;
      }
    },
    complete: () => {
      throw new Error('not asked for');
    },
  };
  const survey = {
    rules: 'R',
    mergeRules: 'M',
    messages: [{ role: 'user', content: 'list all taxes' }] as const,
    question: 'list all taxes',
    toPack: { root: '/r', budget: 128_000 },
    maxTokens: 4_096,
    thinking: true,
    confirm: async () => decision,
  };
  const packer = packerOf(parts);
  const files = { read: async () => ({ bytes: new TextEncoder().encode('tax\n') }) };
  const folder = { root: '/r', overlay: {}, exclude: [] };
  const check = citations ? createCitationCheck(folder, { files, packer }, controller.signal) : undefined;
  const ports = {
    ...{ backend, packer, citations: check },
    tokenizer: {
      encoding: 'cl100k_base',
      count: async (texts: readonly string[]) => texts.map(({ length }) => length),
    },
    calibration: createCalibration(),
    retry: { ...patient, attempts: 1 },
  };
  const events: SurveyEvent[] = [];
  let error: unknown;
  let result: SurveyDecision | undefined;
  try {
    const stream = runSurvey(survey, ports, controller.signal);
    for (;;) {
      const next = await stream.next();
      if (next.done) {
        result = next.value;
        break;
      }
      events.push(next.value);
      if (stop(next.value)) controller.abort(new Error('stopped'));
    }
  } catch (thrown) {
    error = thrown;
  }
  const merging = events.findIndex(({ type }) => type === 'merging');
  const said = (some: readonly SurveyEvent[]) =>
    some.map((event) => (event.type === 'text' ? event.text : '')).join('');
  return {
    ...{ sent, events, error, result, mostWorking, aborted },
    states: events.flatMap((event) => (event.type === 'part' ? [`${event.part} ${event.state}`] : [])),
    found: said(merging < 0 ? events : events.slice(0, merging)),
    answer: merging < 0 ? '' : said(events.slice(merging)),
  };
}

const findings: Play = (request) =>
  isMerge(request) ? 'the answer' : `- tax in \`${request.pack?.files[0]?.path}:1\``;

describe('a question about every file', () => {
  it('asks each part once, in order and one at a time on a local server, and merges what they found', async () => {
    const { sent, states, found, answer, mostWorking, result, events } = await run(3, findings);
    assert.equal(result, 'all');
    assert.equal(mostWorking, 1);
    assert.deepEqual(states, ['1 reading', '1 found', '2 reading', '2 found', '3 reading', '3 found']);
    assert.deepEqual(
      sent.slice(0, 3).map(({ pack }) => pack?.text),
      ['1a.ts 1b.ts', '2a.ts 2b.ts', '3a.ts 3b.ts'],
    );
    assert.match(found, /Part 1 of 3[\s\S]*1a\.ts:1[\s\S]*Part 3 of 3[\s\S]*3a\.ts:1/);
    const merge = sent[3];
    assert.equal(sent.length, 4);
    assert.equal(merge?.rules, 'M');
    assert.match(textOf(merge as ChatRequest), /1a\.ts:1[\s\S]*2a\.ts:1[\s\S]*3a\.ts:1[\s\S]*list all taxes$/);
    assert.equal(answer, 'the answer');
    const usage = events.find((event) => event.type === 'usage')?.usage;
    assert.deepEqual(usage, { promptTokens: 400, completionTokens: 40, cachedTokens: 160 });
  });

  it('asks two parts at a time where the server is hosted, and merges in order whichever comes first', async () => {
    const play: Play = async (request, signal) => {
      const first = request.pack?.text.startsWith('1');
      if (first) await new Promise((done) => setTimeout(done, 40));
      return findings(request, signal);
    };
    const { sent, mostWorking, states } = await run(4, play, { kind: 'hosted' });
    assert.equal(mostWorking, 2);
    assert.ok(states.indexOf('2 found') < states.indexOf('1 found'));
    const merge = textOf(sent.at(-1) as ChatRequest);
    assert.ok(merge.indexOf('1a.ts:1') < merge.indexOf('2a.ts:1'));
  });

  it('tells the plan before anything is sent, and leaves it where the user wants the best files', async () => {
    const { sent, events, result } = await run(3, findings, { decision: 'best' });
    assert.equal(sent.length, 0);
    assert.equal(result, 'best');
    const plan = events.find((event) => event.type === 'plan')?.plan;
    assert.deepEqual(
      [plan?.requests, plan?.files, plan?.parts[1]],
      [4, 6, { files: 2, tokens: 200, first: '2a.ts', last: '2b.ts' }],
    );
    assert.ok((plan?.tokens ?? 0) > 600);
  });

  it('reports a part that fails, and goes on with the others', async () => {
    const play: Play = (request, signal) =>
      request.pack?.text.startsWith('2') ? failed('moderation') : findings(request, signal);
    const { states, answer, error, sent } = await run(3, play);
    assert.equal(error, undefined);
    assert.ok(states.includes('2 failed'));
    assert.equal(answer, 'the answer');
    assert.doesNotMatch(textOf(sent.at(-1) as ChatRequest), /2a\.ts/);
  });

  it('asks a part again, once and after the others, where its failure may have been a passing one', async () => {
    let failures = 0;
    const play: Play = (request, signal) =>
      request.pack?.text.startsWith('2') && failures++ === 0 ? passing() : findings(request, signal);
    const { states, sent, answer } = await run(3, play);
    assert.deepEqual(states.slice(3), ['2 failed', '3 reading', '3 found', '2 reading', '2 found']);
    const merge = textOf(sent.at(-1) as ChatRequest);
    assert.match(merge, /1a\.ts:1[\s\S]*2a\.ts:1[\s\S]*3a\.ts:1/);
    assert.equal(answer, 'the answer');

    const never = await run(3, (request, signal) =>
      request.pack?.text.startsWith('2') ? passing() : findings(request, signal),
    );
    assert.equal(never.states.filter((state) => state === '2 failed').length, 2);
    assert.equal(never.answer, 'the answer');
  });

  it('does not say that a part holds nothing which could not be asked', async () => {
    const { answer } = await run(3, (request) => (request.pack?.text.startsWith('2') ? failed('moderation') : 'NONE'));
    assert.match(answer, /None of the 2 parts that could be asked .*; 1 failed/);
  });

  it('checks what each part cites, and then what the answer cites', async () => {
    const { events, error } = await run(3, findings, { citations: true });
    assert.equal(error, undefined);
    const merging = events.findIndex(({ type }) => type === 'merging');
    const checked = (some: readonly SurveyEvent[]) =>
      some
        .flatMap((event) => (event.type === 'citations' ? event.citations : []))
        .map(({ path, status }) => [path, status]);
    assert.deepEqual(checked(events.slice(0, merging)), [
      ['1a.ts', 'verified'],
      ['2a.ts', 'verified'],
      ['3a.ts', 'verified'],
    ]);
    assert.deepEqual(checked(events.slice(merging)), []);

    const again = await run(
      2,
      (request, signal) => (isMerge(request) ? 'in `1a.ts:1` and `2a.ts:9`' : findings(request, signal)),
      { citations: true },
    );
    const from = again.events.findIndex(({ type }) => type === 'merging');
    assert.deepEqual(checked(again.events.slice(from)), [
      ['1a.ts', 'verified'],
      ['2a.ts', 'wrong'],
    ]);
  });

  it('tells what was spent where it fails', async () => {
    const { events } = await run(5, (request, signal) =>
      request.pack?.text.startsWith('2') ? failed('authentication') : findings(request, signal),
    );
    assert.equal(events.find((event) => event.type === 'usage')?.usage.promptTokens, 100);
  });

  it('stops at a failure that all parts would meet, and keeps what was found', async () => {
    const play: Play = (request, signal) =>
      request.pack?.text.startsWith('2') ? failed('authentication') : findings(request, signal);
    const { sent, found, error } = await run(5, play);
    assert.equal(sent.length, 2);
    assert.ok(error instanceof BackendError && error.kind === 'authentication');
    assert.match(found, /1a\.ts:1/);
  });

  it('says why where every part fails', async () => {
    const { error, sent } = await run(3, () => failed('moderation'));
    assert.equal(sent.length, 3);
    assert.ok(error instanceof BackendError && error.kind === 'moderation');
  });

  it('stops in the middle, closes what is under way, and has streamed what was found', async () => {
    const play: Play = async (request, signal) => {
      if (request.pack?.text.startsWith('1')) return findings(request, signal);
      if (!signal.aborted) await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
      return 'too late';
    };
    const { sent, found, error, aborted } = await run(5, play, {
      stop: (event) => event.type === 'part' && event.part === 2,
    });
    assert.equal((error as Error).message, 'stopped');
    assert.equal(sent.length, 2);
    await new Promise((done) => setTimeout(done, 20));
    assert.equal(aborted, 1);
    assert.match(found, /1a\.ts:1/);
    assert.doesNotMatch(found, /too late/);
  });

  it('stops while the plan waits for its answer', async () => {
    const { sent, error } = await run(3, findings, { stop: ({ type }) => type === 'plan' });
    assert.equal(sent.length, 0);
    assert.equal((error as Error).message, 'stopped');
  });

  it('asks a part that is too long in two halves', async () => {
    const play: Play = (request, signal) =>
      request.pack?.text === '2a.ts 2b.ts' ? failed('overflow') : findings(request, signal);
    const { sent, states, found } = await run(3, play);
    assert.ok(states.includes('2 found'));
    assert.deepEqual(
      sent.map(({ pack }) => pack?.text),
      ['1a.ts 1b.ts', '2a.ts 2b.ts', '2a.ts', '2b.ts', '3a.ts 3b.ts', undefined],
    );
    assert.match(found, /2a\.ts:1[\s\S]*2b\.ts:1/);
  });

  it('needs no merge where one part has it all, or none', async () => {
    const one = await run(3, (request, signal) =>
      request.pack?.text.startsWith('2') ? findings(request, signal) : 'NONE.',
    );
    assert.equal(one.sent.length, 3);
    assert.equal(one.answer, '- tax in `2a.ts:1`');
    assert.deepEqual(
      one.states.filter((state) => state.endsWith('nothing')),
      ['1 nothing', '3 nothing'],
    );
    const none = await run(2, () => '**无**');
    assert.equal(none.sent.length, 2);
    assert.match(none.answer, /None of the 2 parts/);
  });

  it('merges in steps where the findings have no room in one request, and loses none', async () => {
    const long = 'x'.repeat(9_000);
    const { sent, answer } = await run(6, (request) => {
      if (!isMerge(request)) return `${request.pack?.files[0]?.path} ${long}`;
      const parts = [...textOf(request).matchAll(/(\d)a\.ts/g)].map(([, part]) => part);
      return `merged ${parts.map((part) => `${part}a.ts`).join(' ')}`;
    });
    assert.equal(answer, 'merged 1a.ts 2a.ts 3a.ts 4a.ts 5a.ts 6a.ts');
    assert.ok(sent.length > 7, `${sent.length} requests`);
  });

  it('gives what was found where the merge fails', async () => {
    const { answer, error } = await run(2, (request, signal) =>
      isMerge(request) ? failed('moderation') : findings(request, signal),
    );
    assert.ok(error instanceof BackendError);
    assert.match(answer, /1a\.ts:1[\s\S]*2a\.ts:1/);
  });

  it('is a question like any other where the repository is one part', async () => {
    const { sent, events } = await run(1, () => 'the answer');
    assert.equal(sent.length, 1);
    assert.equal(textOf(sent[0] as ChatRequest), 'list all taxes');
    assert.equal(events.find((event) => event.type === 'packed')?.pack.text, '1a.ts 1b.ts');
    assert.equal(
      events.some(({ type }) => type === 'plan'),
      false,
    );
  });
});

describe('the plan', () => {
  it('has a price where one is known', async () => {
    const partition = await packerOf(9).partition({ root: '/r', budget: 1 }, new AbortController().signal);
    const prices = { chat: { input: 1, cached: 0.1, output: 2 } };
    const { cost, requests, tokens } = planSurvey(partition, 1_000, { prices });
    assert.equal(requests, 10);
    assert.equal(tokens, 9 * 200 + 9 * 1_500 + 1_000);
    assert.equal(cost, (tokens + 10 * 500 * 2) / 1_000_000);
    assert.equal(planSurvey(partition, 1_000, {}).cost, undefined);
  });
});
