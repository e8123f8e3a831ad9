import { BackendError, type BackendErrorKind } from '../backend/backendError.ts';

/** Keeps completions from hammering a server that has refused them. */
export interface CoolDown {
  /** @throws the last failure while it is too early to ask again. */
  check(): void;
  failed(error: unknown): void;
  succeeded(): void;
}

/** Failures that no waiting helps: nothing is asked again until the backend is chosen anew. */
const final: ReadonlySet<BackendErrorKind> = new Set([
  'authentication',
  'account',
  'balance',
  'limit',
  'plan-expired',
  'plan-model',
  'fair-use',
  'model',
  'not-a-model-server',
]);

/** Milliseconds after a first failure, doubled for each further one, and at the most. */
const firstRest = 2_000;
const longestRest = 60_000;

/** Creates a cool-down; `now` tells milliseconds. */
export function createCoolDown(now: () => number = () => performance.now()): CoolDown {
  let until = 0;
  let failures = 0;
  let last: BackendError | undefined;

  return {
    check() {
      if (last && now() < until) throw last;
    },
    failed(error) {
      if (!(error instanceof BackendError)) return;
      last = error;
      const rest = Math.min(longestRest, error.retryAfter ?? firstRest * 2 ** failures);
      failures++;
      until = final.has(error.kind) ? Number.POSITIVE_INFINITY : now() + rest;
    },
    succeeded() {
      failures = 0;
      last = undefined;
    },
  };
}
