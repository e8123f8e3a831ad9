import type { Backend, ChatRequest, CompletionRequest, Spent, StreamEvent, Usage } from './backend.ts';
import { textsOf } from './chatMessages.ts';
import { failure } from './failures.ts';
import { costOf, type Price } from './modelCatalogue.ts';

/** Counts what requests take. */
export interface Meter {
  readonly spent: Spent;
  /** The backend, with each of its requests counted, and refused once `limit` dollars are spent; 0 for no limit. */
  on(backend: Backend, limit: () => number): Backend;
}

const nothing: Spent = { requests: 0, promptTokens: 0, cachedTokens: 0, completionTokens: 0, cost: 0 };

/** Characters a token, for an answer that was cut short: its server tells no usage, and charges all the same. */
const charactersPerToken = 4;

const lengthOf = (request: ChatRequest | CompletionRequest): number =>
  'messages' in request
    ? textsOf(request).reduce((sum, text) => sum + text.length, 0)
    : request.prefix.length + request.suffix.length;

/** Creates a meter; `changed` is told after every request. */
export function createMeter(changed: (spent: Spent) => void = () => {}): Meter {
  let spent = nothing;

  function add({ promptTokens, completionTokens, cachedTokens = 0, cost = 0 }: Usage): void {
    spent = {
      requests: spent.requests + 1,
      promptTokens: spent.promptTokens + promptTokens,
      cachedTokens: spent.cachedTokens + cachedTokens,
      completionTokens: spent.completionTokens + completionTokens,
      cost: spent.cost + cost,
    };
    changed(spent);
  }

  const priced = (usage: Usage, price: Price | undefined): Usage =>
    price ? { ...usage, cost: costOf(price, usage) } : usage;

  async function* counted(
    stream: AsyncIterable<StreamEvent>,
    request: ChatRequest | CompletionRequest,
    price: Price | undefined,
  ): AsyncGenerator<StreamEvent> {
    let answered = 0;
    let isTold = false;
    try {
      for await (const event of stream) {
        if (event.type === 'text' || event.type === 'reasoning') answered += event.text.length;
        if (event.type !== 'usage') {
          yield event;
          continue;
        }
        isTold = true;
        const usage = priced(event.usage, price);
        add(usage);
        yield { ...event, usage };
      }
    } finally {
      if (!isTold && answered > 0) {
        const promptTokens = (request.pack?.tokens ?? 0) + Math.ceil(lengthOf(request) / charactersPerToken);
        add(priced({ promptTokens, completionTokens: Math.ceil(answered / charactersPerToken) }, price));
      }
    }
  }

  return {
    get spent() {
      return spent;
    },
    on(backend, limit) {
      const { prices } = backend;
      function allow(price: Price | undefined): void {
        if (!price || limit() <= 0 || spent.cost < limit()) return;
        const target = { kind: 'hosted', origin: backend.label, model: `$${limit()}` } as const;
        throw failure('spending', target, `$${spent.cost.toFixed(4)} spent of ${limit()}`);
      }
      return {
        ...backend,
        async *chat(request, signal) {
          allow(prices?.chat);
          yield* counted(backend.chat(request, signal), request, prices?.chat);
        },
        async *complete(request, signal) {
          allow(prices?.completion);
          yield* counted(backend.complete(request, signal), request, prices?.completion);
        },
      };
    },
  };
}
