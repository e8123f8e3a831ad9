import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BackendError } from '../../extension/core/backend/backendError.ts';
import { createGlm } from '../../extension/core/glm.ts';
import { type Packer, type Ports, ReadingStopped } from '../../extension/core/ports.ts';
import { defaultSettings } from '../../extension/core/settings.ts';

const never = new AbortController().signal;

/** A packer that never gets to the end of a large repository. */
const endless: Packer = {
  pack: (_, signal) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  partition: async () => ({ parts: [], files: 0, tokens: 0, leftOut: [] }),
  part: async () => {
    throw new Error('not asked for');
  },
  likely: async () => [],
  screen: async () => ({ secrets: [] }),
  alike: async () => ({ same: [], siblings: [] }),
  keep: async () => {},
};

const ports: Ports = {
  transport: { request: () => Promise.reject(new Error('nothing is sent')) },
  files: { read: async () => ({ refused: 'not there' }) },
  packer: endless,
  tokenizer: { encoding: 'cl100k_base', count: async (texts) => texts.map(() => 1) },
  settings: () => ({ ...defaultSettings, backend: 'embedded' }),
  secrets: { apiKey: async () => undefined, localKey: async () => undefined },
  log: { debug() {}, info() {}, warn() {}, error() {} },
};

describe('the core', () => {
  it('lets the user stop a long reading: completions go on without it, a question ends with the reason', async () => {
    const glm = createGlm(ports);
    const gap = {
      root: '/repository',
      cursor: { path: 'a.ts', line: 2, column: 1 },
      languageId: 'typescript',
      prefix: 'const total = 1;\n',
      suffix: '\n',
    };
    const completion = glm.complete(gap, never);
    const question = { root: '/repository', messages: [{ role: 'user', content: 'why?' }] as const, question: 'why?' };
    const answer = Array.fromAsync(glm.ask(question, never));
    answer.catch(() => {});
    await new Promise((done) => setTimeout(done, 20));
    glm.stopReading();
    await completion;
    await glm.complete(gap, never);
    await assert.rejects(answer, (error) => error instanceof ReadingStopped);
    glm.dispose();
  });

  it('remembers which format of edits works, and has the doctor tell', async () => {
    const kept = new Map<string, unknown>();
    const memory = {
      get: (name: string) => kept.get(name),
      set: (name: string, value: unknown) => void kept.set(name, value),
    };
    const glm = createGlm({ ...ports, memory });
    const { backend } = await glm.probe(never);
    assert.equal(
      (await glm.diagnose(never)).lines.some((line) => line.includes('Edits')),
      false,
    );
    glm.formats.add(backend.label, [
      ['block', 'exact', 5],
      ['block', 'trailing', 1],
      ['block', 'refused', 4],
      ['block', 'mended', 3],
    ]);
    glm.dispose();

    const next = createGlm({ ...ports, memory });
    assert.equal(next.formats.prefersWhole(backend.label), true);
    const text = (await next.diagnose(never)).lines.join('\n');
    assert.match(text, /5 exactly, 1 but for white space, 4 refused, 3 of these mended/);
    assert.match(text, /new chats ask it for whole files/);
    next.dispose();
  });

  it('reads as much without a model in a long conversation as in a new one', async () => {
    const budgets: number[] = [];
    const packer: Packer = {
      ...endless,
      async pack({ budget }) {
        budgets.push(budget);
        throw new Error('its size is known by now');
      },
    };
    const tokenizer = {
      ...ports.tokenizer,
      count: async (texts: readonly string[]) => texts.map(({ length }) => length),
    };
    const glm = createGlm({ ...ports, packer, tokenizer });
    const question = { role: 'user', content: 'Where is tax added?' } as const;
    const before = Array.from({ length: 500 }, () => ({ role: 'assistant', content: 'word '.repeat(200) }) as const);
    for (const messages of [[question], [...before, question]]) {
      const request = { root: '/repository', messages, question: question.content };
      await assert.rejects(Array.fromAsync(glm.chat(request, never)), /its size/);
    }
    assert.ok(budgets[0]);
    assert.equal(budgets[1], budgets[0]);
    glm.dispose();
  });

  it('has no lines written anew where no model is connected, and says what to do', async () => {
    const glm = createGlm(ports);
    const request = { root: undefined, messages: [{ role: 'user', content: 'x' }] as const, question: 'x' };
    await assert.rejects(
      Array.fromAsync(glm.rewrite(request, never)),
      (error) => error instanceof BackendError && error.kind === 'no-model' && error.nextStep !== '',
    );
    glm.dispose();
  });
});
