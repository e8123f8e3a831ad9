import * as l10n from '@vscode/l10n';
import type { Transport } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { Backend, ChatRequest } from './backend.ts';
import { wireMessages } from './chatMessages.ts';
import { postStream, type Server } from './client.ts';
import { fimByChat } from './fimPrompt.ts';
import { hostedModel } from './modelCatalogue.ts';

/** The request's switch for thinking, by what the model understands (glm-protocol.md 1.3). */
function thinkingParameters(model: string, thinking: boolean): object {
  switch (hostedModel(model).thinking) {
    case 'none':
      return {};
    case 'toggle':
      return { thinking: { type: thinking ? 'enabled' : 'disabled' } };
    case 'always':
      return { reasoning_effort: thinking ? 'high' : 'low' };
  }
}

/** The hosted API of BigModel or Z.ai (glm-protocol.md section 1). */
export function createHostedBackend(transport: Transport, settings: Settings['hosted'], apiKey: string): Backend {
  const url = `${settings.url}/chat/completions`;
  const { origin, host } = new URL(settings.url);

  const server = (model: string): Server => ({ transport, apiKey, target: { kind: 'hosted', origin, model } });

  const chat = (model: string, request: ChatRequest, extra: object, signal: AbortSignal) => {
    const body = {
      model,
      messages: wireMessages(request),
      stream: true,
      max_tokens: Math.min(request.maxTokens, hostedModel(model).maxOutput),
      ...thinkingParameters(model, request.thinking),
      ...extra,
    };
    return postStream(server(model), url, body, 'chat', signal);
  };

  return {
    kind: 'hosted',
    label: l10n.t('{0} at {1}', settings.chatModel, host),
    window: hostedModel(settings.chatModel).window,
    writesEdits: true,
    chat: (request, signal) => chat(settings.chatModel, request, {}, signal),
    // Greedy, as the documentation recommends for code (glm-protocol.md 1.3).
    complete: (request, signal) => chat(settings.completionModel, fimByChat(request), { do_sample: false }, signal),
  };
}
