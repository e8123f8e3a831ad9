import type { Overflow } from './backendError.ts';

/** The words of every server for a prompt that does not fit (glm-protocol.md 4.2). */
const words =
  /exceeds the available context size|exceed_context_size_error|maximum context length (?:is|of) \d+|is longer than the model's context length|Requested token count exceeds|greater than the context length|prompt is longer than the context length|context[_ ]length[_ ]exceeded|model_context_window_exceeded|Prompt (?:too long|exceeds max length)|reached its context window limit|This model's maximum context length/i;

/** How the servers put the sizes: the prompt's first, the window's second, or the other way about. */
const promptFirst = [
  /\((\d+) tokens\)[^(]*\((\d+) tokens\)/,
  /"n_prompt_tokens":\s*(\d+).*"n_ctx":\s*(\d+)/,
  /request has (\d+) input tokens \(\d+ > (\d+) -/,
];
const windowFirst = [
  /maximum context length (?:is|of) (\d+).*?(?:request has|total of) (\d+)/s,
  /context length of (\d+) tokens\. You requested a total of (\d+)/,
];

/**
 * Recognises in an error body that the prompt was too long, and reads the sizes that it names: llama.cpp's fields, vLLM's
 * and SGLang's sentences (glm-protocol.md 4.2). Undefined where it is another failure.
 */
export function overflowIn(body: string): Overflow | undefined {
  if (!words.test(body)) return undefined;
  const numbers = (pattern: RegExp) => pattern.exec(body)?.slice(1, 3).map(Number);
  for (const pattern of promptFirst) {
    const [promptTokens, window] = numbers(pattern) ?? [];
    if (promptTokens && window) return { promptTokens, window };
  }
  for (const pattern of windowFirst) {
    const [window, promptTokens] = numbers(pattern) ?? [];
    if (promptTokens && window) return { promptTokens, window };
  }
  return {};
}
