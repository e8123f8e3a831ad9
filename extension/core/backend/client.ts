import { type HttpResponse, type Transport, TransportFailure } from '../ports.ts';
import type { StreamEvent } from './backend.ts';
import { streamEvents } from './chatStream.ts';
import { bodyText, type Framing } from './eventStream.ts';
import { failure, failureFromResponse, failureFromTransport, retryAfter, type Target } from './failures.ts';
import { watchStalls } from './stall.ts';

/** A server that speaks the OpenAI-compatible schema, and the key it was given. */
export interface Server {
  readonly transport: Transport;
  readonly target: Target;
  readonly apiKey?: string;
  /** Sent to servers of the user's own, for routers in front of them. */
  readonly sessionId?: string;
}

/**
 * Milliseconds until the first token, and between two of them. A local server may read a cold prompt of 128K tokens for
 * minutes, silent or with its head sent already (DESIGN.md section 2); the hosted API has machines for that.
 */
const limits = {
  local: { first: 1_800_000, next: 300_000 },
  hosted: { first: 300_000, next: 120_000 },
} as const;

function headers(server: Server): Record<string, string> {
  const common = { 'content-type': 'application/json', accept: 'text/event-stream, application/json' };
  return {
    ...common,
    ...(server.apiKey ? { authorization: `Bearer ${server.apiKey}` } : {}),
    ...(server.sessionId ? { 'x-session-id': server.sessionId } : {}),
  };
}

/** Runs a transport call, turning its failures into {@link BackendError}s. */
async function* asBackendErrors<T>(target: Target, body: () => AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* body();
  } catch (error) {
    throw TransportFailure.is(error) ? failureFromTransport(error, target) : error;
  }
}

/**
 * Posts a JSON body and yields the events of the streamed answer.
 * Abandoning the iteration or aborting the signal closes the socket.
 * @throws BackendError for every failure but an abort, which throws the signal's reason.
 */
export function postStream(
  server: Server,
  url: string,
  payload: object,
  shape: 'chat' | 'raw',
  signal: AbortSignal,
): AsyncIterable<StreamEvent> {
  const { target, transport } = server;
  const { first, next } = limits[target.kind];
  return asBackendErrors(target, async function* () {
    const request = { method: 'POST', url, headers: headers(server), body: JSON.stringify(payload) } as const;
    const stalled = new AbortController();
    const either = AbortSignal.any([signal, stalled.signal]);
    const response = await transport.request({ ...request, headTimeout: first, idleTimeout: first }, either);
    const framing = await framingOf(response, target);
    const body = watchStalls(response.body, next, (reason) => stalled.abort(reason));
    yield* streamEvents(body, target, shape, framing);
  });
}

/** How a response's body is divided. @throws BackendError for a response that is no stream. */
async function framingOf(response: HttpResponse, target: Target): Promise<Framing> {
  const type = response.headers['content-type'] ?? '';
  if (response.status !== 200) {
    const wait = retryAfter(response.headers['retry-after'], Date.now());
    throw failureFromResponse(response.status, await bodyText(response.body), target, wait);
  }
  if (type.includes('text/event-stream')) return 'events';
  if (type.includes('ndjson')) return 'lines';
  const text = await bodyText(response.body);
  // Some servers report an error with status 200 and a plain JSON body.
  if (type.includes('json') && text.includes('"error"')) throw failureFromResponse(200, text, target);
  throw failure('not-a-model-server', target, `content-type ${type || '(none)'} in place of an event stream`);
}
