import * as l10n from '@vscode/l10n';
import type { Transport } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { Backend, ChatRequest, CompletionRequest, StreamEvent } from './backend.ts';
import { BackendError } from './backendError.ts';
import { wireMessages, wireTools } from './chatMessages.ts';
import { postStream, type Server } from './client.ts';
import { codegeex, codegeexBody, codegeexSubstitute } from './codegeex.ts';
import { fimByChat } from './fimPrompt.ts';
import { hostedModel, priceAt } from './modelCatalogue.ts';

/**
 * The request's switch for thinking, by what the model understands (glm-protocol.md 1.3). With tools its reasoning is kept:
 * cleared, as is the default, it would take the prompt's cache with it at the next question (1.7).
 */
function thinkingParameters(model: string, { thinking, tools = [] }: ChatRequest): object {
  const kept = tools.length > 0 ? { clear_thinking: false } : {};
  switch (hostedModel(model).thinking) {
    case 'none':
      return {};
    case 'toggle':
      return { thinking: thinking ? { type: 'enabled', ...kept } : { type: 'disabled' } };
    case 'always':
      return {
        reasoning_effort: thinking ? 'high' : 'low',
        ...(tools.length > 0 ? { thinking: { type: 'enabled', ...kept } } : {}),
      };
  }
}

/** The tools of a request: `auto` is the only choice there is, and newer models stream the arguments (glm-protocol.md 1.3). */
function toolParameters(model: string, request: ChatRequest): object {
  const { tools } = wireTools(request);
  if (!tools) return {};
  return { tools, tool_choice: 'auto', ...(hostedModel(model).streamsTools ? { tool_stream: true } : {}) };
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
      ...thinkingParameters(model, request),
      ...toolParameters(model, request),
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
