import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Backend, ChatMessage } from '../../core/backend/backend.ts';
import { type Attachment, placeKey, placeName } from '../../core/conversation/attachments.ts';
import type { ContextMeter, MeterInput } from '../../core/conversation/contextMeter.ts';
import { coverageOf, holdsAll } from '../../core/conversation/coverage.ts';
import { asksAboutAll } from '../../core/conversation/mapReduce/asksAboutAll.ts';
import type { SurveyDecision } from '../../core/conversation/mapReduce/survey.ts';
import { slashIn, writtenOut } from '../../core/conversation/slashCommands.ts';
import type { Glm } from '../../core/glm.ts';
import type { Pack } from '../../core/pack.ts';
import type { Log } from '../../core/ports.ts';
import type { Arriving, ConversationKind, ProposalView, TurnView } from '../../protocol/chat.ts';
import type { WayToAskAgain } from '../../protocol/reading.ts';
import { explain } from '../failure.ts';
import { unsavedIn } from '../place.ts';
import { excludedPatterns, readSettings } from '../settings.ts';
import { createAnswering } from './answering.ts';
import { createEditing, type Editing, type StreamOptions } from './editing.ts';
import { followPack } from './packChanges.ts';
import type { Proposals } from './proposals.ts';
import { type Again, chooseAgain } from './reading/askAgain.ts';
import type { Groups } from './reading/leftOutDocument.ts';
import { isSurveyOnly, surveyOver, takeSurvey } from './reading/surveyTurn.ts';
import { screen } from './screenedContext.ts';
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
  /** Asks the last question once more, with other files, which the user chooses. */
  askAgain(way: WayToAskAgain): Promise<void>;
  /** What the user says to the plan of a question about every file. */
  decideSurvey(decision: SurveyDecision): void;
  /** The files that were left out of an answer: all of them for the last one, the first few for those before. */
  leftOut(turn: string): Groups;
  stop(): void;
  /** The edits of the answer that is on its way. */
  readonly arriving: Arriving | undefined;
  /** Takes a file into the plan of a turn, or out of it. */
  choose(turn: string, path: string, chosen: boolean): Promise<void>;
  /** Has the edits of a turn's plan written. */
  writePlan(turn: string): Promise<void>;
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

/** Milliseconds for a file that the user adds to a plan to be searched for secrets. */
const screeningPatience = 20_000;

/** The user's words behind a command. */
const withoutSlash = (text: string): string => slashIn(text)?.rest || text;

/** Whether a turn shows a plan that the user has said something to by now, where anything comes after it. */
const isPlanOpen = ({ survey }: TurnView): boolean => survey?.state === 'asking';

const withoutPlan = ({ survey: _, waitsFor: __, ...turn }: TurnView): TurnView => turn;

const emptyTurn = { text: '', reasoning: '', attached: [], citations: [] } as const;

/** Starts a conversation of a kind, which it keeps: the kind decides the head of the cached prompt. */
export function createConversation(kind: ConversationKind, ports: ConversationPorts): Conversation {
  const { glm, log, proposals, root, repository = false, listener, earlier = [] } = ports;
  const { thinking, tools: toolsNow } = readSettings().chat;
  const { tools = toolsNow } = ports;
  const transcript = createTranscript(earlier, listener);
  const { put } = transcript;
  let pack: Pack | undefined;
  const changes = root === undefined || kind === 'edit' ? undefined : followPack(root);
  let projectRules: string | undefined;
  let work: AbortController | undefined;
  let arriving: Arriving | undefined;
  let choosing: Promise<void> = Promise.resolve();
  /** Messages up to the last question. */
  let asked = 0;
  /** What the user chose to be read in this conversation. */
  let reading: Pick<Again, 'budget' | 'steering'> = {};
  /** The next question is put to every file. */
  let everything = false;
  let decide: ((decision: SurveyDecision) => void) | undefined;

  /** Streams one answer into a turn. */
  async function stream(
    begun: TurnView,
    messages: readonly ChatMessage[],
    question: string,
    signal: AbortSignal,
    { heard, ...options }: Partial<StreamOptions> = {},
  ): Promise<TurnView> {
    // What was said after the question before this: edits that were refused, and why.
    const since = messages.slice(asked);
    const take = createAnswering(transcript, since);
    let isTold = false;
    const { backend } = await glm.probe(signal);
    const exclude = excludedPatterns();
    const overlay = root === undefined ? {} : unsavedIn(root);
    // Read once: a change in them would have the server read everything anew.
    projectRules ??= root === undefined ? '' : await glm.projectRules(root, exclude, signal);
    const head = { thinking, tools, projectRules, repository, ...options };
    const common = { root, messages, overlay, exclude, ...head, ...reading, ...(pack ? { pack } : {}) };
    const covered = (turn: TurnView): TurnView => {
      const coverage = pack && coverageOf(pack, backend);
      return coverage ? put({ ...turn, coverage }) : turn;
    };
    const isEverything = kind === 'ask' && asksForAll(question, backend.kind);
    const request = { ...common, question: isEverything ? withoutSlash(question) : question };
    const events = isEverything ? glm.everything({ ...request, confirm }, signal) : glm[kind](request, signal);
    everything = false;
    let turn = isEverything ? begun : covered(begun);
    const began = Date.now();
    for await (const event of events) {
      if (event.type === 'exchange') isTold = true;
      if (isSurveyOnly(event)) turn = takeSurvey(turn, event, transcript);
      else turn = take(isPlanOpen(turn) ? put(withoutPlan(turn)) : turn, event);
      if (!isSurveyOnly(event)) heard?.(event);
      if (event.type !== 'packed') continue;
      pack = event.pack;
      changes?.packed(pack, began);
      turn = covered(turn);
    }
    if (tools && since.length > 0 && !isTold) {
      const content = turn.text.slice(begun.text.length);
      transcript.told(turn.id, [...since, { role: 'assistant', content }]);
    }
    // The files that match best, read for an earlier question.
    if (isEverything && !turn.survey && !turn.coverage) turn = covered(turn);
    return surveyOver(turn);
  }

  /** Whether a question is put to every file: the user says so, or it sounds like it and what would be read is not all. */
  function asksForAll(question: string, backend: Backend['kind']): boolean {
    if (everything || slashIn(question)?.name === 'all') return true;
    return backend !== 'embedded' && !(pack && holdsAll(pack)) && asksAboutAll(question);
  }

  /** Waits for what the user says to a plan. */
  const confirm = (): Promise<SurveyDecision> =>
    new Promise((resolve) => {
      decide = resolve;
    });

  const editing =
    kind === 'edit' && root !== undefined
      ? createEditing({
          ...{ glm, proposals, root, repository, transcript, stream },
          arriving(id, files) {
            arriving = { id, files };
            listener.arriving?.(id, files);
          },
        })
      : undefined;

  /** Answers the last message. */
  function answer(turn: TurnView, question: string, signal: AbortSignal): Promise<TurnView> {
    const messages = transcript.messages();
    asked = messages.length;
    if (editing) return editing.answer(turn, question, signal);
    return stream(turn, messages, question, signal);
  }

  /** Looks for what a proposal breaks, once the user sees it. */
  async function check(id: string): Promise<void> {
    const view = await proposals.check(id);
    if (view) decided(view, false);
  }

  for (const { turn } of earlier) if (turn.proposal?.isChecking) void check(turn.id);

  function decided(proposal: ProposalView, canRestore: boolean): void {
    const turn = transcript.turns.find(({ id }) => id === proposal.id);
    if (!turn) return;
    const isUndone = proposal.files.every(({ decision }) => decision !== 'accepted' && decision !== 'partly');
    const { canRestore: couldRestore, ...rest } = turn;
    put({ ...rest, proposal, ...(canRestore || (couldRestore && !isUndone) ? { canRestore: true } : {}) });
  }

  /** Has something done to a turn, unless another one is under way; whatever was streamed stays, however it ends. */
  async function run(empty: TurnView, act: (signal: AbortSignal) => Promise<TurnView>): Promise<void> {
    if (work) return;
    work = new AbortController();
    const { signal } = work;
    const current = (): TurnView => transcript.turns.find(({ id }) => id === empty.id) ?? empty;
    let turn: TurnView;
    try {
      const { waitsFor: _, ...acted } = await act(signal);
      turn = { ...acted, status: 'done' };
      if (turn.proposal?.decision === 'pending') await proposals.review(turn.proposal.id);
    } catch (error) {
      turn = signal.aborted
        ? { ...current(), status: 'stopped' }
        : { ...current(), status: 'failed', error: explain(error, log) };
    }
    work = undefined;
    arriving = undefined;
    decide = undefined;
    everything = false;
    put(surveyOver(turn));
    if (turn.proposal) void check(turn.id);
  }

  /** Runs one exchange; `begin` says the question. */
  function exchange(question: string, begin: (signal: AbortSignal) => Promise<void> | void): Promise<void> {
    const empty: TurnView = { ...emptyTurn, id: randomUUID(), role: 'assistant', status: 'waiting' };
    return run(empty, async (signal) => {
      await begin(signal);
      return answer(put(empty), question, signal);
    });
  }

  /** Does something to the plan that the conversation ends with, unless its edits are written or being written. */
  async function toPlan(id: string, act: (turn: TurnView, editing: Editing) => Promise<void>): Promise<void> {
    const turn = transcript.turns.at(-1);
    if (work || !editing || turn?.id !== id || !turn.plan || turn.plan.state === 'written') return;
    await act(turn, editing);
  }

  /** Leaves a turn and those after it behind; edits among them that wait to be judged are offered no more. */
  function leave(from: string): Said | undefined {
    const { turns } = transcript;
    const at = turns.findIndex(({ id }) => id === from);
    for (const { proposal } of at < 0 ? [] : turns.slice(at)) {
      if (proposal?.decision === 'pending') void proposals.decide(proposal.id, 'rejected', {}, async () => {});
    }
    return transcript.cut(from);
  }

  const say = (question: string, attachments: readonly Attachment[]): void => {
    const attached = attachments.map(placeName);
    put({ ...emptyTurn, id: randomUUID(), role: 'user', status: 'done', text: question, attached }, attachments);
  };

  /** Files that the pack shows as they were; where these are many, the next prompt begins with another pack. */
  async function newerThanPack(attachments: readonly Attachment[]): Promise<readonly Attachment[]> {
    if (!pack || !changes) return [];
    const news = await changes.news();
    if (!news) pack = undefined;
    const own = new Set(attachments.map(placeKey));
    return news?.filter((file) => !own.has(placeKey(file))) ?? [];
  }

  /** Says a question with what of its attachments may be sent; where that cannot be told, with none, and that is the answer. */
  async function saySafely(question: string, attachments: readonly Attachment[], signal: AbortSignal): Promise<void> {
    const screened = await screen(glm, root, [...(await newerThanPack(attachments)), ...attachments], signal).catch(
      (error: unknown) => {
        say(question, []);
        throw error;
      },
    );
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
    get arriving() {
      return arriving;
    },
    get sent() {
      return pack && { pack, projectRules: projectRules ?? '' };
    },
    send: (question, attachments) => exchange(question, (signal) => saySafely(question, attachments, signal)),
    async regenerate() {
      const last = transcript.turns.at(-1);
      const question = transcript.turns.findLast(({ role }) => role === 'user');
      if (last?.role !== 'assistant' || !question) return;
      await exchange(question.text, () => void leave(last.id));
    },
    async edit(id, question) {
      if (!transcript.turns.some((turn) => turn.id === id && turn.role === 'user')) return;
      await exchange(question, () => say(question, leave(id)?.attachments ?? []));
    },
    async askAgain(way) {
      const last = transcript.turns.at(-1);
      const question = transcript.turns.findLast(({ role }) => role === 'user');
      if (work || last?.role !== 'assistant' || !question) return;
      const { backend } = await glm.probe(new AbortController().signal);
      const { steering = {} } = reading;
      const again = await chooseAgain(way, { root, pack, steering, missing: last.missing, backend });
      if (!again || work || transcript.turns.at(-1)?.id !== last.id) return;
      const { everything: isForAll = false, ...read } = again;
      everything = isForAll;
      reading = { ...reading, ...read };
      // Another choice of files is another head of the prompt.
      if (!isForAll) pack = undefined;
      await exchange(question.text, () => void transcript.cut(last.id));
    },
    decideSurvey(decision) {
      decide?.(decision);
      decide = undefined;
    },
    leftOut(turn) {
      const isOfPack = transcript.turns.at(-1)?.id === turn && pack?.repository;
      return isOfPack ? isOfPack.leftOut : (transcript.turns.find(({ id }) => id === turn)?.coverage?.leftOut ?? []);
    },
    stop() {
      work?.abort();
    },
    decided,
    choose(id, path, chosen) {
      // One after the other: to read a file takes time, and another may be ticked meanwhile.
      const chose = choosing.then(() =>
        toPlan(id, async (turn, { withFile }) => {
          const { error: _, ...rest } = await withFile(turn, path, chosen, AbortSignal.timeout(screeningPatience));
          if (!work) put(rest);
        }),
      );
      choosing = chose.catch(() => {});
      return chose;
    },
    writePlan: (id) =>
      toPlan(id, async (turn, { writePlan }) => {
        const question = transcript.turns.findLast(({ role }) => role === 'user')?.text ?? '';
        const { error: _, proposal: __, mends: ___, ...rest } = turn;
        asked = transcript.messages(transcript.turns.length - 1).length;
        await run(rest, (signal) => writePlan(rest, question, signal));
      }),
  };
}
