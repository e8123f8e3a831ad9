import * as l10n from '@vscode/l10n';
import type { ConversationKind } from '../../protocol/chat.ts';
import type { Backend } from '../backend/backend.ts';
import { BackendError } from '../backend/backendError.ts';
import { failure } from '../backend/failures.ts';
import { excludedPatternsOf } from '../context/steered.ts';
import type { Steering } from '../pack.ts';
import type { Packer, Ports } from '../ports.ts';
import type { Calibration } from '../tokens/calibration.ts';
import { createCitationCheck } from './citations/citationCheck.ts';
import type { ContextMeter } from './contextMeter.ts';
import { withEvidence } from './evidence/evidence.ts';
import type { LastTalk } from './lastTalk.ts';
import type { SurveyEvent } from './mapReduce/survey.ts';
import { createMeasure } from './measure.ts';
import type { ConversationRequest, EverythingRequest, MeasureRequest } from './requests.ts';
import { rewriteRules, rulesFor } from './rules.ts';
import { runTurn, type TurnEvent } from './turn.ts';

/** What is asked for: a conversation's next message, or marked lines written anew, with which nobody goes on. */
export type TalkKind = ConversationKind | 'rewrite';

/** Conversations with the backend that is chosen. */
export interface Talks {
  /** @throws BackendError where what is asked for needs a model and none is connected. */
  converse(kind: TalkKind, request: ConversationRequest, signal: AbortSignal): AsyncGenerator<TurnEvent>;
  /** @throws BackendError where no model is connected: the matcher searches every file anyway. */
  everything(request: EverythingRequest, signal: AbortSignal): AsyncGenerator<SurveyEvent>;
  /** How the window would be filled; undefined where no model reads it. */
  measure(request: MeasureRequest, signal: AbortSignal): Promise<ContextMeter | undefined>;
}

/** What conversations work with. */
export interface TalkPorts extends Pick<Ports, 'files' | 'tokenizer' | 'settings' | 'reader'> {
  readonly packer: Packer;
  readonly select: () => Promise<{ readonly backend: Backend }>;
  /** What was decided about a folder's packs, together with a request's own decisions. */
  readonly steered: (root: string, own?: Steering) => { readonly steering?: Steering };
  readonly calibration: Calibration;
  readonly lastTalk: LastTalk;
  /** Tokens of answer, reasoning included, at the most. */
  readonly answerTokens: number;
  /** Told that a conversation waits for a backend, until what it returns is called. */
  readonly talking: (backend: Backend) => () => void;
}

const isSame = (one: Steering | undefined, other: Steering | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The matcher has no model to ask in parts. */
const searchesEverything = (): BackendError =>
  new BackendError({
    kind: 'no-model',
    summary: l10n.t('The repository matcher searches every file by itself; it has no model to ask in parts.'),
    nextStep: l10n.t('Ask without "/all", or connect a model.'),
    retryable: false,
    detail: 'everything was asked for without a model',
  });

/** Creates conversations. */
export function createTalks(ports: TalkPorts): Talks {
  const { packer, files, tokenizer, calibration, lastTalk, settings, select, reader, answerTokens } = ports;
  const measure = createMeasure(tokenizer, calibration);

  /** A request as a turn, without its rules. */
  function turnFor(request: ConversationRequest) {
    const { root, messages, question, overlay = {}, exclude = [], steering } = request;
    const budget = request.budget ?? settings().context.budget;
    const toPack = (folder: string) => ({
      toPack: { root: folder, budget, question, overlay, exclude, ...ports.steered(folder, steering) },
    });
    return {
      messages,
      question,
      maxTokens: answerTokens,
      // Switching it within a conversation would rewrite the prompt's head (glm-protocol.md 1.7).
      thinking: request.thinking ?? settings().chat.thinking,
      ...(root === undefined ? {} : toPack(root)),
    };
  }

  /** What a turn on a request works with, beside its backend. */
  function portsOf({ root, overlay = {}, exclude = [] }: ConversationRequest, signal: AbortSignal) {
    const citations =
      root === undefined ? undefined : createCitationCheck({ root, overlay, exclude }, { files, packer }, signal);
    return { packer, citations, tokenizer, calibration };
  }

  async function* converse(
    kind: TalkKind,
    request: ConversationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<TurnEvent> {
    const { backend } = await select();
    const isMatcher = backend.kind === 'embedded';
    if ((kind === 'edit' || kind === 'rewrite') && !backend.writesEdits) {
      throw failure('no-model', { kind: 'local', origin: '', model: '' }, 'edits need a model');
    }
    const { toPack, ...common } = turnFor(request);
    // What was excluded since must not be sent again, though the prompt's beginning changes with it.
    const isSteeredAnew = request.pack !== undefined && !isSame(request.pack.steering, toPack?.steering);
    // Only a model's prompt has a beginning to keep; the matcher reads what fits the question best.
    const pack = isMatcher || isSteeredAnew ? undefined : request.pack;
    // The matcher has nothing to say but what stands in the repository.
    const reads = kind === 'ask' || request.repository || request.planned || isMatcher || isSteeredAnew;
    const wantsTools = !isMatcher && (request.tools ?? settings().chat.tools);
    const tools =
      wantsTools && reader && toPack
        ? (await import('./tools/tools.ts')).toolsFor(
            { ...toPack, exclude: [...toPack.exclude, ...excludedPatternsOf(toPack.steering)] },
            { ...ports, reader, packer },
            backend.window,
          )
        : undefined;
    const own = [tools?.rules, request.projectRules].filter(Boolean).join('\n\n');
    const turn = {
      ...common,
      // It reads the question alone: what was said before takes no room from what it reads.
      messages: isMatcher ? [] : common.messages,
      rules: kind === 'rewrite' ? rewriteRules(request.projectRules) : rulesFor(kind, own, request.prefersWhole),
      ...(pack ? { pack } : {}),
      ...(reads && toPack ? { toPack } : {}),
      planned: request.planned === true,
      ...(tools ? { tools: tools.toolbox.definitions } : {}),
    };
    const ended = ports.talking(backend);
    try {
      const told = runTurn(turn, { ...portsOf(request, signal), backend, ...(tools ? { tools } : {}) }, signal);
      // Nobody goes on with a rewrite.
      const answered = kind === 'rewrite' ? told : lastTalk.listen(turn, told);
      if (kind === 'ask' && !isMatcher && toPack) {
        yield* withEvidence(answered, { packer, question: request.question, request: toPack, pack }, signal);
      } else yield* answered;
    } finally {
      ended();
    }
  }

  return {
    converse,
    async *everything(request, signal) {
      const { backend } = await select();
      const { toPack, ...common } = turnFor(request);
      if (backend.kind === 'embedded' || !toPack) throw searchesEverything();
      const { runSurvey, rulesOfMerge } = await import('./mapReduce/survey.ts');
      const { projectRules, confirm } = request;
      const rules = { rules: rulesFor('ask', projectRules), mergeRules: rulesOfMerge(projectRules) };
      const ended = ports.talking(backend);
      try {
        const survey = { ...common, ...rules, toPack, confirm };
        const decision = yield* runSurvey(survey, { ...portsOf(request, signal), backend }, signal);
        if (decision === 'all') return;
      } finally {
        ended();
      }
      yield* converse('ask', request, signal);
    },
    async measure({ kind, root, pack, projectRules, repository, ...said }, signal) {
      const { backend } = await select();
      if (backend.kind === 'embedded') return undefined;
      const wanted = settings().context.budget;
      const reads = root !== undefined && (kind === 'ask' || repository);
      const outgoing = { ...said, rules: rulesFor(kind, projectRules), answer: answerTokens };
      const own = reads || pack ? { repository: { wanted, ...(pack ? { pack } : {}) } } : {};
      return measure({ ...outgoing, ...own }, backend, signal);
    },
  };
}
