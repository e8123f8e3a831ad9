import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Backend, ChatRequest } from '../../../extension/core/backend/backend.ts';
import { createGaps, NotSent } from '../../../extension/core/completion/gaps.ts';
import type { Screening } from '../../../extension/core/ports.ts';

const never = new AbortController().signal;
const settings = { enabled: true, contextTokens: 1_000, maxTokens: 64, debounce: 0 };
const pack = { budget: 1, tokens: 1, encoding: 'cl100k_base', files: [], omitted: [], text: 'PACK', parts: [] };

async function* nothing(): AsyncGenerator<never> {}

const backend = (more: Partial<Backend> = {}): Backend => ({
  kind: 'local',
  label: 'm',
  window: 32_768,
  writesEdits: true,
  chat: nothing,
  complete: nothing,
  ...more,
});

const conversation: ChatRequest = { rules: 'R', messages: [], question: '', maxTokens: 1, thinking: false };

function gaps(screening: Screening, tokens?: number) {
  return createGaps({
    packs: { get: async () => pack, changed: () => {}, clear: () => {} },
    packer: { screen: async () => screening },
    lifetime: never,
    speed: () => undefined,
    talk: () => (tokens === undefined ? undefined : { conversation, tokens }),
    isReadingStopped: () => false,
  });
}

const at = (prefix: string, suffix: string) => ({
  root: '/w',
  cursor: { path: 'a.ts', line: 1, column: 1 },
  languageId: 'typescript',
  prefix,
  suffix,
});

describe('the prompt for a gap', () => {
  it('holds no half of a secret that the cursor stands in', async () => {
    const key = '-----BEGIN KEY-----\nabcdef\nghijkl\n-----END KEY-----';
    const request = at(`const k = \`${key.slice(0, 27)}`, `${key.slice(27)}\`;\n`);
    const { prefix, suffix } = await gaps({ secrets: [key] }).prepare(request, settings, backend(), never);
    assert.doesNotMatch(prefix + suffix, /abcdef|ghijkl|BEGIN/);
    assert.equal(prefix.length, request.prefix.length);
  });

  it('is none for a file that must not be sent', async () => {
    await assert.rejects(
      gaps({ refused: 'ignored' }).prepare(at('a', ''), settings, backend(), never),
      (error) => error instanceof NotSent && error.message === 'ignored',
    );
  });

  it('begins with the conversation that the only slot holds, and not with the repository', async () => {
    const only = backend({ headOf: async () => 'HEAD' });
    const gap = await gaps({ secrets: [] }, 5_000).prepare(at('a', '\n'), settings, only, never);
    assert.deepEqual([gap.head, gap.pack], ['HEAD', undefined]);
  });

  it('begins with the repository where there is no such slot, no conversation, or no room behind it', async () => {
    const only = backend({ headOf: async () => 'HEAD' });
    const cases = [
      [backend(), 5_000],
      [only, undefined],
      [only, 31_000],
      [backend({ headOf: async () => undefined }), 5_000],
    ] as const;
    for (const [server, tokens] of cases) {
      const gap = await gaps({ secrets: [] }, tokens).prepare(at('a', '\n'), settings, server, never);
      assert.deepEqual([gap.head, gap.pack], [undefined, pack]);
    }
  });
});
