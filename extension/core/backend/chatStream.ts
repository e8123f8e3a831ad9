import type { FinishReason, StreamEvent, Usage } from './backend.ts';
import { readChunk } from './chunk.ts';
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

  /** What is left to show of a piece, without markup. */
  function* clean({ type, text }: Sorted): Generator<StreamEvent> {
    const cleaned = filters[type].push(text);
    tools.add(cleaned.calls);
    if (cleaned.text) yield { type, text: cleaned.text };
  }

  function* content(text: string): Generator<StreamEvent> {
    const pieces = splitter.push(text);
    if (splitter.takeBack()) yield { type: 'take-back' };
    for (const piece of pieces) yield* clean(piece);
  }

  for await (const batch of framing === 'lines' ? lineData(body) : eventData(body)) {
    for (const data of batch) {
      const chunk = readChunk(parse(data, target));
      if (chunk.error !== undefined) throw failureFromBody(chunk.error, 200, target);
      usage = chunk.usage ?? usage;
      if (chunk.progress) yield { type: 'reading', ...chunk.progress };
      if (chunk.reasoning) {
        const text: string = hasReasoned ? chunk.reasoning : chunk.reasoning.replace(/^[\r\n]+/, '');
        hasReasoned ||= text !== '';
        yield* clean({ type: 'reasoning', text });
      }
      if (chunk.text && shape === 'raw') yield { type: 'text', text: chunk.text };
      else if (chunk.text) yield* content(chunk.text);
      if (chunk.tools) tools.add(chunk.tools);
      if (chunk.finish) {
        try {
          finish = finishReason(chunk.finish, target);
        } catch (error) {
          // What it has cost comes with the same chunk, or after it.
          failed = error;
        }
      }
    }
  }
  for (const piece of splitter.end()) yield* clean(piece);
  for (const type of ['reasoning', 'text'] as const) {
    const { text } = filters[type].end();
    if (text) yield { type, text };
  }
  for (const call of tools.all()) yield { type: 'tool-call', call };
  if (usage) yield { type: 'usage', usage };
  if (failed) throw failed;
  yield { type: 'finish', reason: finish ?? 'aborted_by_server' };
}
