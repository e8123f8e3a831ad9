import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createGlm, type Glm } from '../../extension/core/glm.ts';
import type { Pack, PackRequest, Steering } from '../../extension/core/pack.ts';
import type { Ports } from '../../extension/core/ports.ts';
import { defaultSettings } from '../../extension/core/settings.ts';
import { createHttpTransport } from '../../extension/node/httpTransport.ts';
import { startHostedStandin, streamedAnswer } from '../support/hostedStandin.ts';

const never = new AbortController().signal;

const place = {
  root: '/repository',
  cursor: { path: 'a.ts', line: 2, column: 1 },
  languageId: 'typescript',
  prefix: 'const total = 1;\n',
  suffix: '\n',
};

/** A core whose packer remembers what it was asked, and packs a text that says which time it was. */
function core(url: string, decided: { now: Steering | undefined }): { glm: Glm; asked: PackRequest[] } {
  const asked: PackRequest[] = [];
  const ports: Ports = {
    transport: createHttpTransport(() => ({ strictSsl: true, systemCertificates: true })),
    files: { read: async () => ({ refused: 'not there' }) },
    packer: {
      async pack(request): Promise<Pack> {
        asked.push(request);
        const text = `###PATH: a.ts\npack ${asked.length}\n`;
        const file = { path: 'a.ts', level: 'full', tokens: 8, ranges: [[1, 1]] } as const;
        const { budget, steering } = request;
        return {
          ...{ budget, tokens: 8, encoding: 'cl100k_base', files: [file], omitted: [], text },
          ...(steering ? { steering } : {}),
        };
      },
      screen: async () => ({ secrets: [] }),
      alike: async () => ({ same: [], siblings: [] }),
      keep: async () => {},
      partition: async () => ({ parts: [], files: 0, tokens: 0, leftOut: [] }),
      part: async () => assert.fail('no part is asked for'),
      likely: async () => [],
    },
    tokenizer: { encoding: 'cl100k_base', count: async (texts) => texts.map(() => 3) },
    settings: () => ({ ...defaultSettings, backend: 'hosted', hosted: { ...defaultSettings.hosted, url } }),
    secrets: { apiKey: async () => 'id.secret', localKey: async () => undefined },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    steering: () => decided.now,
  };
  return { glm: createGlm(ports), asked };
}

describe('what was decided about the packs of a workspace', () => {
  it('holds for questions, completions and all else that is packed, and an old pack is not sent again', async () => {
    const standin = await startHostedStandin(() => ({ pieces: streamedAnswer(['Here.'], 'glm-4.7') }));
    const decided: { now: Steering | undefined } = { now: undefined };
    const { glm, asked } = core(standin.url, decided);
    const ask = async (pack?: Pack): Promise<Pack | undefined> => {
      const request = { root: '/repository', messages: [{ role: 'user', content: 'why?' }] as const, question: 'why?' };
      let packed = pack;
      for await (const event of glm.ask({ ...request, ...(pack ? { pack } : {}) }, never))
        if (event.type === 'packed') packed = event.pack;
      return packed;
    };
    const first = await ask();
    assert.equal(asked.at(-1)?.steering, undefined);
    assert.equal(await ask(first), first, 'as long as nothing is decided, the pack stays');

    decided.now = { excluded: ['secret.ts'] };
    glm.steered();
    const second = await ask(first);
    assert.notEqual(second, first);
    assert.deepEqual(asked.at(-1)?.steering, decided.now);
    assert.equal(await ask(second), second);

    await glm.pack({ root: '/repository', budget: 10 }, never);
    assert.deepEqual(asked.at(-1)?.steering, decided.now);
    const own = { pinned: [{ path: 'b.ts' }] };
    await glm.pack({ root: '/repository', budget: 10, steering: own }, never);
    assert.deepEqual(asked.at(-1)?.steering, own);

    await glm.inspect({ of: 'cursor', request: place }, never);
    assert.deepEqual(asked.at(-1)?.steering, decided.now);
    const before = asked.length;
    await glm.inspect({ of: 'cursor', request: place }, never);
    assert.equal(asked.length, before, 'the base of completions stays');
    decided.now = { pinned: [{ path: 'b.ts' }] };
    glm.steered();
    await glm.inspect({ of: 'cursor', request: place }, never);
    assert.deepEqual(asked.at(-1)?.steering, decided.now);
    glm.dispose();
    await standin.dispose();
  });

  it('shows what would be sent, what of it was sent before', async () => {
    const standin = await startHostedStandin(() => ({ pieces: streamedAnswer(['Here.'], 'glm-4.7') }));
    const { glm, asked } = core(standin.url, { now: undefined });
    const question = { of: 'question', request: { root: '/repository', question: 'why?' }, projectRules: '' } as const;
    const cold = await glm.inspect(question, never);
    assert.equal(cold.reuse, undefined, 'nothing was sent, so nothing is known');
    assert.equal(cold.backend.kind, 'hosted');
    const sent = standin.requests.length;
    await glm.inspect(question, never);
    assert.equal(standin.requests.length, sent, 'looking sends nothing');
    glm.changed();
    await glm.inspect(question, never);
    assert.deepEqual(
      asked.map(({ unchanged }) => unchanged),
      [false, true, false],
      'the disk is looked at once, and again when something has changed',
    );

    let pack: Pack | undefined;
    const request = { root: '/repository', messages: [{ role: 'user', content: 'why?' }] as const, question: 'why?' };
    for await (const event of glm.ask(request, never)) if (event.type === 'packed') pack = event.pack;
    assert.ok(pack);
    const same = await glm.inspect({ of: 'conversation', pack, kind: 'ask', projectRules: '' }, never);
    assert.deepEqual([same.reuse?.tokens, same.reuse?.files], [pack.tokens, ['cached']]);
    const other = await glm.inspect({ of: 'conversation', pack, kind: 'ask', projectRules: 'Be kind.' }, never);
    assert.deepEqual([other.reuse?.tokens, other.reuse?.files], [0, ['new']], 'other rules stand before it');

    // A model whose blocks seldom fit is asked for whole files, which is another head of the prompt.
    const edit = { ...request, pack, repository: true, prefersWhole: true };
    for await (const _ of glm.edit(edit, never));
    const edits = await glm.inspect({ of: 'conversation', pack, kind: 'edit', projectRules: '' }, never);
    assert.deepEqual([edits.reuse?.tokens, edits.reuse?.files], [pack.tokens, ['cached']]);
    const before = await glm.inspect({ of: 'conversation', pack, kind: 'ask', projectRules: '' }, never);
    assert.equal(before.reuse?.tokens, 0, 'the edits came after the question');
    glm.dispose();
    await standin.dispose();
  });
});
