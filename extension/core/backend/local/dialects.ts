import type { ChatRequest, CompletionRequest } from '../backend.ts';
import { ollamaMessages, type WireMessage, wireMessages, wireTools } from '../chatMessages.ts';
import { fimStops } from '../fimPrompt.ts';
import type { LocalServer } from './localServer.ts';
import { serverKinds } from './serverKinds.ts';

/** How a kind of server is asked for the next message, and for the rest of a raw prompt. */
export interface Dialect {
  chat(request: ChatRequest): { path: string; body: object };
  raw(prompt: string, request: CompletionRequest): { path: string; body: object };
}

/** Greedy, unless another answer is wanted. */
const sampling = (variation: number | undefined): object =>
  variation === undefined ? { temperature: 0 } : { temperature: 0.8, seed: variation };

/** What the template is told. With tools, reasoning stays: cleared, it would take the cache with it (glm-protocol.md 1.7). */
const templateArguments = ({ thinking, tools = [] }: ChatRequest): object => ({
  enable_thinking: thinking,
  ...(tools.length > 0 && thinking ? { clear_thinking: false } : {}),
});

/** OpenAI's schema, with what each kind understands beyond it (glm-protocol.md 4.1, 4.4, 4.5). */
function openAi({ kind, model, thinks }: LocalServer): Dialect {
  const common = { model, stream: true, stream_options: { include_usage: true } };
  const isLlama = kind === 'llama.cpp';
  const { reasoningField } = serverKinds[kind];
  /** Reasoning goes back under the name that the server gives it, too. */
  const asRead = (message: WireMessage): object =>
    message.role === 'assistant' && message.reasoning_content && reasoningField !== 'reasoning_content'
      ? { ...message, [reasoningField]: message.reasoning_content }
      : message;
  const canSwitch = serverKinds[kind].takesTemplateArguments && (thinks || isLlama);
  return {
    chat: (request) => ({
      path: '/v1/chat/completions',
      body: {
        ...common,
        messages: wireMessages(request).map(asRead),
        max_tokens: request.maxTokens,
        ...wireTools(request),
        ...(canSwitch ? { chat_template_kwargs: templateArguments(request) } : {}),
        ...(isLlama ? { return_progress: true } : {}),
      },
    }),
    raw: (prompt, { maxTokens, mode, variation }) => ({
      path: '/v1/completions',
      body: { ...common, prompt, max_tokens: maxTokens, ...sampling(variation), stop: fimStops(mode) },
    }),
  };
}

/**
 * Ollama's native API: only there can the context be set, and only there does a prompt that does not fit become an error
 * (glm-protocol.md 4.3). `num_ctx` never changes within a session, since a change loads the model anew.
 */
function ollama({ model, window, thinks }: LocalServer): Dialect {
  const common = { model, stream: true, truncate: false, shift: false, keep_alive: '30m' };
  return {
    chat: (request) => ({
      path: '/api/chat',
      body: {
        ...common,
        messages: ollamaMessages(request),
        ...wireTools(request),
        ...(thinks ? { think: request.thinking } : {}),
        options: { num_ctx: window, num_predict: request.maxTokens },
      },
    }),
    raw: (prompt, { maxTokens, mode, variation }) => ({
      path: '/api/generate',
      body: {
        ...common,
        prompt,
        raw: true,
        options: { num_ctx: window, num_predict: maxTokens, ...sampling(variation), stop: fimStops(mode) },
      },
    }),
  };
}

/** How a server wants to be asked. */
export const dialectOf = (server: LocalServer): Dialect => (server.kind === 'ollama' ? ollama(server) : openAi(server));
