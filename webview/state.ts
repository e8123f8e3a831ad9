import type { ChatState, HostMessage, TurnView } from '../extension/protocol/chat.ts';

/** What a message from the host makes of the page's state; `undefined` is the state before the first message. */
export function reduce(state: ChatState | undefined, message: HostMessage): ChatState | undefined {
  if (message.type === 'state') return message.state;
  if (!state) return undefined;
  switch (message.type) {
    case 'turn':
      return { ...state, turns: withTurn(state.turns, message.turn), busy: message.busy };
    case 'append': {
      const { id, to, text } = message;
      const turns = state.turns.map((turn) => (turn.id === id ? { ...turn, [to]: turn[to] + text } : turn));
      return { ...state, turns };
    }
    case 'arriving':
      return { ...state, arriving: { id: message.id, files: message.files } };
    case 'chips':
      return { ...state, chips: message.chips };
    case 'meter': {
      const { meter: _, ...rest } = state;
      return message.meter ? { ...rest, meter: message.meter } : rest;
    }
    case 'backend':
      return { ...state, backend: message.backend };
    case 'tools':
      return { ...state, tools: message.tools };
    case 'focus':
    case 'draft':
    case 'insertText':
    case 'chosen':
    case 'commands':
      return state;
  }
}

function withTurn(turns: readonly TurnView[], turn: TurnView): TurnView[] {
  const known = turns.some(({ id }) => id === turn.id);
  return known ? turns.map((each) => (each.id === turn.id ? turn : each)) : [...turns, turn];
}
