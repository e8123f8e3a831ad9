import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Backend, ChatRequest, StreamEvent } from '../../../extension/core/backend/backend.ts';
import { BackendError, type BackendErrorKind } from '../../../extension/core/backend/backendError.ts';
import { withFailover } from '../../../extension/core/backend/failover.ts';
import { failure } from '../../../extension/core/backend/failures.ts';

const never = new AbortController().signal;
const request: ChatRequest = { rules: '', messages: [], question: '', maxTokens: 1, thinking: false };
const fails = (kind: BackendErrorKind) =>
  failure(kind, { kind: 'local', origin: 'http://127.0.0.1:8080', model: 'glm' }, '');

function backendOf(label: string, play: () => BackendError | StreamEvent[]) {
  let asked = 0;
  async function* stream(): AsyncGenerator<StreamEvent> {
    asked++;
    const played = play();
    if (played instanceof BackendError) throw played;
    yield* played;
  }
  const backend: Backend = { kind: 'local', label, window: 1_000, writesEdits: true, chat: stream, complete: stream };
  return { backend, asked: () => asked };
}
const says = (text: string): StreamEvent[] => [{ type: 'text', text }];

describe('failover', () => {
  it('hands over before anything was shown, and tells who answers and why', async () => {
    const first = backendOf('home', () => fails('unreachable'));
    const second = backendOf('cloud', () => says('hello'));
    const both = withFailover(first.backend, [async () => second.backend]);
    const [moved, text] = await Array.fromAsync(both.chat(request, never));
    assert.ok(moved?.type === 'moved' && moved.label === 'cloud' && /127\.0\.0\.1:8080/.test(moved.why));
    assert.deepEqual(text, { type: 'text', text: 'hello' });
  });

  it('passes a backend over for a minute after it failed, then tries it again', async () => {
    let now = 0;
    let isUp = false;
    const first = backendOf('home', () => (isUp ? says('home') : fails('timeout')));
    const second = backendOf('cloud', () => says('cloud'));
    const both = withFailover(first.backend, [async () => second.backend], () => now);
    await Array.fromAsync(both.complete({} as never, never));
    isUp = true;
    const [moved] = await Array.fromAsync(both.complete({} as never, never));
    assert.equal(moved?.type, 'moved');
    assert.equal(first.asked(), 1);
    now = 60_001;
    assert.deepEqual(await Array.fromAsync(both.complete({} as never, never)), says('home'));
  });

  it('does not look for others as long as they are not needed', async () => {
    let looked = false;
    const both = withFailover(backendOf('home', () => says('yes')).backend, [
      async () => {
        looked = true;
        throw fails('unreachable');
      },
    ]);
    assert.deepEqual(await Array.fromAsync(both.chat(request, never)), says('yes'));
    assert.equal(looked, false);
  });

  it('ends with the first failure where all fail', async () => {
    const both = withFailover(backendOf('home', () => fails('unreachable')).backend, [
      async () => backendOf('cloud', () => fails('balance')).backend,
    ]);
    await assert.rejects(
      Array.fromAsync(both.chat(request, never)),
      (error: unknown) => error instanceof BackendError && error.kind === 'unreachable',
    );
  });

  for (const kind of ['overflow', 'moderation', 'request', 'rate-limit', 'loading'] as const) {
    it(`leaves ${kind} to the one that was asked`, async () => {
      const second = backendOf('cloud', () => says('no'));
      const both = withFailover(backendOf('home', () => fails(kind)).backend, [async () => second.backend]);
      await assert.rejects(Array.fromAsync(both.chat(request, never)), BackendError);
      assert.equal(second.asked(), 0);
    });
  }

  it('never doubles what was shown', async () => {
    const broken: Backend = {
      ...backendOf('home', () => []).backend,
      async *chat() {
        yield { type: 'text', text: 'half' };
        throw fails('server');
      },
    };
    const second = backendOf('cloud', () => says('whole'));
    const both = withFailover(broken, [async () => second.backend]);
    await assert.rejects(Array.fromAsync(both.chat(request, never)), BackendError);
    assert.equal(second.asked(), 0);
  });
});
