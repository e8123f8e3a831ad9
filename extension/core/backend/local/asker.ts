import { type Transport, TransportFailure } from '../../ports.ts';
import { bodyText } from '../eventStream.ts';
import { failureFromTransport, type Target } from '../failures.ts';

/** An answer to a short question. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
}

/** Asks a server short questions: GET without a body, POST with one. @throws BackendError where no answer comes. */
export type Ask = (path: string, body?: object) => Promise<Answer>;

/** Where and how to ask. */
export interface AskOptions {
  /** Base URL without a trailing slash. */
  readonly url: string;
  readonly apiKey?: string;
  /** Milliseconds for each question. */
  readonly timeout: number;
}

/** Creates an asker; aborting the signal closes its sockets. */
export function createAsk(transport: Transport, target: Target, options: AskOptions, signal: AbortSignal): Ask {
  const { url, apiKey, timeout } = options;
  return async (path, body) => {
    const request = {
      method: body ? 'POST' : 'GET',
      url: `${url}${path}`,
      headers: { 'content-type': 'application/json', ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      headTimeout: timeout,
      idleTimeout: timeout,
    } as const;
    try {
      const response = await transport.request(request, signal);
      const text = await bodyText(response.body);
      return { status: response.status, text, json: parsed(text) };
    } catch (error) {
      throw TransportFailure.is(error) ? failureFromTransport(error, target) : error;
    }
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Asks what a server need not know: undefined for every answer but a JSON object with status 200. */
export async function tryAsk(ask: Ask, path: string, body?: object): Promise<Record<string, unknown> | undefined> {
  const { status, json } = await ask(path, body).catch(() => ({ status: 0, json: undefined }));
  return status === 200 && typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
}
