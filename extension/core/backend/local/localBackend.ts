import * as l10n from '@vscode/l10n';
import { orAborted } from '../../context/orAborted.ts';
import type { Memory, Transport } from '../../ports.ts';
import type { Backend, ChatRequest, CompletionRequest, StreamEvent } from '../backend.ts';
import { postStream, type Server } from '../client.ts';
import { type FimOrder, fimByChat, fimPrompt } from '../fimPrompt.ts';
import type { FimFormat } from '../modelFamilies.ts';
import { createAsk } from './asker.ts';
import { conversationHead } from './conversationHead.ts';
import { dialectOf } from './dialects.ts';
import { probeFimOrder } from './fimOrder.ts';
import type { LocalServer } from './localServer.ts';

/** What a backend is told besides what was probed. */
export interface LocalOptions {
  readonly apiKey?: string;
  /** Constant while the window is open: routers keep a session with the server that has its prompt. */
  readonly sessionId?: string;
  /** Remembers in which order models read the sides of a gap. */
  readonly memory?: Memory;
}

/** A backend on a server of the user's. */
export interface LocalBackend extends Backend {
  /** In which order its model reads the sides of a gap: remembered, or asked for with a few gaps. It does not reject. */
  fimOrder(): Promise<FimOrder>;
}

/** Milliseconds for all the gaps whose answers tell the order, and for a template to be applied. */
const probePatience = 20_000;
const templatePatience = 5_000;

const memoryName = 'fimOrders';

/** A local or team server: llama.cpp, vLLM, SGLang, Ollama, LM Studio and their like (glm-protocol.md section 4). */
export function createLocalBackend(
  transport: Transport,
  probed: LocalServer,
  { memory, ...options }: LocalOptions = {},
): LocalBackend {
  const { url, model, kind, window, fim, tokenFactor } = probed;
  const server: Server = { transport, target: { kind: 'local', origin: url, model }, ...options };
  const dialect = dialectOf(probed);

  function post({ path, body }: { path: string; body: object }, shape: 'chat' | 'raw', signal: AbortSignal) {
    return postStream(server, `${url}${path}`, body, shape, signal);
  }
  const chat = (request: ChatRequest, signal: AbortSignal): AsyncIterable<StreamEvent> =>
    post(dialect.chat(request), 'chat', signal);

  function raw(format: FimFormat, request: CompletionRequest, order: FimOrder, signal: AbortSignal) {
    return post(dialect.raw(fimPrompt(format, request, order), request), 'raw', signal);
  }

  let order: Promise<FimOrder> | undefined;
  const name = `${model} at ${url}`;
  const remembered = () => (memory?.get(memoryName) ?? {}) as Readonly<Record<string, FimOrder>>;

  /** That of CodeGeeX4 is documented (glm-protocol.md 3.1). */
  const knownOrder = (): FimOrder | undefined => (fim === 'glm' ? remembered()[name] : 'suffix-first');

  async function findOrder(): Promise<FimOrder> {
    const known = knownOrder();
    if (known || fim !== 'glm') return known ?? 'suffix-first';
    try {
      const signal = AbortSignal.timeout(probePatience);
      const found = await probeFimOrder(async (each, request) => {
        let answer = '';
        for await (const event of raw(fim, request, each, signal)) if (event.type === 'text') answer += event.text;
        return answer;
      });
      memory?.set(memoryName, { ...remembered(), [name]: found });
      return found;
    } catch {
      // What is wrong with the server is told when it is asked for something that is shown; the order is looked for anew.
      order = undefined;
      return 'suffix-first';
    }
  }

  function fimOrder(): Promise<FimOrder> {
    order ??= findOrder();
    return order;
  }

  async function* fill(format: FimFormat, request: CompletionRequest, signal: AbortSignal) {
    // To look for the order would push out what the request begins with.
    const isOpen = request.head !== undefined && order === undefined && knownOrder() === undefined;
    yield* raw(format, request, isOpen ? 'suffix-first' : await orAborted(fimOrder(), signal), signal);
  }

  let head: { readonly of: ChatRequest; readonly text: Promise<string | undefined> } | undefined;

  function headOf(conversation: ChatRequest, signal: AbortSignal): Promise<string | undefined> {
    if (head?.of !== conversation) {
      const { apiKey } = options;
      const asking = { url, timeout: templatePatience, ...(apiKey ? { apiKey } : {}) };
      const ask = createAsk(transport, server.target, asking, AbortSignal.timeout(templatePatience));
      head = { of: conversation, text: conversationHead(ask, conversation, (request) => dialect.chat(request).body) };
    }
    return orAborted(head.text, signal);
  }

  return {
    kind: 'local',
    label: l10n.t('{0} at {1}', model.split('/').at(-1) ?? model, new URL(url).host),
    model,
    origin: url,
    window,
    tokenFactor,
    ...(probed.slots === undefined ? {} : { slots: probed.slots }),
    writesEdits: true,
    chat,
    complete: (request, signal) => (fim === 'none' ? chat(fimByChat(request), signal) : fill(fim, request, signal)),
    fimOrder,
    // Only llama.cpp tells its slots, and applies the template on request.
    ...(kind === 'llama.cpp' && probed.slots === 1 && fim !== 'none' ? { headOf } : {}),
  };
}
