import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StreamEvent } from '../../../extension/core/backend/backend.ts';
import { BackendError, type BackendErrorKind } from '../../../extension/core/backend/backendError.ts';
import { failure } from '../../../extension/core/backend/failures.ts';
import { patient, type RetryPolicy, retrying } from '../../../extension/core/backend/retry.ts';

const target = { kind: 'hosted', origin: 'https://open.example', model: 'glm-4.7' } as const;
const never = new AbortController().signal;
const quick: RetryPolicy = { ...patient, firstWait: 2, loadingWait: 1, random: () => 0 };
const answer: StreamEvent[] = [
  { type: 'text', text: 'yes' },
  { type: 'finish', reason: 'stop' },
];
const busy = (retryAfter?: number) =>
  failure('rate-limit', target, 'busy', { retryable: true, ...(retryAfter === undefined ? {} : { retryAfter }) });

/** A backend that plays one script after the other: events, then the error that ends it, if any. */
function server(...scripts: { events?: StreamEvent[]; error?: Error }[]) {
  let asked = 0;
  async function* ask(): AsyncGenerator<StreamEvent> {
    const { events = [], error } = scripts[Math.min(asked++, scripts.length - 1)] ?? {};
    yield* events;
    if (error) throw error;
  }
  return { ask, asked: () => asked };
}

describe('retries', () => {
  it('ask again after what may pass, and tell of each wait', async () => {
    const { ask, asked } = server({ error: busy() }, { error: busy() }, { events: answer });
    const events = await Array.fromAsync(retrying(ask, quick, never));
    assert.equal(asked(), 3);
    assert.deepEqual(
      events.map((event) => (event.type === 'waiting' ? event.milliseconds : event.type)),
      [2, 4, 'text', 'finish'],
    );
  });

  it('give up after four tries', async () => {
    const { ask, asked } = server({ error: busy() });
    await assert.rejects(Array.fromAsync(retrying(ask, quick, never)), BackendError);
    assert.equal(asked(), 4);
  });

  it('wait as long as the server says, unless that is too long', async () => {
    const { ask } = server({ error: busy(7) }, { events: answer });
    const [first] = await Array.fromAsync(retrying(ask, quick, never));
    assert.equal(first?.type === 'waiting' && first.milliseconds, 7);
    const patientless = server({ error: busy(3_600_000) });
    await assert.rejects(Array.fromAsync(retrying(patientless.ask, quick, never)), BackendError);
    assert.equal(patientless.asked(), 1);
  });

  const hopeless: BackendErrorKind[] = ['balance', 'authentication', 'limit', 'plan-expired', 'moderation', 'request'];
  for (const kind of hopeless) {
    it(`do not ask again after ${kind}`, async () => {
      const { ask, asked } = server({ error: failure(kind, target, '') });
      await assert.rejects(Array.fromAsync(retrying(ask, quick, never)), BackendError);
      assert.equal(asked(), 1);
    });
  }

  it('never begin again once anything was shown', async () => {
    const { ask, asked } = server({ events: [{ type: 'text', text: 'half' }], error: busy() });
    const shown: StreamEvent[] = [];
    await assert.rejects(async () => {
      for await (const event of retrying(ask, quick, never)) shown.push(event);
    }, BackendError);
    assert.equal(asked(), 1);
    assert.deepEqual(shown, [{ type: 'text', text: 'half' }]);
  });

  it('wait for a model that loads, longer than for anything else', async () => {
    const loading = { error: failure('loading', target, '', { retryable: true }) };
    const { ask, asked } = server(...Array.from({ length: 12 }, () => loading), { events: answer });
    const events = await Array.fromAsync(retrying(ask, quick, never));
    assert.equal(asked(), 13);
    assert.equal(events.at(-1)?.type, 'finish');
  });

  it('end at once when the user stops', async () => {
    const controller = new AbortController();
    const { ask, asked } = server({ error: busy(50_000) });
    const events = retrying(ask, quick, controller.signal);
    assert.equal((await events.next()).value?.type, 'waiting');
    setTimeout(() => controller.abort(new Error('stopped')), 5);
    await assert.rejects(events.next(), /stopped/);
    assert.equal(asked(), 1);
  });
});
