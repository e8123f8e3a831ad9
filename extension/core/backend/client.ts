import { type HttpResponse, type Transport, TransportFailure } from '../ports.ts';
import type { StreamEvent } from './backend.ts';
import { streamEvents } from './chatStream.ts';
import { bodyText } from './eventStream.ts';
import { failure, failureFromResponse, failureFromTransport, type Target } from './failures.ts';

/** A server that speaks the OpenAI-compatible schema, and the key it was given. */
export interface Server {
  readonly transport: Transport;
  readonly target: Target;
  readonly apiKey?: string;
}

/** Milliseconds; a cold prompt of 128K tokens may be read for minutes before the first token (DESIGN.md section 2). */
const streamTimeouts = { headTimeout: 900_000, idleTimeout: 900_000 };

function headers(server: Server): Record<string, string> {
  const common = { 'content-type': 'application/json', accept: 'text/event-stream, application/json' };
  return server.apiKey ? { ...common, authorization: `Bearer ${server.apiKey}` } : common;
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
  body: object,
  shape: 'chat' | 'raw',
  signal: AbortSignal,
): AsyncIterable<StreamEvent> {
  const { target, transport } = server;
  return asBackendErrors(target, async function* () {
    const request = { method: 'POST', url, headers: headers(server), body: JSON.stringify(body) } as const;
    const response = await transport.request({ ...request, ...streamTimeouts }, signal);
    await refuseUnlessStream(response, target);
    yield* streamEvents(response.body, target, shape);
  });
}

async function refuseUnlessStream(response: HttpResponse, target: Target): Promise<void> {
  const type = response.headers['content-type'] ?? '';
  if (response.status !== 200) {
    throw failureFromResponse(response.status, await bodyText(response.body), target);
  }
  if (type.includes('text/event-stream')) return;
  const text = await bodyText(response.body);
  // Some servers report an error with status 200 and a plain JSON body.
  if (type.includes('json') && text.includes('"error"')) throw failureFromResponse(200, text, target);
  throw failure('not-a-model-server', target, `content-type ${type || '(none)'} in place of an event stream`);
}
