import type { Pack } from '../pack.ts';
import type { Backend, StreamEvent, Usage } from './backend.ts';

/** The beginning of a prompt that a server has read, and so is likely to have in its cache. */
export interface SentPrompt {
  /** What stood before the pack; empty for a completion. */
  readonly rules: string;
  readonly pack?: Pack;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What the server said of it, once it has. */
  readonly usage?: Usage;
}

/** Remembers the last prompt of each kind that each backend was sent. */
export interface SentPrompts {
  /** The backend, with what it is sent remembered. */
  on(backend: Backend): Backend;
  /** By the backend's label. */
  last(label: string, kind: 'chat' | 'completion'): SentPrompt | undefined;
}

/** Creates an empty memory; it holds on to packs that others hold anyway. */
export function createSentPrompts(now: () => number = () => Date.now()): SentPrompts {
  const prompts = new Map<string, SentPrompt>();

  async function* heard(key: string, prompt: Omit<SentPrompt, 'at'>, stream: AsyncIterable<StreamEvent>) {
    let isRead = false;
    for await (const event of stream) {
      // A server that says anything of the answer has read the prompt.
      if (!isRead && (event.type === 'text' || event.type === 'reasoning' || event.type === 'usage')) {
        isRead = true;
        prompts.set(key, { ...prompt, at: now() });
      }
      if (event.type === 'usage') prompts.set(key, { ...prompt, at: now(), usage: event.usage });
      yield event;
    }
  }

  return {
    on(backend) {
      const { label } = backend;
      return {
        ...backend,
        chat: (request, signal) => {
          const { rules, pack } = request;
          return heard(`chat ${label}`, { rules, ...(pack ? { pack } : {}) }, backend.chat(request, signal));
        },
        complete: (request, signal) => {
          const { pack, head = '' } = request;
          const prompt = { rules: head, ...(pack ? { pack } : {}) };
          return heard(`completion ${label}`, prompt, backend.complete(request, signal));
        },
      };
    },
    last: (label, kind) => prompts.get(`${kind} ${label}`),
  };
}
