import { TransportFailure, type TransportFailureKind } from '../core/ports.ts';

const kinds: Readonly<Record<string, TransportFailureKind>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'unresolved',
  ENETDOWN: 'unresolved',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  CERT_UNTRUSTED: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
  EPROTO: 'tls',
};

/** Failures to connect, which behind a proxy are the proxy's: only it is connected to. */
const connecting: ReadonlySet<TransportFailureKind> = new Set(['refused', 'unresolved']);

/** Node joins the failures of several addresses into one without a code of its own, and wraps others. */
function causeOf(error: unknown): { code: string; message: string } {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message } = first as { code?: unknown; message?: unknown };
  return { code: String(code ?? ''), message: String(message ?? first) };
}

/** Names a network error; `proxy` is the URL of the proxy that the request went through, if any. */
export function asFailure(error: unknown, proxy?: string): TransportFailure {
  const { code, message } = causeOf(error);
  const kind = kinds[code] ?? (code.startsWith('ERR_SSL') ? 'tls' : 'broken');
  const words = code ? `${code}: ${message}` : message;
  // undici's words for a CONNECT that was refused.
  const isRefusedTunnel = /^Proxy response \(\d+\)/.test(message);
  if (proxy && (isRefusedTunnel || connecting.has(kind)))
    return new TransportFailure('proxy', `${new URL(proxy).host}: ${words}`, { cause: error });
  return new TransportFailure(kind, words, { cause: error });
}

/** Whether a connection ended that had served a request before, and before a byte of this response had come. */
export function isStale(error: unknown): boolean {
  const { code, socket } = error as { code?: unknown; socket?: { bytesRead?: number } };
  return code === 'UND_ERR_SOCKET' && (socket?.bytesRead ?? 0) > 0;
}
