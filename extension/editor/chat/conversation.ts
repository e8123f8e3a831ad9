import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { ChatMessage } from '../../core/backend/backend.ts';
import { type Attachment, placeName, withAttachments } from '../../core/conversation/attachments.ts';
import type { TurnEvent } from '../../core/conversation/turn.ts';
import type { Glm } from '../../core/glm.ts';
import type { Pack } from '../../core/pack.ts';
import type { Log } from '../../core/ports.ts';
import type { ConversationKind, HostMessage, ProposalView, TurnView } from '../../protocol/chat.ts';
import { explain } from '../failure.ts';
import { unsavedIn } from '../place.ts';
import { excludedPatterns, readSettings } from '../settings.ts';
import type { Proposals } from './proposals.ts';

/** A conversation as the sidebar shows it; one is open at a time. */
export interface Conversation {
  readonly kind: ConversationKind;
  /** Absolute path of the folder it is about; undefined where none was open. */
  readonly root: string | undefined;
  readonly turns: readonly TurnView[];
  readonly busy: boolean;
  /** Says something and streams the answer; resolves when the answer has ended, however it ended. */
  send(question: string, attachments: readonly Attachment[]): Promise<void>;
  stop(): void;
  /** Takes over what became of a proposal. */
  decided(proposal: ProposalView): void;
}

/** What a conversation works with. */
export interface ConversationPorts {
  readonly glm: Glm;
  readonly log: Log;
  readonly proposals: Proposals;
  readonly post: (message: HostMessage) => unknown;
  /** Absolute path of the folder it is about; undefined where none is open. */
  readonly root: string | undefined;
}

const emptyTurn = { text: '', reasoning: '', attached: [], citations: [] } as const;

/** Starts an empty conversation of a kind, which it keeps: the kind decides the head of the cached prompt. */
export function createConversation(kind: ConversationKind, ports: ConversationPorts): Conversation {
  const { glm, log, post, proposals, root } = ports;
  const { thinking } = readSettings().chat;
  const turns: TurnView[] = [];
  const messages: ChatMessage[] = [];
  let pack: Pack | undefined;
  let work: AbortController | undefined;

  function put(turn: TurnView): TurnView {
    const at = turns.findIndex(({ id }) => id === turn.id);
    if (at < 0) turns.push(turn);
    else turns[at] = turn;
    post({ type: 'turn', turn, busy: work !== undefined });
    return turn;
  }

  /** Adds streamed text to a turn without sending the whole of it again. */
  function append(turn: TurnView, to: 'text' | 'reasoning', text: string): TurnView {
    const next = { ...turn, [to]: turn[to] + text };
    turns[turns.findIndex(({ id }) => id === turn.id)] = next;
    post({ type: 'append', id: turn.id, to, text });
    return next;
  }

  /** Lets one event of the stream change the turn. */
  function take(turn: TurnView, event: TurnEvent, clock: { reasoningBegan?: number }): TurnView {
    switch (event.type) {
      case 'packing':
        return put({ ...turn, status: 'packing' });
      case 'packed':
        pack = event.pack;
        return put({
          ...turn,
          status: 'waiting',
          note: l10n.t('{0} tokens from {1} files', event.pack.tokens.toLocaleString(), event.pack.files.length),
        });
      case 'reasoning': {
        clock.reasoningBegan ??= performance.now();
        const streaming = turn.status === 'streaming' ? turn : put({ ...turn, status: 'streaming' });
        return append(streaming, 'reasoning', event.text);
      }
      case 'text': {
        const thought = clock.reasoningBegan !== undefined && turn.reasoningTime === undefined;
        const reasoningTime = thought
          ? { reasoningTime: Math.round(performance.now() - (clock.reasoningBegan ?? 0)) }
          : {};
        const streaming =
          turn.status === 'streaming' && !thought ? turn : put({ ...turn, ...reasoningTime, status: 'streaming' });
        return append(streaming, 'text', event.text);
      }
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
      case 'moved': {
        const note = l10n.t('{0} Answered by {1}.', event.why, event.label);
        return put({ ...turn, note: [turn.note, note].filter(Boolean).join(' · ') });
      }
      case 'usage': {
        const { promptTokens, completionTokens, cachedTokens, cost } = event.usage;
        const used = l10n.t('{0} tokens in, {1} out', promptTokens.toLocaleString(), completionTokens.toLocaleString());
        const cached = cachedTokens === undefined ? '' : l10n.t(', {0} from cache', cachedTokens.toLocaleString());
        const price = cost === undefined ? undefined : `$${cost.toFixed(4)}`;
        return { ...turn, note: [turn.note, used + cached, price].filter(Boolean).join(' · ') };
      }
      case 'finish': {
        const cut = event.reason === 'length' ? l10n.t('cut off at the length limit') : l10n.t('cut off by the server');
        const whole = event.reason === 'stop' || event.reason === 'tool_calls';
        return whole ? turn : { ...turn, note: [turn.note, cut].filter(Boolean).join(' · ') };
      }
      case 'citations':
        return put({ ...turn, citations: event.citations });
    }
  }

  async function answer(question: string, signal: AbortSignal): Promise<void> {
    let turn = put({ ...emptyTurn, id: randomUUID(), role: 'assistant', status: 'waiting' });
    const clock: { reasoningBegan?: number } = {};
    try {
      const overlay = root === undefined ? {} : unsavedIn(root);
      const common = { root, messages, question, thinking, overlay, exclude: excludedPatterns() };
      const request = { ...common, ...(pack ? { pack } : {}) };
      for await (const event of glm[kind](request, signal)) turn = take(turn, event, clock);
      const proposal =
        kind === 'edit' && root !== undefined ? await proposals.propose(turn.id, root, turn.text) : undefined;
      turn = { ...turn, status: 'done', ...(proposal ? { proposal } : {}) };
      if (proposal?.decision === 'pending') await proposals.review(proposal.id);
    } catch (error) {
      turn = signal.aborted
        ? { ...turn, status: 'stopped' }
        : { ...turn, status: 'failed', error: explain(error, log) };
    }
    // What was streamed stays in the conversation, however it ended; a question without an answer is taken back.
    if (turn.text) messages.push({ role: 'assistant', content: turn.text });
    else messages.pop();
    work = undefined;
    put(turn);
  }

  return {
    kind,
    root,
    turns,
    get busy() {
      return work !== undefined;
    },
    async send(question, attachments) {
      if (work) return;
      work = new AbortController();
      const { signal } = work;
      messages.push({ role: 'user', content: withAttachments(question, attachments) });
      const attached = attachments.map(placeName);
      put({ ...emptyTurn, id: randomUUID(), role: 'user', status: 'done', text: question, attached });
      await answer(question, signal);
    },
    stop() {
      work?.abort();
    },
    decided(proposal) {
      const turn = turns.find(({ id }) => id === proposal.id);
      if (turn) put({ ...turn, proposal });
    },
  };
}
