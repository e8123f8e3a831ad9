import * as l10n from '@vscode/l10n';
import type { TurnEvent } from '../../core/conversation/turn.ts';
import type { TurnView } from '../../protocol/chat.ts';
import type { Transcript } from './transcript.ts';

/** Lets the events of an answer change its turn. */
export type Answering = (turn: TurnView, event: TurnEvent) => TurnView;

/** Parts of a note on one line; empty ones are left out. */
export const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

/** Begins to take in an answer, which may think first. */
export function createAnswering({ put, append }: Pick<Transcript, 'put' | 'append'>): Answering {
  let reasoningBegan: number | undefined;

  function reasoned(turn: TurnView, text: string): TurnView {
    reasoningBegan ??= performance.now();
    const streaming = turn.status === 'streaming' ? turn : put({ ...turn, status: 'streaming' });
    return append(streaming, 'reasoning', text);
  }

  function said(turn: TurnView, text: string): TurnView {
    const began = turn.reasoningTime === undefined ? reasoningBegan : undefined;
    const time = began === undefined ? {} : { reasoningTime: Math.round(performance.now() - began) };
    const isStreaming = turn.status === 'streaming' && began === undefined;
    return append(isStreaming ? turn : put({ ...turn, ...time, status: 'streaming' }), 'text', text);
  }

  return (turn, event) => {
    switch (event.type) {
      case 'packing':
        return put({ ...turn, status: 'packing' });
      case 'packed': {
        const { tokens, files } = event.pack;
        return put({
          ...turn,
          status: 'waiting',
          note: l10n.t('{0} tokens from {1} files', tokens.toLocaleString(), files.length),
        });
      }
      case 'reasoning':
        return reasoned(turn, event.text);
      case 'text':
        return said(turn, event.text);
      case 'take-back':
        return put({ ...turn, reasoning: turn.reasoning + turn.text, text: '' });
      case 'tool-call':
        return turn;
      case 'waiting': {
        const seconds = Math.max(1, Math.round(event.milliseconds / 1_000));
        return put({ ...turn, waitsFor: `${event.why} ${l10n.t('Trying again in {0} s…', seconds)}` });
      }
      case 'reading': {
        const percent = Math.round((100 * event.read) / Math.max(1, event.total));
        const waitsFor = l10n.t('The model is reading: {0} % of {1} tokens…', percent, event.total.toLocaleString());
        return put({ ...turn, waitsFor });
      }
      case 'moved':
        return put({ ...turn, note: joined(turn.note, l10n.t('{0} Answered by {1}.', event.why, event.label)) });
      case 'usage': {
        const { promptTokens, completionTokens, cachedTokens, cost } = event.usage;
        const used = l10n.t('{0} tokens in, {1} out', promptTokens.toLocaleString(), completionTokens.toLocaleString());
        const cached = cachedTokens === undefined ? '' : l10n.t(', {0} from cache', cachedTokens.toLocaleString());
        const price = cost === undefined ? undefined : `$${cost.toFixed(4)}`;
        return { ...turn, note: joined(turn.note, used + cached, price) };
      }
      case 'finish': {
        if (event.reason === 'stop' || event.reason === 'tool_calls') return turn;
        const cut = event.reason === 'length' ? l10n.t('cut off at the length limit') : l10n.t('cut off by the server');
        return { ...turn, note: joined(turn.note, cut) };
      }
      case 'citations':
        return put({ ...turn, citations: event.citations });
    }
  };
}
