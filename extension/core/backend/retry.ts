import type { StreamEvent } from './backend.ts';
import { BackendError } from './backendError.ts';
import { pause } from './pause.ts';

/** When to send a request again, and how long to wait before. */
export interface RetryPolicy {
  /** Requests sent, the first one included. */
  readonly attempts: number;
  /** Milliseconds before the second request; doubled for each further one, and shortened at random by up to a half. */
  readonly firstWait: number;
  /** Milliseconds that a server may ask for; one that wants more is not waited for. */
  readonly longestWait: number;
  /** Milliseconds between looks at a server that loads its model, and for how long it is looked at. */
  readonly loadingWait: number;
  readonly longestLoading: number;
  /** Numbers from 0 to 1. */
  readonly random: () => number;
}

/** For a person who waits for an answer (glm-protocol.md 1.5: 1, 2, 4 s with jitter, four tries). */
export const patient: RetryPolicy = {
  attempts: 4,
  firstWait: 1_000,
  longestWait: 60_000,
  loadingWait: 1_000,
  longestLoading: 300_000,
  random: Math.random,
};

/** Whether an event has put something before the user's eyes. */
const isShown = ({ type }: StreamEvent): boolean => type !== 'usage' && type !== 'waiting' && type !== 'reading';

/**
 * Streams an answer, asking again after failures that may pass as long as nothing of it was shown; each wait is told first
 * as a `waiting` event. A server that is still loading its model is waited for.
 * @throws BackendError for what cannot be helped; the signal's reason when aborted.
 */
export async function* retrying(
  ask: () => AsyncIterable<StreamEvent>,
  policy: RetryPolicy,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  let failures = 0;
  let loading = 0;
  for (;;) {
    let shown = false;
    try {
      for await (const event of ask()) {
        shown ||= isShown(event);
        yield event;
      }
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BackendError) || !error.retryable || shown) throw error;
      const isLoading = error.kind === 'loading';
      const wait = isLoading
        ? policy.loadingWait
        : (error.retryAfter ?? policy.firstWait * 2 ** failures * (1 - policy.random() / 2));
      if (isLoading) loading += wait;
      else failures++;
      if (failures >= policy.attempts || wait > policy.longestWait || loading > policy.longestLoading) throw error;
      yield { type: 'waiting', why: error.summary, milliseconds: Math.round(wait) };
      await pause(wait, signal);
    }
  }
}
