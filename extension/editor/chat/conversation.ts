import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChatMessage } from '../../core/backend/backend.ts';
import { type Attachment, placeName } from '../../core/conversation/attachments.ts';
import type { ContextMeter, MeterInput } from '../../core/conversation/contextMeter.ts';
import { writtenOut } from '../../core/conversation/slashCommands.ts';
import type { Glm } from '../../core/glm.ts';
import type { Pack } from '../../core/pack.ts';
import type { Log } from '../../core/ports.ts';
import type { ConversationKind, ProposalView, TurnView } from '../../protocol/chat.ts';
import { explain } from '../failure.ts';
import { unsavedIn } from '../place.ts';
import { excludedPatterns, readSettings } from '../settings.ts';
import { createAnswering } from './answering.ts';
import type { Proposals } from './proposals.ts';
import { createTranscript, type Said, type TranscriptListener } from './transcript.ts';

/** A conversation as the sidebar shows it; one is open at a time. */
export interface Conversation {
  readonly kind: ConversationKind;
  /** Absolute path of the folder it is about; undefined where none was open. */
  readonly root: string | undefined;
  /** Whether models may use tools in it. */
  readonly tools: boolean;
  /** Its prompt begins with the repository. */
  readonly repository: boolean;
  readonly turns: readonly TurnView[];
  readonly busy: boolean;
  /** The pack that goes along with each message, and the project's rules before it; undefined where none does. */
  readonly sent: { readonly pack: Pack; readonly projectRules: string } | undefined;
  /** Says something, with what of its attachments may be sent, and streams the answer; resolves when the answer has ended, however it ended. */
  send(question: string, attachments: readonly Attachment[]): Promise<void>;
  /** Has the last answer written anew. */
  regenerate(): Promise<void>;
  /** Says something else in place of an earlier message, with what was attached to that; what came after is left behind. */
  edit(turn: string, question: string): Promise<void>;
  stop(): void;
  /** How the window would be filled by a further message. */
  measure(
    message: string,
    attachments: MeterInput['attachments'],
    signal: AbortSignal,
  ): Promise<ContextMeter | undefined>;
  /** The repository that its prompt begins with, once it is packed. */
  readonly pack: Pack | undefined;
  /** Takes over what became of a proposal, and whether the files can be put back to what they were before. */
  decided(proposal: ProposalView, canRestore: boolean): void;
}

/** What a conversation works with. */
export interface ConversationPorts {
  readonly glm: Glm;
  readonly log: Log;
  readonly proposals: Proposals;
  /** Told of every change; `busy` is true while an answer is on its way. */
  readonly listener: TranscriptListener;
  /** Absolute path of the folder it is about; undefined where none is open. */
  readonly root: string | undefined;
  /** Whether models may use tools: what it began with; the setting's choice unless given. */
  readonly tools?: boolean;
  /** Its prompt is to begin with the repository, whatever its kind. */
  readonly repository?: boolean;
  /** What was said in it before. */
  readonly earlier?: readonly Said[];
}

/** Milliseconds for attachments to be searched for secrets. */
const screeningPatience = 20_000;

/** How often refused edits go back to the model. */
const mostRetries = 2;

const emptyTurn = { text: '', reasoning: '', attached: [], citations: [] } as const;

/** Starts a conversation of a kind, which it keeps: the kind decides the head of the cached prompt. */
export function createConversation(kind: ConversationKind, ports: ConversationPorts): Conversation {
  const { glm, log, proposals, root, repository = false, listener, earlier = [] } = ports;
  const { thinking, tools: toolsNow } = readSettings().chat;
  const { tools = toolsNow } = ports;
  const transcript = createTranscript(earlier, listener);
  const { put, append } = transcript;
  let pack: Pack | undefined;
  let projectRules: string | undefined;
  let work: AbortController | undefined;
  /** Messages up to the last question. */
  let asked = 0;

  /** Streams one answer into a turn. */
  async function stream(
    begun: TurnView,
    messages: readonly ChatMessage[],
    question: string,
    signal: AbortSignal,
  ): Promise<TurnView> {
    // What was said after the question before this: edits that were refused, and why.
    const since = messages.slice(asked);
    const take = createAnswering(transcript, since);
    let isTold = false;
    const exclude = excludedPatterns();
    const overlay = root === undefined ? {} : unsavedIn(root);
    // Read once: a change in them would have the server read everything anew.
    projectRules ??= root === undefined ? '' : await glm.projectRules(root, exclude, signal);
    const common = { root, messages, question, thinking, tools, overlay, exclude, projectRules, repository };
    let turn = begun;
    for await (const event of glm[kind]({ ...common, ...(pack ? { pack } : {}) }, signal)) {
      if (event.type === 'packed') pack = event.pack;
      if (event.type === 'exchange') isTold = true;
      turn = take(turn, event);
    }
    if (tools && since.length > 0 && !isTold) {
      const content = turn.text.slice(begun.text.length);
      transcript.told(turn.id, [...since, { role: 'assistant', content }]);
    }
    return turn;
  }

  /** Reads the edits of an answer; what does not fit goes back to the model, a few times. */
  async function withProposal(begun: TurnView, folder: string, question: string, signal: AbortSignal) {
    let turn = begun;
    const answers = [turn.text];
    let { view, retry } = await proposals.propose(turn.id, folder, answers);
    for (let tries = 0; retry !== undefined && tries < mostRetries; tries++) {
      const messages: ChatMessage[] = [...transcript.messages(), { role: 'user', content: retry }];
      turn = append(put({ ...turn, status: 'waiting' }), 'text', '\n\n');
      const before = turn.text.length;
      turn = await stream(turn, messages, question, signal);
      answers.push(turn.text.slice(before));
      ({ view, retry } = await proposals.propose(turn.id, folder, answers));
    }
    return view ? { ...turn, proposal: view } : turn;
  }

  /** Runs one exchange, unless another one is under way; `begin` says the question. */
  async function exchange(question: string, begin: (signal: AbortSignal) => Promise<void> | void): Promise<void> {
    if (work) return;
    work = new AbortController();
    const { signal } = work;
    const empty: TurnView = { ...emptyTurn, id: randomUUID(), role: 'assistant', status: 'waiting' };
    // Whatever was streamed stays, however it ends.
    const current = (): TurnView => transcript.turns.find(({ id }) => id === empty.id) ?? empty;
    let turn: TurnView;
    try {
      await begin(signal);
      const messages = transcript.messages();
      asked = messages.length;
      turn = await stream(put(empty), messages, question, signal);
      if (kind === 'edit' && root !== undefined) turn = await withProposal(turn, root, question, signal);
      turn = { ...turn, status: 'done' };
      if (turn.proposal?.decision === 'pending') await proposals.review(turn.proposal.id);
    } catch (error) {
      turn = signal.aborted
        ? { ...current(), status: 'stopped' }
        : { ...current(), status: 'failed', error: explain(error, log) };
    }
    work = undefined;
    put(turn);
  }

  const say = (question: string, attachments: readonly Attachment[]): void => {
    const attached = attachments.map(placeName);
    put({ ...emptyTurn, id: randomUUID(), role: 'user', status: 'done', text: question, attached }, attachments);
  };

  /** Says a question with what of its attachments may be sent; where that cannot be told, with none, and that is the answer. */
  async function saySafely(question: string, attachments: readonly Attachment[], outer: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([outer, AbortSignal.timeout(screeningPatience)]);
    const screened = await glm.screen(root, attachments, excludedPatterns(), signal).catch((error: unknown) => {
      say(question, []);
      throw error;
    });
    say(question, screened.attachments);
    if (screened.refused.length === 0) return;
    const list = screened.refused.map(({ path, reason }) => `${path} (${reason})`).join(', ');
    void vscode.window.showWarningMessage(l10n.t('Not sent: {0}', list));
  }

  return {
    kind,
    root,
    tools,
    repository: repository || kind === 'ask',
    get pack() {
      return pack;
    },
    async measure(message, attachments, signal) {
      const rules =
        projectRules ?? (root === undefined ? '' : await glm.projectRules(root, excludedPatterns(), signal));
      const said = { messages: transcript.messages(), message: writtenOut(message, []), attachments };
      return glm.measure({ kind, root, repository, projectRules: rules, ...said, ...(pack ? { pack } : {}) }, signal);
    },
    get turns() {
      return transcript.turns;
    },
    get busy() {
      return work !== undefined;
    },
    get sent() {
      return pack && { pack, projectRules: projectRules ?? '' };
    },
    send: (question, attachments) => exchange(question, (signal) => saySafely(question, attachments, signal)),
    async regenerate() {
      const last = transcript.turns.at(-1);
      const question = transcript.turns.findLast(({ role }) => role === 'user');
      if (last?.role !== 'assistant' || !question) return;
      await exchange(question.text, () => void transcript.cut(last.id));
    },
    async edit(id, question) {
      if (!transcript.turns.some((turn) => turn.id === id && turn.role === 'user')) return;
      await exchange(question, () => say(question, transcript.cut(id)?.attachments ?? []));
    },
    stop() {
      work?.abort();
    },
    decided(proposal, canRestore) {
      const turn = transcript.turns.find(({ id }) => id === proposal.id);
      if (!turn) return;
      const isUndone = proposal.files.every(({ decision }) => decision !== 'accepted' && decision !== 'partly');
      const { canRestore: couldRestore, ...rest } = turn;
      put({ ...rest, proposal, ...(canRestore || (couldRestore && !isUndone) ? { canRestore: true } : {}) });
    },
  };
}
