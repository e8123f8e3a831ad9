import * as l10n from '@vscode/l10n';
import type { Transport } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { Backend, ChatRequest, CompletionRequest, StreamEvent } from './backend.ts';
import { BackendError } from './backendError.ts';
import { wireMessages } from './chatMessages.ts';
import { postStream, type Server } from './client.ts';
import { codegeex, codegeexBody, codegeexSubstitute } from './codegeex.ts';
import { fimByChat } from './fimPrompt.ts';
import { hostedModel, priceAt } from './modelCatalogue.ts';

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

/** Greedy, as the documentation recommends for code (glm-protocol.md 1.3), unless another answer is wanted. */
const sampling = (variation: number | undefined): object =>
  variation === undefined ? { do_sample: false } : { do_sample: true, temperature: 0.8 };

/** The hosted API of BigModel or Z.ai (glm-protocol.md section 1). */
export function createHostedBackend(
  transport: Transport,
  settings: Pick<Settings['hosted'], 'url' | 'chatModel' | 'completionModel'>,
  apiKey: string,
): Backend {
  const { chatModel, completionModel } = settings;
  const url = `${settings.url}/chat/completions`;
  const { origin, host } = new URL(settings.url);
  let isCodegeexServed = true;

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

  // No stop word is sent: an answer may begin with the line break that would be it, and the reader of the stream cuts where
  // the line ends.
  const completeByChat = (model: string, request: CompletionRequest, signal: AbortSignal) =>
    chat(model, fimByChat(request), sampling(request.variation), signal);

  async function* completeByCodegeex(request: CompletionRequest, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    if (isCodegeexServed) {
      try {
        // Raw: the answer begins with its indentation.
        yield* postStream(server(codegeex), url, codegeexBody(request), 'raw', signal);
        return;
      } catch (error) {
        const isGone = error instanceof BackendError && ['model', 'not-a-model-server'].includes(error.kind);
        if (!isGone) throw error;
        isCodegeexServed = false;
      }
    }
    yield* completeByChat(codegeexSubstitute, request, signal);
  }

  const chatPrice = priceAt(settings.url, chatModel);
  const completionPrice = priceAt(settings.url, completionModel === codegeex ? codegeexSubstitute : completionModel);
  return {
    kind: 'hosted',
    label: l10n.t('{0} at {1}', chatModel, host),
    model: chatModel,
    origin,
    window: hostedModel(chatModel).window,
    prices: {
      ...(chatPrice ? { chat: chatPrice } : {}),
      ...(completionPrice ? { completion: completionPrice } : {}),
    },
    writesEdits: true,
    chat: (request, signal) => chat(chatModel, request, {}, signal),
    complete: (request, signal) =>
      completionModel === codegeex
        ? completeByCodegeex(request, signal)
        : completeByChat(completionModel, request, signal),
  };
}
