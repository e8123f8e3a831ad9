import type { ChatMessage } from '../../core/backend/backend.ts';
import { type Attachment, withAttachments } from '../../core/conversation/attachments.ts';
import { writtenOut } from '../../core/conversation/slashCommands.ts';
import type { ArrivingFile, TurnView } from '../../protocol/chat.ts';

/** One turn, and what went along with it. */
export interface Said {
  readonly turn: TurnView;
  readonly attachments: readonly Attachment[];
  /** Of an answer that used tools: all that was said after the question, as prompts have it. */
  readonly exchange?: readonly ChatMessage[];
}

/** Told of every change, in the order in which they come. */
export interface TranscriptListener {
  /** A turn is new, or is another by now. */
  put(said: Said): void;
  append(id: string, to: 'text' | 'reasoning', text: string): void;
  /** A turn and those after it are left behind. */
  cut(id: string): void;
  /** The edits of the answer that is on its way have changed; nothing of this is kept. */
  arriving?(id: string, files: readonly ArrivingFile[]): void;
}

/** The turns of a conversation. */
export interface Transcript {
  readonly turns: readonly TurnView[];
  /** Adds a turn, or replaces the one with the same id. */
  put(turn: TurnView, attachments?: readonly Attachment[]): TurnView;
  /** Adds streamed text to a turn without sending the whole of it again. */
  append(turn: TurnView, to: 'text' | 'reasoning', text: string): TurnView;
  /** Takes down what was said in a turn with tools; kept with the turn the next time that it is put. */
  told(id: string, exchange: readonly ChatMessage[]): void;
  /** Leaves a turn and those after it behind; returns it. */
  cut(id: string): Said | undefined;
  /** What a model is told of it, or of so many turns: questions without an answer are passed over, but for the last. */
  messages(turns?: number): ChatMessage[];
}

/** An exchange that was stopped after a tool has answered ends with what was said by then. */
function withEnd(exchange: readonly ChatMessage[], { text, tools = [] }: TurnView): readonly ChatMessage[] {
  if (exchange.at(-1)?.role === 'assistant') return exchange;
  return [...exchange, { role: 'assistant', content: text.slice(tools.at(-1)?.after ?? 0).trim() || '…' }];
}

/** Creates a transcript, with what was said earlier. */
export function createTranscript(earlier: readonly Said[], listener: TranscriptListener): Transcript {
  const all: Said[] = [...earlier];
  const indexOf = (wanted: string): number => all.findIndex(({ turn: { id } }) => id === wanted);

  return {
    get turns() {
      return all.map(({ turn }) => turn);
    },
    put(turn, attachments) {
      const at = indexOf(turn.id);
      const said = { ...all[at], turn, attachments: attachments ?? all[at]?.attachments ?? [] };
      if (at < 0) all.push(said);
      else all[at] = said;
      listener.put(said);
      return turn;
    },
    append(turn, to, text) {
      const next = { ...turn, [to]: turn[to] + text };
      const at = indexOf(turn.id);
      all[at] = { ...all[at], turn: next, attachments: all[at]?.attachments ?? [] };
      listener.append(turn.id, to, text);
      return next;
    },
    told(id, exchange) {
      const at = indexOf(id);
      const said = all[at];
      if (said) all[at] = { ...said, exchange };
    },
    cut(id) {
      const at = indexOf(id);
      if (at < 0) return undefined;
      const [said] = all.splice(at);
      listener.cut(id);
      return said;
    },
    messages(turns = all.length) {
      const messages: ChatMessage[] = [];
      for (const { turn, attachments, exchange } of all.slice(0, turns)) {
        if (turn.role === 'user') {
          const paths = attachments.map(({ path }) => path);
          messages.push({ role: 'user', content: withAttachments(writtenOut(turn.text, paths), attachments) });
        } else if (exchange && exchange.length > 0) {
          messages.push(...withEnd(exchange, turn));
        } else if (turn.text !== '') {
          messages.push({
            role: 'assistant',
            content: turn.text,
            ...(turn.reasoning ? { reasoning: turn.reasoning } : {}),
          });
        } else if (turn.status !== 'waiting' && turn.status !== 'packing' && messages.at(-1)?.role === 'user') {
          messages.pop();
        }
      }
      return messages;
    },
  };
}
