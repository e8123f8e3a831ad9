import { TransportFailure } from '../ports.ts';

/**
 * Passes a body on and watches it: once its first piece is there, the next must follow within so many milliseconds, or
 * `stop` is called, which must end the request. Until then the transport's own limit holds.
 */
export async function* watchStalls(
  body: AsyncIterable<Uint8Array>,
  limit: number,
  stop: (reason: TransportFailure) => void,
): AsyncGenerator<Uint8Array> {
  // Undefined while nothing is awaited: before the first piece, and as long as the reader is busy with one.
  let since: number | undefined;
  const timer = setInterval(() => {
    if (since !== undefined && performance.now() - since > limit)
      stop(new TransportFailure('timeout', `nothing for ${limit} ms within an answer`));
  }, limit / 4);
  try {
    for await (const piece of body) {
      since = undefined;
      yield piece;
      since = performance.now();
    }
  } finally {
    clearInterval(timer);
  }
}
