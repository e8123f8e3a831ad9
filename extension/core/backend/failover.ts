import type { Backend, StreamEvent } from './backend.ts';
import { BackendError, type BackendErrorKind } from './backendError.ts';

/** Failures of a backend that another one does not share, and that a moment of waiting does not mend. */
const moves: ReadonlySet<BackendErrorKind> = new Set([
  'unreachable',
  'offline',
  'proxy',
  'certificate',
  'redirected',
  'not-a-model-server',
  'authentication',
  'account',
  'balance',
  'limit',
  'plan-expired',
  'plan-model',
  'fair-use',
  'overloaded',
  'model',
  'server',
  'timeout',
  'spending',
]);

/** Whether another backend should be asked after a failure. */
export const helpsToMove = (error: unknown): error is BackendError =>
  error instanceof BackendError && moves.has(error.kind);

/** Milliseconds for which a backend that failed is passed over. */
const passedOver = 60_000;

/**
 * A backend that hands over to the next of a list when it fails before anything was shown; each hand-over is told as a
 * `moved` event. The others are looked for when they are needed. It looks like the first one.
 */
export function withFailover(
  first: Backend,
  others: readonly (() => Promise<Backend>)[],
  now: () => number = () => performance.now(),
): Backend {
  if (others.length === 0) return first;
  const line: { find: () => Promise<Backend>; failed?: { error: BackendError; until: number } }[] = [
    { find: async () => first },
    ...others.map((find) => ({ find })),
  ];

  async function* ask(stream: (backend: Backend) => AsyncIterable<StreamEvent>): AsyncGenerator<StreamEvent> {
    let failed: BackendError | undefined;
    for (const [at, place] of line.entries()) {
      const isLast = at === line.length - 1;
      if (!isLast && place.failed && now() < place.failed.until) {
        failed ??= place.failed.error;
        continue;
      }
      let shown = false;
      try {
        const backend = await place.find();
        if (failed) yield { type: 'moved', why: failed.summary, label: backend.label };
        for await (const event of stream(backend)) {
          shown ||= event.type === 'text' || event.type === 'reasoning';
          yield event;
        }
        delete place.failed;
        return;
      } catch (error) {
        if (shown || !helpsToMove(error)) throw error;
        place.failed = { error, until: now() + passedOver };
        // What the user chose first is what they can mend.
        failed ??= error;
        if (isLast) throw failed;
      }
    }
  }

  return {
    ...first,
    chat: (request, signal) => ask((backend) => backend.chat(request, signal)),
    complete: (request, signal) => ask((backend) => backend.complete(request, signal)),
  };
}
