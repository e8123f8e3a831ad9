import type { FinishReason, StreamEvent, Usage } from './backend.ts';
import { type Chunk, readChunk } from './chunk.ts';
import { eventData, type Framing, lineData } from './eventStream.ts';
import { failure, failureFromBody, type Target } from './failures.ts';
import { finishReason } from './finishReason.ts';
import { createMarkupFilter } from './leakedMarkup.ts';
import { createThinkSplitter, type Sorted } from './thinkSplitter.ts';
import { createToolCalls } from './toolCalls.ts';

function parse(data: string, target: Target): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw failure('not-a-model-server', target, `stream data is not JSON: ${data.slice(0, 100)} (${String(cause)})`);
  }
}

/**
 * Turns the body of a streamed chat or completion into events: `text`, `reasoning` and `reading` as they come, then the
 * tool calls, at most one `usage`, one `finish`. What servers send, and what they leak, is read as documented
 * (glm-protocol.md 1.4, 4.1, 4.5, 7.2). A `raw` completion keeps every character: its leading white space is indentation,
 * and it does not think.
 * @throws BackendError for an error in the stream and for a reason to finish that is a failure.
 */
export async function* streamEvents(
  body: AsyncIterable<Uint8Array>,
  target: Target,
  shape: 'chat' | 'raw',
  framing: Framing = 'events',
): AsyncGenerator<StreamEvent> {
  const splitter = createThinkSplitter();
  const filters = { text: createMarkupFilter(), reasoning: createMarkupFilter() };
  const tools = createToolCalls();
  let usage: Usage | undefined;
  let finish: FinishReason | undefined;
  let failed: unknown;
  let hasReasoned = false;

  // Filled by each chunk and emptied after each piece of the network: a generator for each text would cost more than reading it.
  let ready: StreamEvent[] = [];

  /** Takes what is left to show of a piece, without markup. */
  function clean(type: Sorted['type'], piece: string): void {
    const { text, calls } = filters[type].push(piece);
    if (calls.length > 0) tools.add(calls);
    if (text) ready.push({ type, text });
  }

  function content(text: string): void {
    const pieces = splitter.push(text);
    if (splitter.takeBack()) ready.push({ type: 'take-back' });
    for (const piece of pieces) clean(piece.type, piece.text);
  }

  function take(chunk: Chunk): void {
    if (chunk.error !== undefined) throw failureFromBody(chunk.error, 200, target);
    usage = chunk.usage ?? usage;
    if (chunk.progress) ready.push({ type: 'reading', ...chunk.progress });
    if (chunk.reasoning) {
      const text = hasReasoned ? chunk.reasoning : chunk.reasoning.replace(/^[\r\n]+/, '');
      hasReasoned ||= text !== '';
      clean('reasoning', text);
    }
    if (chunk.text && shape === 'raw') ready.push({ type: 'text', text: chunk.text });
    else if (chunk.text) content(chunk.text);
    if (chunk.tools) tools.add(chunk.tools);
    if (!chunk.finish) return;
    try {
      finish = finishReason(chunk.finish, target);
    } catch (error) {
      // What it has cost comes with the same chunk, or after it.
      failed = error;
    }
  }

  for await (const batch of framing === 'lines' ? lineData(body) : eventData(body)) {
    let broken: { readonly error: unknown } | undefined;
    for (const data of batch) {
      try {
        take(readChunk(parse(data, target)));
      } catch (error) {
        // What came before it is shown first.
        broken = { error };
        break;
      }
    }
    const events = ready;
    ready = [];
    yield* events;
    if (broken) throw broken.error;
  }
  for (const { type, text } of splitter.end()) clean(type, text);
  for (const type of ['reasoning', 'text'] as const) {
    const { text } = filters[type].end();
    if (text) ready.push({ type, text });
  }
  for (const call of tools.all()) ready.push({ type: 'tool-call', call });
  if (usage) ready.push({ type: 'usage', usage });
  yield* ready;
  if (failed) throw failed;
  yield { type: 'finish', reason: finish ?? 'aborted_by_server' };
}
