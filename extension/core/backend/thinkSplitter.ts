/** A piece of a stream's content, sorted. */
export interface Sorted {
  readonly type: 'text' | 'reasoning';
  readonly text: string;
}

/** Sorts content into reasoning and text. */
export interface ThinkSplitter {
  push(text: string): Sorted[];
  end(): Sorted[];
  /** True, once, where what was sorted as text so far turns out to have been reasoning. */
  takeBack(): boolean;
}

const open = '<think>';
const close = '</think>';

/**
 * Creates a splitter for servers that run without a reasoning parser (glm-protocol.md 4.5, 7.2). It reads `<think>…</think>`
 * at the head of an answer, and a lone `</think>`, which comes where the prompt itself ended with `<think>`: what stood
 * before it was shown as text by then, since most answers have no such mark and none should be held back for it. So it is
 * taken back. In backquotes the mark is text. Tags may come in pieces; line breaks at the head are left out
 * (glm-protocol.md 1.4), indentation is not.
 */
export function createThinkSplitter(): ThinkSplitter {
  let state: 'head' | 'reasoning' | 'gap' | 'text' = 'head';
  let held = '';
  let before = '';
  let mayClose = true;
  let isTakenBack = false;

  const sorted = (type: Sorted['type'], text: string): Sorted[] => (text ? [{ type, text }] : []);

  /** Characters at the end of the held text that may be the beginning of a tag. */
  function tail(tag: string): number {
    for (let length = Math.min(tag.length - 1, held.length); length > 0; length--)
      if (tag.startsWith(held.slice(-length))) return length;
    return 0;
  }

  function inText(): Sorted[] {
    if (!mayClose) {
      const all = held;
      held = '';
      return sorted('text', all);
    }
    const at = held.indexOf(close);
    if (at >= 0) {
      const isQuoted = (at > 0 ? held[at - 1] : before) === '`';
      mayClose = false;
      const shown = held.slice(0, at);
      held = held.slice(at + (isQuoted ? 0 : close.length));
      if (isQuoted) return [...sorted('text', shown), ...inText()];
      isTakenBack = true;
      state = 'gap';
      return [...sorted('reasoning', shown), ...push('')];
    }
    const sure = held.length - tail(close);
    const text = held.slice(0, sure);
    held = held.slice(sure);
    before = text.at(-1) ?? before;
    return sorted('text', text);
  }

  function push(piece: string): Sorted[] {
    held += piece;
    switch (state) {
      case 'head': {
        const start = held.replace(/^[\r\n]+/, '');
        const trimmed = start.trimStart();
        if (trimmed.length < open.length && open.startsWith(trimmed)) return [];
        state = trimmed.startsWith(open) ? 'reasoning' : 'text';
        held = state === 'reasoning' ? trimmed.slice(open.length) : start;
        return push('');
      }
      case 'reasoning': {
        const at = held.indexOf(close);
        if (at >= 0) {
          const reasoning = held.slice(0, at);
          held = held.slice(at + close.length);
          state = 'gap';
          mayClose = false;
          return [...sorted('reasoning', reasoning), ...push('')];
        }
        const sure = held.length - tail(close);
        const reasoning = held.slice(0, sure);
        held = held.slice(sure);
        return sorted('reasoning', reasoning);
      }
      case 'gap': {
        held = held.replace(/^[\r\n]+/, '');
        if (held === '') return [];
        state = 'text';
        return inText();
      }
      case 'text':
        return inText();
    }
  }

  return {
    push,
    end() {
      const rest = state === 'head' ? held.replace(/^[\r\n]+/, '') : held;
      held = '';
      return sorted(state === 'reasoning' ? 'reasoning' : 'text', rest);
    },
    takeBack() {
      const was = isTakenBack;
      isTakenBack = false;
      return was;
    },
  };
}
