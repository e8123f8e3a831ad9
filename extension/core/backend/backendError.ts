/** What kind of failure a request met. */
export type BackendErrorKind =
  | 'unreachable'
  | 'offline'
  | 'proxy'
  | 'certificate'
  | 'redirected'
  | 'not-a-model-server'
  | 'authentication'
  | 'account'
  | 'balance'
  | 'limit'
  | 'plan-expired'
  | 'plan-model'
  | 'fair-use'
  | 'rate-limit'
  | 'overloaded'
  | 'loading'
  | 'overflow'
  | 'moderation'
  | 'model'
  | 'tools'
  | 'request'
  | 'server'
  | 'timeout'
  | 'spending'
  | 'no-model';

/** Sizes that a server names when a prompt does not fit, in tokens; undefined where it does not. */
export interface Overflow {
  readonly promptTokens?: number;
  readonly window?: number;
}

/** The parts of a {@link BackendError}. */
export interface BackendErrorParts {
  readonly kind: BackendErrorKind;
  /** What failed and the likely cause, in the user's language. */
  readonly summary: string;
  /** What the user can do, in the user's language. */
  readonly nextStep: string;
  /** Whether sending the same request again may succeed. */
  readonly retryable: boolean;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter?: number;
  /** Of a prompt that does not fit. */
  readonly overflow?: Overflow;
  /** For the log only: status, business code, the server's words. Never a key or a prompt. */
  readonly detail: string;
}

/** The one error that backends throw; its message is fit to be shown. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly kind: BackendErrorKind;
  readonly summary: string;
  readonly nextStep: string;
  readonly retryable: boolean;
  readonly retryAfter: number | undefined;
  readonly overflow: Overflow | undefined;
  readonly detail: string;

  constructor(parts: BackendErrorParts, options?: ErrorOptions) {
    super(`${parts.summary} ${parts.nextStep}`, options);
    this.kind = parts.kind;
    this.summary = parts.summary;
    this.nextStep = parts.nextStep;
    this.retryable = parts.retryable;
    this.retryAfter = parts.retryAfter;
    this.overflow = parts.overflow;
    this.detail = parts.detail;
  }
}
