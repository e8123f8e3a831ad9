import type { Backend, ChatRequest, StreamEvent, Usage } from '../backend/backend.ts';
import { type RetryPolicy, retrying } from '../backend/retry.ts';

/** An answer, and how long it was in coming. */
export interface TimedAnswer {
  readonly text: string;
  /** Milliseconds from the request to the first token of answer or reasoning, waits for a busy server left out. */
  readonly firstToken: number;
  readonly usage: Usage | undefined;
  /** It thought until its tokens were used up, and said nothing. */
  readonly onlyThought: boolean;
  /** The backend that stood in for the one that is measured. */
  readonly answeredBy?: string;
}

/** Asks and waits for the whole answer. @throws BackendError, or the signal's reason when aborted. */
export async function timedAnswer(
  backend: Backend,
  request: ChatRequest,
  { retry, now }: { readonly retry: RetryPolicy; readonly now: () => number },
  signal: AbortSignal,
  hear: (event: StreamEvent) => void,
): Promise<TimedAnswer> {
  let began = now();
  let firstToken: number | undefined;
  let text = '';
  let usage: Usage | undefined;
  let hasThought = false;
  let answeredBy: string | undefined;
  const ask = () => {
    began = now();
    return backend.chat(request, signal);
  };
  for await (const event of retrying(ask, retry, signal)) {
    hear(event);
    if (event.type === 'text' || event.type === 'reasoning' || event.type === 'tool-call') firstToken ??= now() - began;
    if (event.type === 'text') text += event.text;
    else if (event.type === 'reasoning') hasThought = true;
    else if (event.type === 'usage') usage = event.usage;
    else if (event.type === 'moved') answeredBy = event.label;
    else if (event.type === 'take-back') {
      hasThought = true;
      text = '';
    }
  }
  return {
    text,
    firstToken: firstToken ?? now() - began,
    usage,
    onlyThought: hasThought && text.trim() === '',
    ...(answeredBy === undefined ? {} : { answeredBy }),
  };
}
