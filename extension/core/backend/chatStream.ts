import type { FinishReason, StreamEvent, Usage } from './backend.ts';
import { eventData } from './eventStream.ts';
import { failure, failureFromBody, type Target } from './failures.ts';
import { createThinkSplitter } from './thinkSplitter.ts';

/** What we read of an OpenAI-compatible chunk, and of llama.cpp's native one; all of it may be missing. */
interface Chunk {
  readonly choices?: readonly {
    readonly delta?: {
      readonly content?: string | null;
      readonly reasoning_content?: string;
      readonly reasoning?: string;
    };
    readonly text?: string;
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: {
    readonly prompt_tokens?: number;
    readonly completion_tokens?: number;
    readonly prompt_tokens_details?: { readonly cached_tokens?: number } | null;
  } | null;
  readonly timings?: { readonly cache_n?: number; readonly prompt_n?: number; readonly predicted_n?: number };
  readonly error?: unknown;
  /** llama.cpp's `/completion`. */
  readonly content?: string;
  readonly stop?: boolean;
  readonly stop_type?: string;
}

function usageOf({ usage, timings }: Chunk): Usage | undefined {
  if (usage?.prompt_tokens !== undefined) {
    const cached = usage.prompt_tokens_details?.cached_tokens ?? timings?.cache_n;
    return {
      promptTokens: usage.prompt_tokens,
      completionTokens: usage.completion_tokens ?? 0,
      ...(cached === undefined ? {} : { cachedTokens: cached }),
    };
  }
  if (timings?.prompt_n === undefined) return undefined;
  const cachedTokens = timings.cache_n ?? 0;
  return { promptTokens: cachedTokens + timings.prompt_n, completionTokens: timings.predicted_n ?? 0, cachedTokens };
}

/** Maps `finish_reason` (glm-protocol.md 1.4); the three that are failures throw. */
function finishReason(reason: string, target: Target): FinishReason {
  switch (reason) {
    case 'sensitive':
      throw failure('moderation', target, 'finish_reason sensitive');
    case 'network_error':
      throw failure('server', target, 'finish_reason network_error', { retryable: true });
    case 'model_context_window_exceeded':
      throw failure('overflow', target, 'finish_reason model_context_window_exceeded');
    case 'length':
    case 'limit':
      return 'length';
    case 'tool_calls':
      return 'tool_calls';
    default:
      return 'stop';
  }
}

function parse(data: string, target: Target): Chunk {
  try {
    return JSON.parse(data) as Chunk;
  } catch (cause) {
    throw failure('not-a-model-server', target, `stream data is not JSON: ${data.slice(0, 100)} (${String(cause)})`);
  }
}

/**
 * Turns the body of a streamed chat or completion into events: `text`, `reasoning`, at most one `usage`, one `finish`.
 * Reads what every server sends (glm-protocol.md 1.4, 4.1): `object` or `finish_reason` missing, usage in the last
 * chunk or in one of its own, `reasoning_content` or `reasoning`, `choices[].text`, llama.cpp's `content`.
 * A `raw` completion keeps every character: its leading white space is indentation, and it does not think.
 * @throws BackendError for an `error` object in the stream and for a `finish_reason` that is a failure.
 */
export async function* streamEvents(
  body: AsyncIterable<Uint8Array>,
  target: Target,
  shape: 'chat' | 'raw',
): AsyncGenerator<StreamEvent> {
  const splitter = createThinkSplitter();
  let usage: Usage | undefined;
  let finish: FinishReason | undefined;
  let reasoningBegan = false;

  for await (const data of eventData(body)) {
    const chunk = parse(data, target);
    if (chunk.error !== undefined && chunk.error !== null) throw failureFromBody(chunk, 200, target);
    usage = usageOf(chunk) ?? usage;

    const choice = chunk.choices?.[0];
    const reasoning = choice?.delta?.reasoning_content ?? choice?.delta?.reasoning;
    if (reasoning) {
      const text = reasoningBegan ? reasoning : reasoning.trimStart();
      if (text) {
        reasoningBegan = true;
        yield { type: 'reasoning', text };
      }
    }
    const content = choice?.delta?.content ?? choice?.text ?? chunk.content;
    if (content && shape === 'raw') yield { type: 'text', text: content };
    else if (content) yield* splitter.push(content);

    const reason = choice?.finish_reason ?? (chunk.stop ? (chunk.stop_type ?? 'stop') : undefined);
    if (reason) finish = finishReason(reason, target);
  }
  yield* splitter.end();
  if (usage) yield { type: 'usage', usage };
  yield { type: 'finish', reason: finish ?? 'aborted_by_server' };
}
