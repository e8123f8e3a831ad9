import type { StreamEvent } from './backend.ts';

const open = '<think>';
const close = '</think>';

/**
 * Sorts a stream's content into reasoning and text where a server was started without a reasoning parser
 * and leaks `<think>…</think>` at the head of the answer (glm-protocol.md 4.5). Tags may come in pieces.
 */
export function createThinkSplitter(): { push(text: string): StreamEvent[]; end(): StreamEvent[] } {
  let state: 'head' | 'reasoning' | 'text' = 'head';
  let held = '';

  const event = (type: 'text' | 'reasoning', text: string): StreamEvent[] => (text ? [{ type, text }] : []);

  function push(piece: string): StreamEvent[] {
    if (state === 'text') return event('text', piece);
    held += piece;
    if (state === 'head') {
      // Models begin an answer with line breaks (glm-protocol.md 1.4).
      const start = held.trimStart();
      if (start.length < open.length && open.startsWith(start)) return [];
      if (!start.startsWith(open)) {
        state = 'text';
        held = '';
        return event('text', start);
      }
      state = 'reasoning';
      held = start.slice(open.length);
    }
    const end = held.indexOf(close);
    if (end >= 0) {
      const reasoning = held.slice(0, end);
      const text = held.slice(end + close.length).trimStart();
      state = 'text';
      held = '';
      return [...event('reasoning', reasoning), ...event('text', text)];
    }
    // Keep back what may be the beginning of the closing tag.
    const sure = held.length - close.length + 1;
    if (sure <= 0) return [];
    const reasoning = held.slice(0, sure);
    held = held.slice(sure);
    return event('reasoning', reasoning);
  }

  return {
    push,
    end: () => event(state === 'reasoning' ? 'reasoning' : 'text', held),
  };
}
