import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { type HttpRequest, type HttpResponse, type Transport, TransportFailure } from '../core/ports.ts';
import type { NetworkSettings } from '../core/settings.ts';
import { decoded } from './contentEncoding.ts';
import { proxyFor, trustedCertificates } from './network.ts';
import { asFailure, isStale } from './networkErrors.ts';

/** Milliseconds until a connection must stand; a model server is near or well connected. */
const connectTimeout = 10_000;

/** Redirects within an origin that are followed. */
const mostRedirects = 3;

/** A transport and the pools of connections that it holds. */
export interface HttpTransport extends Transport {
  /** Closes every connection, those in use as well. */
  dispose(): Promise<void>;
}

/**
 * Creates a transport on private undici pools with kept-alive connections, through the proxy and with the certificates of
 * the settings, which may change at any time. A redirect is only followed within its origin: a key never reaches a host
 * other than the one it is for. This file is bundled on its own and loaded at first use: undici must not touch VS Code's
 * global dispatcher (DESIGN.md section 1).
 */
export function createHttpTransport(network: () => NetworkSettings): HttpTransport {
  let pools = new Map<string, Dispatcher>();
  let madeFor = '';

  function makePool(proxy: string | undefined, isSecure: boolean, settings: NetworkSettings): Dispatcher {
    const ca = isSecure || proxy?.startsWith('https:') ? trustedCertificates(settings) : undefined;
    const secure = { rejectUnauthorized: settings.strictSsl, ...(ca ? { ca } : {}) };
    const options = { allowH2: false, pipelining: 1 };
    if (!proxy) return new Agent({ ...options, connect: { timeout: connectTimeout, ...secure } });
    const { proxyAuthorization: token } = settings;
    return new ProxyAgent({
      ...options,
      uri: proxy,
      connectTimeout,
      requestTls: secure,
      proxyTls: secure,
      ...(token ? { token } : {}),
    });
  }

  /** The pool for an address; those of earlier settings end with their last request. */
  function poolFor(url: URL): { pool: Dispatcher; proxy: string | undefined } {
    const settings = network();
    const now = JSON.stringify(settings);
    if (now !== madeFor) {
      for (const pool of pools.values()) void pool.close().catch(() => {});
      pools = new Map();
      madeFor = now;
    }
    const proxy = proxyFor(url, settings, process.env);
    const isSecure = url.protocol === 'https:';
    const key = `${isSecure} ${proxy ?? ''}`;
    const pool = pools.get(key) ?? makePool(proxy, isSecure, settings);
    pools.set(key, pool);
    return { pool, proxy };
  }

  async function send(url: URL, request: HttpRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { pool, proxy } = poolFor(url);
    const ask = () =>
      pool.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers: request.headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        headersTimeout: request.headTimeout,
        bodyTimeout: request.idleTimeout,
        signal,
      });
    try {
      // A server may close a kept-alive connection just as we write to it; it has not seen the request then.
      const response = await ask().catch((error: unknown) => {
        if (signal.aborted || !isStale(error)) throw error;
        return ask();
      });
      if (proxy && response.statusCode === 407) {
        response.body.destroy();
        throw new TransportFailure('proxy', `the proxy ${new URL(proxy).host} asks for a login (407)`);
      }
      return response;
    } catch (error) {
      signal.throwIfAborted();
      throw TransportFailure.is(error) ? error : asFailure(error, proxy);
    }
  }

  return {
    async request(request, signal): Promise<HttpResponse> {
      let url = new URL(request.url);
      for (let redirects = 0; ; redirects++) {
        const { statusCode, headers: received, body } = await send(url, request, signal);
        const headers = Object.fromEntries(
          Object.entries(received).map(([name, value]) => [
            name,
            Array.isArray(value) ? value.join(', ') : (value ?? ''),
          ]),
        );
        const next = redirectOf(statusCode, headers, request.method, url);
        if (!next)
          return { status: statusCode, headers, body: pieces(decoded(body, headers['content-encoding']), signal) };
        // Its body says nothing; whatever it is, the connection is not worth keeping for it.
        body.on('error', () => {}).destroy();
        if (next.origin !== url.origin)
          throw new TransportFailure('redirected', `${url.origin} redirects to ${next.origin}`);
        if (redirects === mostRedirects)
          throw new TransportFailure('redirected', `${url.origin} redirects without end`);
        url = next;
      }
    },
    async dispose() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

/** Where a response sends us; a POST is only sent on where it stays one (307, 308). */
function redirectOf(
  status: number,
  { location }: Readonly<Record<string, string>>,
  method: HttpRequest['method'],
  from: URL,
): URL | undefined {
  const isRedirect = status === 307 || status === 308 || (status >= 301 && status <= 303);
  if (!isRedirect || !location || !URL.canParse(location, from.href)) return undefined;
  const next = new URL(location, from.href);
  const staysSame = method === 'GET' || status === 307 || status === 308;
  return staysSame || next.origin !== from.origin ? next : undefined;
}

async function* pieces(body: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* body as AsyncIterable<Uint8Array>;
  } catch (error) {
    signal.throwIfAborted();
    throw asFailure(error);
  }
}
