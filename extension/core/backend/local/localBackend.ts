import * as l10n from '@vscode/l10n';
import type { Transport } from '../../ports.ts';
import type { Backend, ChatRequest, CompletionRequest, StreamEvent } from '../backend.ts';
import { wireMessages } from '../chatMessages.ts';
import { postStream, type Server } from '../client.ts';
import { fimByChat, fimPrompt, fimStops } from '../fimPrompt.ts';
import type { LocalServer } from './localServer.ts';
import { serverKinds } from './serverKinds.ts';

/** How a kind of server is asked for the next message, and for the rest of a raw prompt. */
interface Dialect {
  chat(request: ChatRequest): { path: string; body: object };
  raw(prompt: string, request: CompletionRequest): { path: string; body: object };
}

/** Greedy, unless another answer is wanted. */
const sampling = (variation: number | undefined): object =>
  variation === undefined ? { temperature: 0 } : { temperature: 0.8, seed: variation };

/** OpenAI's schema, with what each kind understands beyond it (glm-protocol.md 4.1, 4.4, 4.5). */
function openAi({ kind, model, thinks }: LocalServer): Dialect {
  const common = { model, stream: true, stream_options: { include_usage: true } };
  const isLlama = kind === 'llama.cpp';
  const canSwitch = serverKinds[kind].takesTemplateArguments && (thinks || isLlama);
  return {
    chat: (request) => ({
      path: '/v1/chat/completions',
      body: {
        ...common,
        messages: wireMessages(request),
        max_tokens: request.maxTokens,
        ...(canSwitch ? { chat_template_kwargs: { enable_thinking: request.thinking } } : {}),
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
        messages: wireMessages(request),
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

/** What a backend is told besides what was probed. */
export interface LocalOptions {
  readonly apiKey?: string;
  /** Constant while the window is open: routers keep a session with the server that has its prompt. */
  readonly sessionId?: string;
}

/** A local or team server: llama.cpp, vLLM, SGLang, Ollama, LM Studio and their like (glm-protocol.md section 4). */
export function createLocalBackend(transport: Transport, probed: LocalServer, options: LocalOptions = {}): Backend {
  const { url, model, kind, window, fim, tokenFactor } = probed;
  const server: Server = { transport, target: { kind: 'local', origin: url, model }, ...options };
  const dialect = kind === 'ollama' ? ollama(probed) : openAi(probed);

  function post({ path, body }: { path: string; body: object }, shape: 'chat' | 'raw', signal: AbortSignal) {
    return postStream(server, `${url}${path}`, body, shape, signal);
  }
  const chat = (request: ChatRequest, signal: AbortSignal): AsyncIterable<StreamEvent> =>
    post(dialect.chat(request), 'chat', signal);

  return {
    kind: 'local',
    label: l10n.t('{0} at {1}', model.split('/').at(-1) ?? model, new URL(url).host),
    origin: url,
    window,
    tokenFactor,
    ...(probed.slots === undefined ? {} : { slots: probed.slots }),
    writesEdits: true,
    chat,
    complete: (request, signal) =>
      fim === 'none'
        ? chat(fimByChat(request), signal)
        : post(dialect.raw(fimPrompt(fim, request), request), 'raw', signal),
  };
}
