import type { Usage } from './backend.ts';

/** A part of a tool call as it comes in a delta. */
export interface ToolFragment {
  /** Which call it belongs to; absent for a call that comes whole. */
  readonly index?: number;
  readonly id?: string;
  readonly name?: string;
  /** JSON, or a piece of it. */
  readonly arguments?: string;
}

/** What one chunk of a stream says, whichever server wrote it. */
export interface Chunk {
  readonly reasoning?: string;
  readonly text?: string;
  readonly tools?: readonly ToolFragment[];
  readonly usage?: Usage;
  /** The server's own word for why the stream ends. */
  readonly finish?: string;
  /** Tokens of the prompt read so far, and all of them. */
  readonly progress?: { readonly read: number; readonly total: number };
  /** An error object, or the chunk that is one. */
  readonly error?: unknown;
}

/** The fields that servers send; all of them may be missing or null. */
interface Wire {
  readonly object?: string;
  readonly error?: unknown;
  readonly choices?: readonly (WireChoice | null)[] | null;
  readonly usage?: WireUsage | null;
  /** llama.cpp. */
  readonly timings?: {
    readonly cache_n?: number;
    readonly prompt_n?: number;
    readonly prompt_ms?: number;
    readonly predicted_n?: number;
  };
  readonly prompt_progress?: { readonly total?: number; readonly processed?: number } | null;
  readonly content?: string | null;
  readonly stop?: boolean;
  readonly stop_type?: string;
  /** Ollama. */
  readonly message?: WireDelta | null;
  readonly response?: string | null;
  readonly thinking?: string | null;
  readonly done?: boolean;
  readonly done_reason?: string;
  readonly prompt_eval_count?: number;
  readonly prompt_eval_cached_count?: number;
  /** Nanoseconds. */
  readonly prompt_eval_duration?: number;
  readonly eval_count?: number;
}

interface WireChoice {
  readonly delta?: WireDelta | null;
  readonly message?: WireDelta | null;
  readonly text?: string | null;
  readonly finish_reason?: string | null;
}

interface WireDelta {
  readonly content?: string | null;
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
  readonly thinking?: string | null;
  readonly tool_calls?: readonly WireTool[] | null;
}

interface WireTool {
  readonly index?: number;
  readonly id?: string;
  readonly function?: { readonly index?: number; readonly name?: string; readonly arguments?: unknown };
}

interface WireUsage {
  readonly prompt_tokens?: number;
  readonly completion_tokens?: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number } | null;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number } | null;
}

const told = (promptTokens: number, completionTokens: number, cached?: number, promptTime?: number): Usage => ({
  promptTokens,
  completionTokens,
  ...(cached === undefined ? {} : { cachedTokens: cached }),
  ...(promptTime === undefined ? {} : { promptTime }),
});

/** Tokens, from the first place that tells them (glm-protocol.md 1.4, 4.1, 4.4). */
function usageOf(wire: Wire): Usage | undefined {
  const { usage, timings } = wire;
  if (usage?.prompt_tokens !== undefined) {
    const cached = usage.prompt_tokens_details?.cached_tokens ?? timings?.cache_n;
    const made = told(usage.prompt_tokens, usage.completion_tokens ?? 0, cached, timings?.prompt_ms);
    const reasoning = usage.completion_tokens_details?.reasoning_tokens;
    return reasoning === undefined ? made : { ...made, reasoningTokens: reasoning };
  }
  if (timings?.prompt_n !== undefined) {
    const cached = timings.cache_n ?? 0;
    return told(cached + timings.prompt_n, timings.predicted_n ?? 0, cached, timings.prompt_ms);
  }
  // Ollama leaves the count out where all of the prompt came from its cache (older versions).
  if (wire.done && wire.prompt_eval_count !== undefined) {
    const time = wire.prompt_eval_duration === undefined ? undefined : wire.prompt_eval_duration / 1e6;
    return told(wire.prompt_eval_count, wire.eval_count ?? 0, wire.prompt_eval_cached_count, time);
  }
  return undefined;
}

/** Arguments are JSON on the wire; one page of the documentation has them as an object (glm-protocol.md 1.4). */
const asJson = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? {}));

function fragments(calls: readonly WireTool[]): ToolFragment[] {
  return calls.map(({ index: own, id, function: called }) => {
    const index = own ?? called?.index;
    return {
      ...(index === undefined ? {} : { index }),
      ...(id ? { id } : {}),
      ...(called?.name ? { name: called.name } : {}),
      ...(called?.arguments === undefined ? {} : { arguments: asJson(called.arguments) }),
    };
  });
}

/**
 * Reads a chunk of any server: OpenAI's schema with the habits of BigModel, vLLM, SGLang and LM Studio, llama.cpp's
 * `/completion`, Ollama's `/api/chat` and `/api/generate` (glm-protocol.md 1.4, 4.1).
 */
export function readChunk(data: unknown): Chunk {
  if (typeof data !== 'object' || data === null) return {};
  const wire = data as Wire;
  if (wire.error !== undefined && wire.error !== null) return { error: wire };
  if (wire.object === 'error') return { error: wire };
  const choice = wire.choices?.[0] ?? undefined;
  const delta = choice?.delta ?? choice?.message ?? wire.message ?? undefined;
  const reasoning = delta?.reasoning_content ?? delta?.reasoning ?? delta?.thinking ?? wire.thinking;
  const text = delta?.content ?? choice?.text ?? wire.content ?? wire.response;
  const tools = delta?.tool_calls?.length ? fragments(delta.tool_calls) : undefined;
  const finish =
    choice?.finish_reason ??
    (wire.stop ? (wire.stop_type ?? 'stop') : undefined) ??
    (wire.done ? (wire.done_reason ?? 'stop') : undefined);
  const chunk: { -readonly [Key in keyof Chunk]: Chunk[Key] } = {};
  if (reasoning) chunk.reasoning = reasoning;
  if (text) chunk.text = text;
  if (tools) chunk.tools = tools;
  if (finish) chunk.finish = finish;
  const usage = usageOf(wire);
  if (usage) chunk.usage = usage;
  const { total, processed = 0 } = wire.prompt_progress ?? {};
  if (total) chunk.progress = { read: processed, total };
  return chunk;
}
