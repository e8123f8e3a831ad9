import * as l10n from '@vscode/l10n';
import type { Transport } from '../ports.ts';
import type { Backend } from './backend.ts';
import { wireMessages } from './chatMessages.ts';
import { postStream, type Server } from './client.ts';
import { fimByChat, fimPrompt, fimStops } from './fimPrompt.ts';
import type { LocalServer } from './localProbe.ts';

/** A local or team server with the OpenAI-compatible schema: llama.cpp, vLLM and their like (glm-protocol.md section 4). */
export function createLocalBackend(transport: Transport, probed: LocalServer, apiKey?: string): Backend {
  const { url, model, window, fim } = probed;
  const server: Server = { transport, target: { kind: 'local', origin: url, model }, ...(apiKey ? { apiKey } : {}) };
  const common = { model, stream: true, stream_options: { include_usage: true } };

  const backend: Backend = {
    kind: 'local',
    label: l10n.t('{0} at {1}', model.split('/').at(-1) ?? model, new URL(url).host),
    window,
    writesEdits: true,
    chat(request, signal) {
      const body = {
        ...common,
        messages: wireMessages(request),
        max_tokens: request.maxTokens,
        chat_template_kwargs: { enable_thinking: request.thinking },
      };
      return postStream(server, `${url}/v1/chat/completions`, body, 'chat', signal);
    },
    complete(request, signal) {
      if (fim === 'none') return backend.chat(fimByChat(request), signal);
      const body = {
        ...common,
        prompt: fimPrompt(fim, request),
        max_tokens: request.maxTokens,
        temperature: 0,
        stop: fimStops(request.mode),
      };
      return postStream(server, `${url}/v1/completions`, body, 'raw', signal);
    },
  };
  return backend;
}
