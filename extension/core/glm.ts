import * as l10n from '@vscode/l10n';
import type { WindowProbeResult } from '../protocol/windowProbe.ts';
import type { Backend, Spent } from './backend/backend.ts';
import { createChosenBackend } from './backend/chosenBackend.ts';
import type { Diagnosis } from './backend/doctor.ts';
import { createFailureRing, type NotedFailure } from './backend/failureRing.ts';
import { createMeter } from './backend/meter.ts';
import { listModels, type ModelChoice } from './backend/modelList.ts';
import type { Selection } from './backend/selectBackend.ts';
import { createSentPrompts } from './backend/sentPrompts.ts';
import { type Completer, createCompleter } from './completion/completer.ts';
import { createCoolDown } from './completion/coolDown.ts';
import { createGaps } from './completion/gaps.ts';
import { createHabits } from './completion/habits.ts';
import type { Completion, InlineRequest } from './completion/inlineRequest.ts';
import { createRefusals } from './completion/refusals.ts';
import { createSpeeds } from './completion/speeds.ts';
import { createLayeredPacks } from './context/layeredPacks.ts';
import { joinSteering } from './context/steered.ts';
import type { Attachment } from './conversation/attachments.ts';
import type { ContextMeter } from './conversation/contextMeter.ts';
import { createFormatRecord, type FormatRecord } from './conversation/edits/formatRecord.ts';
import { createLastTalk } from './conversation/lastTalk.ts';
import type { SurveyEvent } from './conversation/mapReduce/survey.ts';
import { readProjectRules } from './conversation/projectRules.ts';
import type { ConversationRequest, EverythingRequest, MeasureRequest } from './conversation/requests.ts';
import { type Screened, screenAttachments } from './conversation/screened.ts';
import type { TalkKind, Talks } from './conversation/talks.ts';
import type { TurnEvent } from './conversation/turn.ts';
import type { Inspection, InspectRequest } from './inspection.ts';
import type { Pack, PackRequest, Steering } from './pack.ts';
import { type FolderRequest, type FoundDeclaration, type Packer, type Ports, ReadingStopped } from './ports.ts';
import { createCalibration } from './tokens/calibration.ts';
import { createKeptProbes } from './windowProbe/keptProbes.ts';
import type { WindowProbe, WindowProbeRequest } from './windowProbe/windowProbe.ts';

/** The product: three surfaces on one core. */
export interface Glm {
  /** Completes while a user types. */
  readonly inline: Completer;
  /** What there is to show at a place, or why there is nothing. */
  complete(request: InlineRequest, signal: AbortSignal): Promise<Completion>;
  /** Talks; reads the repository only where there is no model to talk. */
  chat(request: ConversationRequest, signal: AbortSignal): AsyncIterable<TurnEvent>;
  /** Answers from the packed repository, with citations. */
  ask(request: ConversationRequest, signal: AbortSignal): AsyncIterable<TurnEvent>;
  /**
   * Answers from every file that may be read, in as many requests as that takes.
   * @throws BackendError where no model is connected: the matcher searches every file anyway.
   */
  everything(request: EverythingRequest, signal: AbortSignal): AsyncIterable<SurveyEvent>;
  /** Answers with SEARCH/REPLACE blocks. @throws BackendError where no model is connected. */
  edit(request: ConversationRequest, signal: AbortSignal): AsyncIterable<TurnEvent>;
  /** Writes marked lines of one file anew. @throws BackendError where no model is connected. */
  rewrite(request: ConversationRequest, signal: AbortSignal): AsyncIterable<TurnEvent>;
  /** Packs a folder; what the user has decided about it counts unless the request brings decisions of its own. */
  pack(request: PackRequest, signal: AbortSignal): Promise<Pack>;
  /** What would be sent, without sending it. @throws BackendError where no backend can be chosen. */
  inspect(request: InspectRequest, signal: AbortSignal): Promise<Inspection>;
  /** A project's own rules, from `AGENTS.md` and `.glm/rules.md`; empty where it has none. */
  projectRules(root: string, exclude: readonly string[], signal: AbortSignal): Promise<string>;
  /** What of some attachments may be sent. Rejects where that cannot be told. */
  screen(
    root: string | undefined,
    attachments: readonly Attachment[],
    exclude: readonly string[],
    signal: AbortSignal,
  ): Promise<Screened>;
  /** How the window would be filled; undefined where no model reads it. */
  measure(request: MeasureRequest, signal: AbortSignal): Promise<ContextMeter | undefined>;
  /** The declarations of a folder whose names hold a text, the likest first, as far as packs may hold them. */
  symbols(folder: FolderRequest, part: string, signal: AbortSignal): Promise<readonly FoundDeclaration[]>;
  /** Tokens of each text. */
  count(texts: readonly string[], signal?: AbortSignal): Promise<readonly number[]>;
  /** Which backend answers now, and why; looks again after {@link reselect}. */
  probe(signal: AbortSignal): Promise<Selection>;
  /** The models that the server of the backend in use serves. @throws BackendError where it does not tell. */
  models(signal: AbortSignal): Promise<readonly ModelChoice[]>;
  /**
   * Reads a repository and says what measuring the backend's window with it takes; the probe is kept once it has run.
   * @throws BackendError where no model is connected, FolderFailure where the folder holds too little.
   */
  measureWindow(request: WindowProbeRequest, signal: AbortSignal): Promise<WindowProbe>;
  /** What {@link measureWindow} has found of each backend and model, the latest first. */
  windowProbes(): readonly WindowProbeResult[];
  /** The last failures of requests and of looks for a backend, the latest last; nothing of a prompt is in them. */
  recentFailures(): readonly NotedFailure[];
  /** What answers where, and what it can do, in words. */
  diagnose(signal: AbortSignal): Promise<Diagnosis>;
  /** Which format of edits works with which model. */
  readonly formats: FormatRecord;
  /** What this session has sent and received so far. */
  spent(): Spent;
  /** Stops every pack being made; completions go without the repository until it was read for a question, or {@link reselect}. */
  stopReading(): void;
  /** Keeps what was learned of the user's typing for the next session; it is done at the end, too. */
  remember(): void;
  /** Something in a folder was saved, renamed or taken away. */
  changed(): void;
  /** The user has decided otherwise about the packs of a folder: what is sent from now on is made anew. */
  steered(): void;
  /** Forgets the backend: the settings, the key or the servers have changed. */
  reselect(): void;
  dispose(): void;
}

/** Tokens of answer in a conversation, reasoning included, at the most. */
const answerTokens = 8_192;

/** Builds the core on its host. This is its only door. */
export function createGlm(ports: Ports): Glm {
  const lifetime = new AbortController();
  let reading = new AbortController();
  let wasStopped = false;
  let changes = 0;
  /** For each folder that was read, what it was read with: as long as that holds, the disk need not be looked at. */
  const read = new Map<string, string>();
  const stateOf = ({ exclude = [] }: Pick<PackRequest, 'exclude'>): string => `${changes} ${JSON.stringify(exclude)}`;
  const packer: Packer = {
    ...ports.packer,
    async pack(request, signal, tell) {
      const state = stateOf(request);
      const pack = await ports.packer.pack(request, AbortSignal.any([signal, reading.signal]), tell);
      if (!request.unchanged) read.set(request.root, state);
      return pack;
    },
    partition: (request, signal, tell) =>
      ports.packer.partition(request, AbortSignal.any([signal, reading.signal]), tell),
  };
  const meter = createMeter(ports.spending);
  const coolDown = createCoolDown();
  const calibration = createCalibration();
  const failures = createFailureRing();
  const probes = createKeptProbes(ports.memory);
  const sent = createSentPrompts();
  const steered = (root: string, own?: Steering): { steering?: Steering } => {
    const steering = joinSteering(ports.steering?.(root), own);
    return steering ? { steering } : {};
  };
  const packs = createLayeredPacks(packer, ports.tokenizer, lifetime.signal);

  const within = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, lifetime.signal]);

  const spendingLimit = () => ports.settings().hosted.spendingLimit;
  const chosen = createChosenBackend({
    ...ports,
    sessionId: crypto.randomUUID(),
    watched: (backend) => failures.on(sent.on(meter.on(backend, spendingLimit))),
    failed: (error) => failures.note(error),
    lifetime: lifetime.signal,
  });
  const select = chosen.get;

  const { memory } = ports;
  const habits = createHabits(memory?.get('habits'));
  const refusals = createRefusals(memory?.get('refusals'));
  const speeds = createSpeeds(memory?.get('speeds'));
  const formats = createFormatRecord(memory?.get('editFormats'));
  /** Conversations that wait for their backend, or hear from it. */
  let talking = 0;
  let slots: number | undefined;
  const lastTalk = createLastTalk();
  const gaps = createGaps({
    ...ports,
    packer,
    packs,
    lifetime: lifetime.signal,
    speed: speeds.known,
    talk: () => lastTalk.current,
    isReadingStopped: () => wasStopped,
  });
  const inline = createCompleter({
    backend: async () => (await select()).backend,
    settings: () => ports.settings().inline,
    gaps,
    coolDown,
    habits,
    refusals,
    isOccupied: () => talking > 0 && slots === 1,
    lifetime: lifetime.signal,
    landed: speeds.landed,
    tell: (event) => ports.inline?.(event),
  });

  function remember(): void {
    memory?.set('habits', habits.image());
    memory?.set('refusals', refusals.image());
    memory?.set('speeds', speeds.image());
    memory?.set('editFormats', formats.image());
  }

  /** Made with the first conversation: completions need nothing of it. */
  let talks: Promise<Talks> | undefined;
  function talked(): Promise<Talks> {
    talks ??= import('./conversation/talks.ts').then(({ createTalks }) =>
      createTalks({ ...ports, packer, select, steered, calibration, lastTalk, answerTokens, talking: talkingTo }),
    );
    return talks;
  }
  /** Notes that a conversation waits for a backend, until what is returned is called. */
  function talkingTo(backend: Backend): () => void {
    slots = backend.slots;
    talking++;
    return () => void talking--;
  }
  async function* converse(kind: TalkKind, request: ConversationRequest, signal: AbortSignal) {
    for await (const event of (await talked()).converse(kind, request, within(signal))) {
      if (event.type === 'packed') wasStopped = false;
      yield event;
    }
  }

  async function measureWindow(request: WindowProbeRequest, signal: AbortSignal): Promise<WindowProbe> {
    const { prepareWindowProbe } = await import('./windowProbe/windowProbe.ts');
    const { backend } = await select();
    const factor = calibration.factor(backend);
    const learn = (counted: number, reported: number) => calibration.learn(backend.label, counted, reported);
    const { tokenizer } = ports;
    const prepared = await prepareWindowProbe(
      request,
      { backend, packer: { pack: glm.pack }, tokenizer, factor, learn },
      within(signal),
    );
    return {
      plan: prepared.plan,
      async *run(stop) {
        for await (const event of prepared.run(within(stop))) {
          if (event.type === 'done' && event.result.fills.length > 0) probes.keep(event.result);
          yield event;
        }
      },
    };
  }

  const glm: Glm = Object.freeze({
    inline,
    complete: inline.complete,
    remember,
    chat: (request, signal) => converse('chat', request, signal),
    ask: (request, signal) => converse('ask', request, signal),
    async *everything(request, signal) {
      yield* (await talked()).everything(request, within(signal));
    },
    edit: (request, signal) => converse('edit', request, signal),
    rewrite: (request, signal) => converse('rewrite', request, signal),
    pack: (request, signal) => packer.pack({ ...steered(request.root), ...request }, within(signal)),
    async inspect(request, signal) {
      // Most windows never ask for it.
      const { inspect } = await import('./inspection.ts');
      const inspector = {
        ...ports,
        backend: async () => (await select()).backend,
        // Whoever looks again and again, since they decide one thing after the other, waits for no disk.
        packer: {
          pack: (wish: PackRequest, until: AbortSignal) =>
            glm.pack({ ...wish, unchanged: read.get(wish.root) === stateOf(wish) }, until),
        },
        calibration,
        sent,
        gaps,
        isTalking: () => lastTalk.current !== undefined,
        answerTokens,
      };
      return inspect(request, inspector, within(signal));
    },
    projectRules: (root, exclude, signal) => readProjectRules({ ...ports, packer }, root, exclude, within(signal)),
    screen: (root, attachments, exclude, signal) =>
      screenAttachments(packer, root, attachments, exclude, within(signal)),
    measure: async (request, signal) => (await talked()).measure(request, within(signal)),
    async symbols(folder, name, signal) {
      const asked = await ports.reader?.definitions({ ...folder, name, isPart: true }, within(signal));
      return asked?.found ?? [];
    },
    count: (texts, signal) => ports.tokenizer.count(texts, signal),
    async probe(signal) {
      signal.throwIfAborted();
      return select();
    },
    async models(signal) {
      const { backend } = await select();
      return listModels(ports, backend.kind, ports.settings(), backend.origin ?? '', within(signal));
    },
    measureWindow,
    windowProbes: () => probes.all(),
    recentFailures: () => failures.all,
    async diagnose(signal) {
      const { diagnose } = await import('./backend/doctor.ts');
      const { formatLines } = await import('./conversation/edits/formatWords.ts');
      const found = await diagnose(ports, ports.settings(), within(signal));
      return { ...found, lines: [...found.lines, ...formatLines(formats, found.backend?.label)] };
    },
    formats,
    spent: () => meter.spent,
    changed() {
      changes++;
      packs.changed();
    },
    steered() {
      packs.clear();
      lastTalk.forget();
    },
    stopReading() {
      wasStopped = true;
      reading.abort(new ReadingStopped(l10n.t('The reading of the repository was stopped.')));
      reading = new AbortController();
    },
    reselect() {
      chosen.forget();
      coolDown.succeeded();
      wasStopped = false;
      packs.clear();
      inline.clear();
      lastTalk.forget();
    },
    dispose() {
      remember();
      lifetime.abort(new Error('GLM Coder was closed'));
    },
  } satisfies Glm);
  return glm;
}
