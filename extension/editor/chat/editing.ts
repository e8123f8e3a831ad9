import * as l10n from '@vscode/l10n';
import type { ChatMessage } from '../../core/backend/backend.ts';
import { withAttachments } from '../../core/conversation/attachments.ts';
import { createArrivingEdits } from '../../core/conversation/edits/arriving.ts';
import { formatNote } from '../../core/conversation/edits/formatWords.ts';
import type { EditAnswers } from '../../core/conversation/edits/readEdits.ts';
import { batches, editRoom } from '../../core/conversation/plan/batches.ts';
import { needsPlan } from '../../core/conversation/plan/needsPlan.ts';
import { parsePlan } from '../../core/conversation/plan/parsePlan.ts';
import { editRequest, planRequest } from '../../core/conversation/plan/planFormat.ts';
import type { TurnEvent } from '../../core/conversation/turn.ts';
import type { Glm } from '../../core/glm.ts';
import type { ArrivingFile, PlanFileView, PlanView, TurnView } from '../../protocol/chat.ts';
import { uriIn } from '../place.ts';
import { plannedAtOnce } from '../settings.ts';
import { joined } from './answering.ts';
import { textOf } from './applyWritings.ts';
import { type PlanTarget, planFileView, readTargets } from './planTargets.ts';
import type { Proposals } from './proposals.ts';
import type { Transcript } from './transcript.ts';

/** How the answers of a conversation about edits are streamed. */
export interface StreamOptions {
  /** The conversation begins with the repository. */
  readonly planned: boolean;
  readonly prefersWhole: boolean;
  readonly heard?: (event: TurnEvent) => void;
}

/** What edits are asked for with. */
export interface EditingPorts {
  readonly glm: Glm;
  readonly proposals: Proposals;
  readonly root: string;
  /** The user has the conversation begin with the repository, planned or not. */
  readonly repository: boolean;
  readonly transcript: Transcript;
  /** Streams one answer into a turn, at the end of what it has. */
  stream(
    turn: TurnView,
    messages: readonly ChatMessage[],
    question: string,
    signal: AbortSignal,
    options: StreamOptions,
  ): Promise<TurnView>;
  /** Told of the edits of the answer that is on its way. */
  arriving(turn: string, files: readonly ArrivingFile[]): void;
}

/** Edits in a conversation: planned where that is needed, written, sent back where they do not fit, and proposed. */
export interface Editing {
  /** Answers the last message. The answer is a plan where the user is to look at it first. */
  answer(turn: TurnView, question: string, signal: AbortSignal): Promise<TurnView>;
  /** Writes the edits of a turn's plan. */
  writePlan(turn: TurnView, question: string, signal: AbortSignal): Promise<TurnView>;
  /** A turn with another file in its plan, or with one more or less chosen. */
  withFile(turn: TurnView, path: string, chosen: boolean, signal: AbortSignal): Promise<TurnView>;
}

/** How often refused edits go back to the model. */
const mostRetries = 2;

/** Stands between two answers in the text of one turn. */
const parting = '\n\n';

/** Characters of edits written before that the next request is told of. */
const mostWritten = 24_000;

/** The messages with more in the last one of the user. */
const withRequest = (messages: readonly ChatMessage[], more: string): ChatMessage[] => {
  const at = messages.findLastIndex(({ role }) => role === 'user');
  return messages.map((each, i) => (i === at ? { ...each, content: `${each.content}\n\n${more}` } : each));
};

const withPlan = (turn: TurnView, plan: PlanView): TurnView => ({ ...turn, plan });

/** Creates the editing side of a conversation. */
export function createEditing(ports: EditingPorts): Editing {
  const { glm, proposals, root, repository, transcript, stream, arriving } = ports;
  const { put, append } = transcript;
  /** Files of which edits were refused in this conversation. */
  const troubled = new Set<string>();
  /** What was said to come to each plan, its tools included. */
  const saidFor = new Map<string, readonly ChatMessage[]>();
  /** Decided once: it is in the head of the prompt. */
  let prefersWhole: boolean | undefined;

  const labelOf = async (signal: AbortSignal): Promise<string> => (await glm.probe(signal)).backend.label;

  /** Tokens for the texts of files in one request, and of one file at the most. */
  async function roomFor(signal: AbortSignal): Promise<number> {
    const { backend } = await glm.probe(signal);
    return editRoom(backend.window / (backend.tokenFactor ?? 1));
  }

  /** What a file is, and what a model may see of it. */
  async function blotted(path: string, signal: AbortSignal) {
    const uri = await uriIn(root, path);
    const text = uri && (await textOf(uri));
    if (text === undefined) return undefined;
    const [own] = (await glm.screen(root, [{ path, languageId: '', text }], [], signal)).attachments;
    return { text, shown: own?.text ?? text };
  }

  /** Streams answers one after the other, and tells of their edits while they arrive. */
  function writer(turn: TurnView, planned: boolean, signal: AbortSignal) {
    const edits = createArrivingEdits(
      (path) => blotted(path, signal),
      (files) => {
        if (!signal.aborted) arriving(turn.id, files);
      },
    );
    return async (begun: TurnView, messages: readonly ChatMessage[], question: string): Promise<TurnView> => {
      prefersWhole ??= glm.formats.prefersWhole(await labelOf(signal));
      const heard = (event: TurnEvent): void => {
        if (event.type === 'text') edits.push(event.text);
        else if (event.type === 'tool') edits.push('\n\n');
      };
      const answered = await stream(begun, messages, question, signal, { planned, prefersWhole, heard });
      edits.next();
      return answered;
    };
  }

  /** Proposes what the answers came to; what does not fit goes back to the model, a few times. `chain` ends with the last answer. */
  async function propose(
    begun: TurnView,
    written: readonly string[],
    chain: readonly ChatMessage[],
    question: string,
    signal: AbortSignal,
    write: ReturnType<typeof writer>,
  ): Promise<TurnView> {
    const leftOut = leftOutOf(begun.plan);
    const answers = { written, mended: [] as string[] } satisfies EditAnswers;
    const read = () => proposals.propose(begun.id, root, answers, { leftOut, troubled: new Set(troubled) });
    let turn = begun;
    let messages = chain;
    let { view, retry, outcomes } = await read();
    for (let tries = 0; retry !== undefined && tries < mostRetries; tries++) {
      for (const { path } of view?.refused ?? []) troubled.add(path);
      messages = [...messages, { role: 'user', content: retry }];
      const before = turn.text.length + parting.length;
      turn = put({ ...turn, mends: [...(turn.mends ?? []), before], status: 'waiting' });
      turn = append(turn, 'text', parting);
      try {
        turn = await write(turn, messages, question);
      } catch (error) {
        // What fitted does not go with what would have mended the rest.
        if (view) put({ ...nowOf(turn), proposal: view });
        throw error;
      }
      const answer = turn.text.slice(before);
      messages = [...messages, { role: 'assistant', content: answer }];
      answers.mended.push(answer);
      ({ view, retry, outcomes } = await read());
    }
    // Parts that were asked for side by side are told as one from now on.
    if (written.length > 1) transcript.told(turn.id, [{ role: 'assistant', content: turn.text }]);
    if (!view) return turn;
    const label = await labelOf(signal);
    glm.formats.add(label, outcomes ?? []);
    const note = joined(turn.note, formatNote(glm.formats, label), missingNote(turn.plan, view));
    return { ...turn, ...(note ? { note } : {}), proposal: view };
  }

  const nowOf = (turn: TurnView): TurnView => transcript.turns.find(({ id }) => id === turn.id) ?? turn;

  /** Writes edits; where that is stopped or fails before its end, the files that came whole are proposed. */
  async function orWhole<T>(begun: TurnView, written: () => readonly string[], write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const answers = { written: written(), mended: [], isCut: true };
      const { view } = await proposals
        .propose(begun.id, root, answers, { leftOut: leftOutOf(begun.plan) })
        .catch(() => ({ view: undefined }));
      if (view && view.files.length > 0) put({ ...nowOf(begun), proposal: view });
      throw error;
    }
  }

  /** Streams one answer, of which edits are kept. */
  const writeWhole = (
    begun: TurnView,
    messages: readonly ChatMessage[],
    question: string,
    write: ReturnType<typeof writer>,
  ) =>
    orWhole(
      begun,
      () => [nowOf(begun).text.slice(begun.text.length)],
      () => write(begun, messages, question),
    );

  async function plan(begun: TurnView, question: string, signal: AbortSignal): Promise<TurnView> {
    const messages = withRequest(transcript.messages(), planRequest);
    const write = writer(begun, true, signal);
    const turn = await writeWhole(begun, messages, question, write);
    const parsed = parsePlan(turn.text);
    // Edits that were written at once, or a question of the model's.
    if (!parsed || /^<{5,9} ?(?:SEARCH|FILE)\b/m.test(turn.text)) {
      const chain = [...messages, { role: 'assistant', content: turn.text } as const];
      return propose(turn, [turn.text], chain, question, signal, write);
    }
    const targets = await readTargets(glm, root, parsed.files, await mostTokens(signal), signal);
    const { summary, risks } = parsed;
    const view: PlanView = {
      length: turn.text.length,
      summary,
      risks,
      files: targets.map(planFileView),
      state: 'open',
    };
    const planned = put(withPlan(turn, view));
    saidFor.set(turn.id, transcript.messages().slice(messages.length));
    const chosen = view.files.filter((file) => file.chosen);
    const goesOn = chosen.length > 0 && chosen.length === view.files.length && chosen.length <= plannedAtOnce();
    return goesOn ? writePlan(planned, question, signal) : planned;
  }

  async function mostTokens(signal: AbortSignal): Promise<number> {
    return Math.floor(1.2 * (await roomFor(signal)));
  }

  /** The conversation up to a plan, as the model was asked for it. */
  function planMessages({ id, text, plan: view }: TurnView): ChatMessage[] {
    const { turns } = transcript;
    const at = turns.findIndex((turn) => turn.id === id);
    const answer: ChatMessage = { role: 'assistant', content: text.slice(0, view?.length) };
    return [...withRequest(transcript.messages(at), planRequest), ...(saidFor.get(id) ?? [answer])];
  }

  async function writePlan(begun: TurnView, question: string, signal: AbortSignal): Promise<TurnView> {
    const { plan: view } = begun;
    if (!view) return begun;
    const chosen = view.files.filter((file) => file.chosen);
    let turn = put({
      ...withPlan(begun, { ...view, state: 'writing' }),
      text: begun.text.slice(0, view.length),
      status: 'waiting',
    });
    const targets = await readTargets(glm, root, chosen, await mostTokens(signal), signal);
    const parts = batches(
      targets.filter(({ problem }) => problem === undefined),
      await roomFor(signal),
    );
    const write = writer(turn, true, signal);
    const base = planMessages(turn);
    const written: string[] = [];
    let chain = base;
    for (const [at, part] of parts.entries()) {
      const request = editRequest({
        paths: part.map(namesOf),
        leftOut: leftOutOf(view),
        added: view.files.filter(({ what, chosen: isChosen }) => isChosen && what === '').map(({ path }) => path),
        written: written.join('\n\n').slice(-mostWritten),
        later: parts.slice(at + 1).flatMap((later) => later.map(namesOf)),
      });
      const attachments = part.flatMap(({ attachment }) => (attachment ? [attachment] : []));
      // The files stand at the end, behind what all these requests begin with.
      chain = [...base, { role: 'user', content: withAttachments(request, attachments) }];
      const waitsFor = parts.length > 1 ? l10n.t('Writing the edits, part {0} of {1}…', at + 1, parts.length) : '';
      const { waitsFor: _, ...rest } = turn;
      turn = append(put({ ...rest, status: 'waiting', ...(waitsFor ? { waitsFor } : {}) }), 'text', parting);
      const before = turn.text.length;
      const begunPart = turn;
      const soFar = () => [...written, nowOf(begunPart).text.slice(before)];
      turn = await orWhole(begunPart, soFar, () => write(begunPart, chain, question));
      const answer = turn.text.slice(before);
      written.push(answer);
      chain = [...chain, { role: 'assistant', content: answer }];
    }
    const proposed = await propose(turn, written, chain, question, signal, write);
    return withPlan(proposed, { ...(proposed.plan ?? view), state: 'written' });
  }

  return {
    answer(turn, question, signal) {
      const { turns } = transcript;
      const asked = turns.findLast(({ role }) => role === 'user');
      const others = turns.filter(({ id, role, text }) => role === 'assistant' && id !== turn.id && text !== '');
      const isPlanned = needsPlan({
        text: question,
        attachments: asked?.attached.length ?? 0,
        isFirst: others.length === 0,
        wasPlanned: repository || others.some((each) => each.plan !== undefined),
      });
      return isPlanned ? plan(turn, question, signal) : atOnce(turn, question, signal);
    },
    writePlan,
    async withFile(turn, path, chosen, signal) {
      const { plan: view } = turn;
      if (!view) return turn;
      const choose = (file: PlanFileView) =>
        file.path === path && file.problem === undefined ? { ...file, chosen } : file;
      if (view.files.some((file) => file.path === path)) {
        return withPlan(turn, { ...view, files: view.files.map(choose) });
      }
      const file = { path, kind: 'change', what: '' } as const;
      const targets = await readTargets(glm, root, [file], await mostTokens(signal), signal);
      return withPlan(turn, { ...view, files: [...view.files, ...targets.map(planFileView)] });
    },
  };

  async function atOnce(begun: TurnView, question: string, signal: AbortSignal): Promise<TurnView> {
    const messages = transcript.messages();
    const wasPlanned = transcript.turns.some((each) => each.plan !== undefined);
    const write = writer(begun, wasPlanned, signal);
    const turn = await writeWhole(begun, messages, question, write);
    const chain = [...messages, { role: 'assistant', content: turn.text } as const];
    return propose(turn, [turn.text], chain, question, signal, write);
  }
}

const namesOf = ({ path, to, kind }: PlanTarget): string =>
  to === undefined ? `${path}${kind === 'delete' ? ' (delete)' : ''}` : `${path} -> ${to}`;

/** Paths that the user took out of a plan. */
export const leftOutOf = (plan: PlanView | undefined): string[] =>
  plan?.files.filter(({ chosen, problem }) => !chosen && problem === undefined).map(({ path }) => path) ?? [];

/** Which files of a plan got no edits. */
function missingNote(plan: PlanView | undefined, view: NonNullable<TurnView['proposal']>): string | undefined {
  const named = new Set([...view.files.flatMap(({ path, to }) => [path, to]), ...view.refused.map(({ path }) => path)]);
  const missing = plan?.files.filter(({ chosen, path, to }) => chosen && !named.has(path) && !named.has(to)) ?? [];
  return missing.length === 0 ? undefined : l10n.t('No edits came for {0}', missing.map(({ path }) => path).join(', '));
}
