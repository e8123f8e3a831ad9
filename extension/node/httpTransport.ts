import { Agent } from 'undici';
import {
  type HttpRequest,
  type HttpResponse,
  type Transport,
  TransportFailure,
  type TransportFailureKind,
} from '../core/ports.ts';

/** Milliseconds until a connection must stand; a model server is near or well connected. */
const connectTimeout = 10_000;

const kinds: Readonly<Record<string, TransportFailureKind>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
};

/** Names a network error; Node joins the failures of several addresses into one without a code of its own. */
function asFailure(error: unknown): TransportFailure {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = String((first as { code?: unknown }).code ?? '');
  const message = first instanceof Error ? first.message : String(first);
  return new TransportFailure(kinds[code] ?? 'broken', code ? `${code}: ${message}` : message, { cause: error });
}

/** A transport and the pool of connections that it holds. */
export interface HttpTransport extends Transport {
  /** Closes every connection, those in use as well. */
  dispose(): Promise<void>;
}

/**
 * Creates a transport on a private undici pool with kept-alive connections. Redirects are not followed, so a key
 * never reaches a host other than the one it is for. This file is bundled on its own and loaded at first use:
 * undici must not touch VS Code's global dispatcher (DESIGN.md section 1).
 */
export function createHttpTransport(): HttpTransport {
  const agent = new Agent({ connect: { timeout: connectTimeout }, allowH2: false, pipelining: 1 });

  async function* pieces(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      signal.throwIfAborted();
      throw asFailure(error);
    }
  }

  return {
    async request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
      const { origin, pathname, search } = new URL(request.url);
      try {
        const response = await agent.request({
          origin,
          path: pathname + search,
          method: request.method,
          headers: request.headers,
          ...(request.body === undefined ? {} : { body: request.body }),
          headersTimeout: request.headTimeout,
          bodyTimeout: request.idleTimeout,
          signal,
        });
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [
            name,
            Array.isArray(value) ? value.join(', ') : (value ?? ''),
          ]),
        );
        return { status: response.statusCode, headers, body: pieces(response.body, signal) };
      } catch (error) {
        signal.throwIfAborted();
        throw asFailure(error);
      }
    },
    dispose: () => agent.destroy(),
  };
}
