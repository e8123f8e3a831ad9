import * as l10n from '@vscode/l10n';
import type { ChatMessage } from '../../core/backend/backend.ts';
import { sumOfUsages } from '../../core/backend/usages.ts';
import { withVerdicts } from '../../core/conversation/citations/citation.ts';
import type { TurnEvent } from '../../core/conversation/turn.ts';
import type { PackStage } from '../../core/ports.ts';
import type { ToolUse, TurnView, UsageView } from '../../protocol/chat.ts';
import type { Transcript } from './transcript.ts';

/** Lets the events of an answer change its turn. */
export type Answering = (turn: TurnView, event: TurnEvent) => TurnView;

/** Parts of a note on one line; empty ones are left out. */
export const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

function usageNote({ promptTokens, completionTokens, cachedTokens, cost }: UsageView): string {
  const used = l10n.t('{0} tokens in, {1} out', promptTokens.toLocaleString(), completionTokens.toLocaleString());
  const cached = cachedTokens === undefined ? '' : l10n.t(', {0} from cache', cachedTokens.toLocaleString());
  return joined(used + cached, cost === undefined ? undefined : `$${cost.toFixed(4)}`);
}

/** A turn that has taken more: what it took before is told no more, but in the sum. */
function withUsage(turn: TurnView, more: UsageView): TurnView {
  const { usage: before, note = '' } = turn;
  const { promptTokens, completionTokens, cachedTokens, cost } = sumOfUsages(before ? [before, more] : [more]);
  const usage: UsageView = {
    ...{ promptTokens, completionTokens },
    ...(cachedTokens === undefined ? {} : { cachedTokens }),
    ...(cost === undefined ? {} : { cost }),
  };
  const told = before && usageNote(before);
  const isTold = told !== undefined && note.includes(told);
  return { ...turn, usage, note: isTold ? note.replace(told, () => usageNote(usage)) : joined(note, usageNote(usage)) };
}

/** Milliseconds between two words about the same stage. */
const stageEvery = 150;

function stageText(stage: PackStage): string {
  switch (stage.stage) {
    case 'scanning':
      return l10n.t('Reading files: {0} of {1}…', stage.done.toLocaleString(), stage.total.toLocaleString());
    case 'choosing':
      return l10n.t('Choosing what answers the question…');
    case 'counting':
      return l10n.t('Dividing the files: {0} of {1}…', stage.done.toLocaleString(), stage.total.toLocaleString());
  }
}

/** Begins to take in an answer, which may think first, and use tools; `since` was said after the question before it. */
export function createAnswering(
  { put, append, told }: Pick<Transcript, 'put' | 'append' | 'told'>,
  since: readonly ChatMessage[] = [],
): Answering {
  let reasoningBegan: number | undefined;
  let stageTold = Number.NEGATIVE_INFINITY;
  /** Characters of text before the current round; undefined before it has begun. */
  let textBefore: number | undefined;

  /** A call is shown where it was made: below the text before it, which it parts from the text after it. */
  function toolUsed(turn: TurnView, use: ToolUse): TurnView {
    const { tools = [] } = turn;
    const known = tools.find(({ id }) => id === use.id);
    const waiting: TurnView = { ...turn, status: 'waiting' };
    delete (waiting as { waitsFor?: string }).waitsFor;
    if (known) {
      return put({ ...waiting, tools: tools.map((each) => (each === known ? { ...use, after: each.after } : each)) });
    }
    const parted = (text: string): string => (text === '' || text.endsWith('\n\n') ? text : `${text.trimEnd()}\n\n`);
    const text = parted(turn.text);
    textBefore = text.length;
    const waitsFor = l10n.t('A tool is at work…');
    return put({
      ...waiting,
      text,
      reasoning: parted(turn.reasoning),
      waitsFor,
      tools: [...tools, { ...use, after: text.length }],
    });
  }

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
    textBefore ??= turn.text.length;
    switch (event.type) {
      case 'packing': {
        const { waitsFor: _, ...before } = turn;
        if (!event.stage) return put({ ...before, status: 'packing' });
        // Files are read faster than anybody can follow.
        const now = performance.now();
        if (event.stage.stage !== 'choosing' && now - stageTold < stageEvery) return turn;
        stageTold = now;
        return put({ ...turn, status: 'packing', waitsFor: stageText(event.stage) });
      }
      case 'packed': {
        const { waitsFor: _, ...before } = turn;
        return put({ ...before, status: 'waiting' });
      }
      case 'reasoning':
        return reasoned(turn, event.text);
      case 'text':
        return said(turn, event.text);
      case 'take-back':
        return put({
          ...turn,
          reasoning: turn.reasoning + turn.text.slice(textBefore),
          text: turn.text.slice(0, textBefore),
          ...(textBefore === 0 ? { citations: [] } : {}),
        });
      case 'tool-call':
        return turn;
      case 'tool':
        return toolUsed(turn, event.use);
      case 'exchange':
        told(turn.id, [...since, ...event.messages]);
        return turn;
      case 'tools-ended':
        return put({ ...turn, note: joined(turn.note, event.why) });
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
      case 'usage':
        return withUsage(turn, event.usage);
      case 'finish': {
        if (event.reason === 'stop' || event.reason === 'tool_calls') return turn;
        const cut = event.reason === 'length' ? l10n.t('cut off at the length limit') : l10n.t('cut off by the server');
        return { ...turn, note: joined(turn.note, cut) };
      }
      case 'missing':
        return put({ ...turn, missing: event.missing });
      case 'citations':
        return put({ ...turn, citations: withVerdicts(turn.citations, event.citations) });
    }
  };
}
