import * as l10n from '@vscode/l10n';
import type { TransportFailure } from '../ports.ts';
import { BackendError, type BackendErrorKind, type BackendErrorParts } from './backendError.ts';
import { businessCodes } from './businessCodes.ts';
import { failureWords, type Target } from './failureWords.ts';
import { overflowIn } from './overflow.ts';
import { refusesTools } from './toolRefusal.ts';

export type { Target } from './failureWords.ts';

/** What is known of a failure besides its kind. */
type Known = Partial<Pick<BackendErrorParts, 'retryable' | 'retryAfter' | 'overflow' | 'nextStep'>>;

/** Makes the error of a kind, in the user's language. */
export function failure(kind: BackendErrorKind, target: Target, detail: string, known: Known = {}): BackendError {
  const [summary, nextStep] = failureWords(kind, target);
  return new BackendError({ kind, summary, nextStep, retryable: false, detail, ...known });
}

/** The error's code and message, wherever a server's JSON carries them (glm-protocol.md 1.5, 4.2). */
function errorFields(body: unknown): { code: string; message: string } {
  if (typeof body === 'string') return { code: '', message: body };
  if (typeof body !== 'object' || body === null) return { code: '', message: '' };
  const outer = body as Record<string, unknown>;
  if (typeof outer.error === 'string') return { code: '', message: outer.error };
  const inner = (typeof outer.error === 'object' && outer.error !== null ? outer.error : outer) as Record<
    string,
    unknown
  >;
  const message = String(inner.message ?? inner.detail ?? inner.type ?? '');
  // The Anthropic-compatible endpoint writes the business code into the message too.
  const code = String(inner.code ?? /^\[(\d{4})\]/.exec(message)?.[1] ?? '');
  return { code, message };
}

/** The kind of failure by HTTP status, where no business code says more (glm-protocol.md 1.5, 4.1). */
function kindOfStatus(status: number, message: string): readonly [kind: BackendErrorKind, retryable: boolean] {
  // An answer that had begun well.
  if (status < 400) return ['server', true];
  if (status === 401 || status === 403 || status === 434) return ['authentication', false];
  if (status === 404 || status === 405) return [/\bmodel\b/i.test(message) ? 'model' : 'not-a-model-server', false];
  if (status === 408) return ['timeout', true];
  if (status === 429) return ['rate-limit', true];
  if (status === 503 && /loading/i.test(message)) return ['loading', true];
  if (status === 503) return ['overloaded', true];
  if (status >= 500) return ['server', true];
  return ['request', false];
}

/** When a limit resets, as the message says: `2026-11-23 18:00:00` and the like (codes 1308, 1310). */
const resetTime = /\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?/;

/** Milliseconds of a `Retry-After` header, in seconds or as a date; none is documented, but gateways send it. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  return Number.isFinite(milliseconds) && milliseconds >= 0 ? milliseconds : undefined;
}

/** The error that an in-stream `error` object or an HTTP error body stands for. */
export function failureFromBody(body: unknown, status: number, target: Target, wait?: number): BackendError {
  const { code, message } = errorFields(body);
  const detail = `HTTP ${status}, code ${code || '(none)'}: ${message.slice(0, 500)}`;
  const overflow = overflowIn(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
  if (overflow) return failure('overflow', target, detail, { overflow });
  if (refusesTools(message)) return failure('tools', target, detail);
  const later = wait === undefined ? {} : { retryAfter: wait };
  const known = businessCodes.get(code);
  if (known) {
    const [resets] = (known.kind === 'limit' && resetTime.exec(message)) || [];
    const until = resets ? { nextStep: l10n.t('It resets at {0}. Until then, choose another backend.', resets) } : {};
    return failure(known.kind, target, detail, { retryable: known.retryable, ...later, ...until });
  }
  const number = Number(code);
  const [kind, retryable] = kindOfStatus(number >= 400 && number < 600 ? number : status, message);
  return failure(kind, target, detail, { retryable, ...later });
}

/** The error that an HTTP error response stands for; `text` is its body, `wait` what its `Retry-After` says in ms. */
export function failureFromResponse(status: number, text: string, target: Target, wait?: number): BackendError {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const [kind, retryable] = kindOfStatus(status, '');
    const later = wait === undefined ? {} : { retryAfter: wait };
    return failure(kind, target, `HTTP ${status}: ${text.slice(0, 200)}`, { retryable, ...later });
  }
  return failureFromBody(body, status, target, wait);
}

/** The error for a request that got no response, or whose stream broke off. */
export function failureFromTransport(error: TransportFailure, target: Target): BackendError {
  const detail = `${error.kind}: ${error.message}`;
  switch (error.kind) {
    case 'unresolved':
      return failure(target.kind === 'hosted' ? 'offline' : 'unreachable', target, detail);
    case 'refused':
      return failure('unreachable', target, detail);
    case 'tls':
      return failure('certificate', target, detail);
    case 'proxy':
    case 'redirected':
      return failure(error.kind, target, detail);
    case 'timeout':
      return failure('timeout', target, detail, { retryable: true });
    case 'broken':
      return failure('server', target, detail, { retryable: true });
  }
}
