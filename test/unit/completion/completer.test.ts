import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Backend, CompletionRequest } from '../../../extension/core/backend/backend.ts';
import { createCompleter } from '../../../extension/core/completion/completer.ts';
import { createCoolDown } from '../../../extension/core/completion/coolDown.ts';
import { createHabits } from '../../../extension/core/completion/habits.ts';
import type { InlineEvent, InlineRequest } from '../../../extension/core/completion/inlineRequest.ts';
import { createRefusals } from '../../../extension/core/completion/refusals.ts';

const never = new AbortController().signal;
const finalText = 'a();\nb();\nc();\nd();\ne();\nf();\n';

const request = (prefix: string, isManual = false): InlineRequest => ({
  root: undefined,
  cursor: { path: 'a.ts', line: 1, column: 1 },
  languageId: 'typescript',
  prefix,
  suffix: '\n// end of file\n',
  isManual,
});

/** A completer on a model that knows the text, three lines at a time; `answer` may say something else. */
function sit(answer?: (asked: CompletionRequest) => string) {
  const asked: CompletionRequest[] = [];
  const aborted: CompletionRequest[] = [];
  const events: InlineEvent[] = [];
  const inFlight = { now: 0, most: 0 };
  const next = ({ prefix }: CompletionRequest): string => {
    const rest = finalText.slice(prefix.length);
    return rest
      .split('\n')
      .slice(0, rest.startsWith('\n') ? 4 : 3)
      .join('\n');
  };
  const backend: Backend = {
    kind: 'local',
    label: 'oracle',
    window: 8_000,
    writesEdits: false,
    chat: () => assert.fail('no chat is asked for'),
    async *complete(gap, signal) {
      asked.push(gap);
      inFlight.most = Math.max(inFlight.most, ++inFlight.now);
      try {
        for (const text of (answer ?? next)(gap).split(/(?<=\n)/)) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          if (signal.aborted) aborted.push(gap);
          signal.throwIfAborted();
          yield { type: 'text', text };
        }
        yield { type: 'finish', reason: 'stop' };
      } finally {
        inFlight.now--;
      }
    },
  };
  const completer = createCompleter({
    backend: async () => backend,
    settings: () => ({ enabled: true, debounce: 0, maxTokens: 64, contextTokens: 0 }),
    gaps: {
      prepare: async ({ prefix, suffix, languageId, cursor: { path } }) => ({
        ...{ prefix, suffix, languageId, path },
        maxTokens: 64,
      }),
      surroundings: async () => 'code',
      packAt: async () => undefined,
    },
    coolDown: createCoolDown(),
    habits: createHabits(),
    refusals: createRefusals(),
    isOccupied: () => false,
    lifetime: never,
    landed: () => {},
    tell: (event) => events.push(event),
  });
  const textAt = async (prefix: string, isManual = false) => {
    const { suggestions } = await completer.complete(request(prefix, isManual), never);
    return suggestions.map(({ text }) => text);
  };
  return { completer, asked, aborted, events, inFlight, textAt };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 120));

describe('completing while somebody types', () => {
  it('shows one answer, and after it was accepted the next one, which was prepared', async () => {
    const { completer, asked, events, textAt } = sit();
    assert.deepEqual(await textAt('a();\n'), ['b();'], 'the first line as soon as it is sure');
    await settle();
    assert.ok(asked.length > 1, 'the next answer was prepared');
    const [first = ''] = await textAt('a();\n');
    assert.equal(first, 'b();\nc();\nd();', 'and is not shown yet');
    completer.follow(request(`a();\n${first}`));
    assert.deepEqual(
      events.filter(({ type }) => type === 'accepted'),
      [{ type: 'accepted', text: first }],
    );
    assert.deepEqual(await textAt(`a();\n${first}`, true), ['\ne();\nf();']);
    assert.equal(asked.filter(({ variation }) => variation).length, 0, 'VS Code asked, not the user');
    completer.clear();
  });

  it('does not take typing for accepting', async () => {
    const { completer, events, textAt } = sit();
    await textAt('a();\n');
    const typed = 'b();\nc();\nd();';
    for (let length = 1; length <= typed.length; length++) completer.follow(request(`a();\n${typed.slice(0, length)}`));
    assert.equal(
      events.some(({ type }) => type === 'accepted'),
      false,
    );
    completer.clear();
  });

  it('asks no more while what is typed agrees, and has one request under way at most', async () => {
    const { completer, asked, inFlight, textAt } = sit();
    await textAt('a();\n');
    await settle();
    const before = asked.length;
    for (const prefix of ['a();\nb', 'a();\nb(', 'a();\nb', 'a();\nb();']) {
      completer.follow(request(prefix));
      assert.match((await textAt(prefix))[0] ?? '', /^(?:\(\)|\);|\nc)/);
    }
    assert.ok(asked.length - before <= 1, 'nothing but what comes next is asked for');
    assert.equal(inFlight.most, 1);
    completer.clear();
  });

  it('closes a request that typing has made useless, and asks anew', async () => {
    const { completer, asked, aborted, textAt } = sit(({ prefix }) =>
      prefix.endsWith('other') ? '();' : 'b();\nc();\nd();\ne();',
    );
    assert.deepEqual(await textAt('a();\n'), ['b();']);
    completer.follow(request('a();\nother'));
    assert.deepEqual(await textAt('a();\nother'), ['();']);
    assert.deepEqual(
      aborted.map(({ prefix }) => prefix),
      ['a();\n'],
    );
    assert.equal(asked[1]?.prefix, 'a();\nother');
    completer.clear();
  });

  it('looks for alternatives once, and only where something is shown', async () => {
    const { completer, asked, textAt } = sit(({ variation }) => `answer${variation ?? ''}();`);
    assert.deepEqual(await textAt('a();\n', true), ['answer();']);
    assert.equal(asked.filter(({ variation }) => variation).length, 0);
    const all = ['answer();', 'answer1();', 'answer2();'];
    assert.deepEqual(await textAt('a();\n', true), all);
    assert.deepEqual(await textAt('a();\n', true), all);
    assert.equal(asked.filter(({ variation }) => variation).length, 2);
    completer.clear();
  });

  it('does not bring up again what was sent away, unless it is asked for', async () => {
    const { completer, textAt } = sit(() => 'b();');
    assert.deepEqual(await textAt('a();\n'), ['b();']);
    completer.dismissed();
    assert.deepEqual(await textAt('a();\n'), []);
    assert.deepEqual(await textAt('a();\n', true), ['b();']);
    completer.clear();
  });

  it('answers for a word that the list of words would put in with what is known, and takes it for nothing typed', async () => {
    const { completer, asked, events, textAt } = sit();
    const inList = async (prefix: string) =>
      (await completer.complete({ ...request(prefix), isKnownOnly: true }, never)).suggestions.map(({ text }) => text);
    assert.deepEqual(await inList('a();\nb'), []);
    assert.equal(asked.length, 0);
    assert.deepEqual(await textAt('a();\n'), ['b();']);
    assert.deepEqual(await inList('a();\nb('), [');'], 'while more is still to come');
    assert.deepEqual(await inList('a();\nb();'), []);
    assert.deepEqual(await inList('a();\nbar'), []);
    assert.equal(asked.length, 1);
    assert.equal(
      events.some(({ type }) => type === 'accepted'),
      false,
    );
    completer.clear();
  });

  it('counts an answer once, whether it was asked ahead or is shown at every key', async () => {
    const { completer } = sit();
    const isReused = async (prefix: string) => (await completer.complete(request(prefix), never)).isReused;
    completer.follow(request('a();\n'));
    await settle();
    assert.equal(await isReused('a();\n'), false, 'it took a request');
    assert.equal(await isReused('a();\nb'), true);
    assert.equal(await isReused('a();\nb();\nc();\nd();'), false, 'the next one took another');
    completer.clear();
  });
});
