import type { Backend, CompletionRequest, Usage } from '../backend/backend.ts';
import { tidy } from './tidy.ts';

/** A text to show at the cursor. */
export interface Suggestion {
  readonly text: string;
  readonly usage?: Usage;
  /** The backend that stood in for the one that was asked, if one did. */
  readonly answeredBy?: string;
}

/** Asks a backend to fill a gap and makes its answer fit to be shown; the stream is closed once a line is sure. */
export async function suggest(
  backend: Backend,
  request: CompletionRequest,
  signal: AbortSignal,
): Promise<Suggestion | undefined> {
  let answer = '';
  let usage: Usage | undefined;
  let answeredBy: string | undefined;
  for await (const event of backend.complete(request, signal)) {
    if (event.type === 'usage') usage = event.usage;
    if (event.type === 'moved') answeredBy = event.label;
    if (event.type === 'take-back') answer = '';
    if (event.type !== 'text') continue;
    answer += event.text;
    // A fence's first line is not yet the line that is wanted.
    if (request.mode === 'line' && answer.trimStart().includes('\n') && !answer.includes('```')) break;
  }
  signal.throwIfAborted();
  const text = tidy(answer, request.suffix, request.mode);
  return text ? { text, ...(usage ? { usage } : {}), ...(answeredBy ? { answeredBy } : {}) } : undefined;
}
