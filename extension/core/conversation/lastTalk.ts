import type { ChatMessage, ChatRequest, Talk } from '../backend/backend.ts';
import type { TurnEvent } from './turn.ts';

/** The conversation that the user is taken to go on with. */
export interface LastTalk {
  /** Undefined once it was left alone for a while. */
  readonly current: Talk | undefined;
  /** Passes a turn's events on, and remembers the turn where it came to its end. */
  listen(request: ChatRequest, events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent>;
  forget(): void;
}

/** Milliseconds after its last turn for which a conversation is worth the room it takes. */
const alive = 600_000;

/** Creates the memory of one conversation. */
export function createLastTalk(now: () => number = () => performance.now()): LastTalk {
  let last: (Talk & { readonly at: number }) | undefined;
  return {
    get current() {
      return last && now() - last.at < alive ? last : undefined;
    },
    async *listen(request, events) {
      let { pack } = request;
      let answer = '';
      let reasoning = '';
      let exchange: readonly ChatMessage[] = [];
      let tokens = 0;
      for await (const event of events) {
        if (event.type === 'packed') pack = event.pack;
        else if (event.type === 'text') answer += event.text;
        else if (event.type === 'reasoning') reasoning += event.text;
        else if (event.type === 'take-back') {
          reasoning += answer;
          answer = '';
        } else if (event.type === 'exchange') exchange = event.messages;
        else if (event.type === 'usage') tokens = event.usage.promptTokens + event.usage.completionTokens;
        yield event;
      }
      if (answer === '' || tokens === 0) return;
      const said: readonly ChatMessage[] =
        exchange.length > 0 ? exchange : [{ role: 'assistant', content: answer, ...(reasoning ? { reasoning } : {}) }];
      const messages = [...request.messages, ...said];
      last = { conversation: { ...request, messages, ...(pack ? { pack } : {}) }, tokens, at: now() };
    },
    forget() {
      last = undefined;
    },
  };
}
