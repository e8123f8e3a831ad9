import type { Backend, StreamEvent } from './backend.ts';
import { BackendError, type BackendErrorKind } from './backendError.ts';

/** A failure as it is remembered: what the user was told, never a server's words, which may repeat the prompt. */
export interface NotedFailure {
  /** ISO 8601. */
  readonly at: string;
  readonly kind: BackendErrorKind;
  /** In the user's language. */
  readonly summary: string;
}

/** The last failures of this session, of requests that were shown and of those that were not. */
export interface FailureRing {
  /** The latest last. */
  readonly all: readonly NotedFailure[];
  /** Notes what is a {@link BackendError}. */
  note(error: unknown): void;
  /** The backend, with each of its failures noted. */
  on(backend: Backend): Backend;
}

/** Failures that are remembered. */
const most = 20;

/** Creates a ring with nothing in it. */
export function createFailureRing(now: () => Date = () => new Date()): FailureRing {
  let all: readonly NotedFailure[] = [];

  function note(error: unknown): void {
    if (!(error instanceof BackendError)) return;
    const { kind, summary } = error;
    all = [...all, { at: now().toISOString(), kind, summary }].slice(-most);
  }

  async function* noted(stream: AsyncIterable<StreamEvent>): AsyncGenerator<StreamEvent> {
    try {
      yield* stream;
    } catch (error) {
      note(error);
      throw error;
    }
  }

  return {
    get all() {
      return all;
    },
    note,
    on: (backend) => ({
      ...backend,
      chat: (request, signal) => noted(backend.chat(request, signal)),
      complete: (request, signal) => noted(backend.complete(request, signal)),
    }),
  };
}
