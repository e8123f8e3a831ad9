import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BackendErrorKind } from '../../../extension/core/backend/backendError.ts';
import { failure } from '../../../extension/core/backend/failures.ts';
import { createCoolDown } from '../../../extension/core/completion/coolDown.ts';

const fails = (kind: BackendErrorKind, retryAfter?: number) =>
  failure(kind, { kind: 'hosted', origin: 'https://open.example', model: 'glm' }, '', {
    retryable: true,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });

describe('completions after a failure', () => {
  it('rest longer after each one, and go on after a success', () => {
    let now = 0;
    const coolDown = createCoolDown(() => now);
    coolDown.check();
    coolDown.failed(fails('rate-limit'));
    assert.throws(() => coolDown.check());
    now = 2_000;
    coolDown.check();
    coolDown.failed(fails('rate-limit'));
    now = 5_999;
    assert.throws(() => coolDown.check());
    now = 6_000;
    coolDown.check();
    coolDown.succeeded();
    coolDown.failed(fails('rate-limit'));
    now = 8_000;
    coolDown.check();
  });

  it('rest as long as the server asks', () => {
    let now = 0;
    const coolDown = createCoolDown(() => now);
    coolDown.failed(fails('rate-limit', 30_000));
    now = 29_999;
    assert.throws(() => coolDown.check());
    now = 30_000;
    coolDown.check();
  });

  it('stop until the backend is chosen anew where no waiting helps', () => {
    let now = 0;
    const coolDown = createCoolDown(() => now);
    coolDown.failed(fails('balance'));
    now = 1e9;
    assert.throws(() => coolDown.check());
    coolDown.succeeded();
    coolDown.check();
  });
});
