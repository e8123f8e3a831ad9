/** What kind of failure a request met. */
export type BackendErrorKind =
  | 'unreachable'
  | 'not-a-model-server'
  | 'authentication'
  | 'balance'
  | 'plan'
  | 'rate-limit'
  | 'overflow'
  | 'moderation'
  | 'model'
  | 'request'
  | 'server'
  | 'timeout'
  | 'no-model';

/** The parts of a {@link BackendError}. */
export interface BackendErrorParts {
  readonly kind: BackendErrorKind;
  /** What failed and the likely cause, in the user's language. */
  readonly summary: string;
  /** What the user can do, in the user's language. */
  readonly nextStep: string;
  /** Whether sending the same request again may succeed. */
  readonly retryable: boolean;
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
  readonly detail: string;

  constructor(parts: BackendErrorParts, options?: ErrorOptions) {
    super(`${parts.summary} ${parts.nextStep}`, options);
    this.kind = parts.kind;
    this.summary = parts.summary;
    this.nextStep = parts.nextStep;
    this.retryable = parts.retryable;
    this.detail = parts.detail;
  }
}
