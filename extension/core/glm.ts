import * as l10n from '@vscode/l10n';
import type { WindowProbeResult } from '../protocol/windowProbe.ts';
import type { ChatMessage, Spent } from './backend/backend.ts';
import type { Diagnosis } from './backend/doctor.ts';
import { helpsToMove, withFailover } from './backend/failover.ts';
import { createFailureRing, type NotedFailure } from './backend/failureRing.ts';
import { failure } from './backend/failures.ts';
import { createMeter } from './backend/meter.ts';
import { listModels, type ModelChoice } from './backend/modelList.ts';
import { type Selection, selectBackend } from './backend/selectBackend.ts';
import { createSentPrompts } from './backend/sentPrompts.ts';
import { type Completer, createCompleter } from './completion/completer.ts';
import { createCoolDown } from './completion/coolDown.ts';
import { createGaps } from './completion/gaps.ts';
import { createHabits } from './completion/habits.ts';
import type { Completion, InlineRequest } from './completion/inlineRequest.ts';
import { createRefusals } from './completion/refusals.ts';
import { createSpeeds } from './completion/speeds.ts';
import { createLayeredPacks } from './context/layeredPacks.ts';
import { excludedPatternsOf } from './context/steered.ts';
import type { Attachment } from './conversation/attachments.ts';
import type { ContextMeter, MeterInput } from './conversation/contextMeter.ts';
import { createLastTalk } from './conversation/lastTalk.ts';
import { createMeasure } from './conversation/measure.ts';
import { readProjectRules } from './conversation/projectRules.ts';
import { rulesFor } from './conversation/rules.ts';
import { type Screened, screenAttachments } from './conversation/screened.ts';
import type { TurnEvent } from './conversation/turn.ts';
import type { Inspection, InspectRequest } from './inspection.ts';
import type { Pack, PackRequest, Steering } from './pack.ts';
import { type Packer, type Ports, ReadingStopped } from './ports.ts';
import type { Settings } from './settings.ts';
import { createCalibration } from './tokens/calibration.ts';
import { createKeptProbes } from './windowProbe/keptProbes.ts';
import type { WindowProbe, WindowProbeRequest } from './windowProbe/windowProbe.ts';

/** A request for the next message of a conversation. */
export interface ConversationRequest {
  /** Absolute path of the folder, or undefined where none is open. */
  readonly root: string | undefined;
  /** The messages so far, the new one last. */
  readonly messages: readonly ChatMessage[];
  /** The user's own words in the new message, without what was attached to it. */
  readonly question: string;
  /** What an earlier turn of the same conversation streamed as `packed`. */
  readonly pack?: Pack;
  /** {@link Glm.projectRules}, the same for a whole conversation. */
  readonly projectRules?: string;
  /** Whether to think first; the settings' choice unless given. Keep it for a whole conversation. */
  readonly thinking?: boolean;
  /** Whether the model may use tools; the settings' choice unless given. Keep it for a whole conversation. */
  readonly tools?: boolean;
  /** Has the prompt begin with the repository, whatever the kind. Keep it for a whole conversation. */
  readonly repository?: boolean;
  readonly overlay?: Readonly<Record<string, string>>;
  readonly exclude?: readonly string[];
}

/** A message that is being written, and the conversation that it is for. */
export interface MeasureRequest
  extends Pick<ConversationRequest, 'root' | 'messages' | 'pack' | 'projectRules' | 'repository'> {
  readonly kind: 'chat' | 'ask' | 'edit';
  readonly message: string;
  /** What is attached to it, by what takes it away. */
  readonly attachments: MeterInput['attachments'];
}

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
  /** Answers with SEARCH/REPLACE blocks. @throws BackendError where no model is connected. */
  edit(request: ConversationRequest, signal: AbortSignal): AsyncIterable<TurnEvent>;
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

/** Milliseconds for which a failed look for a backend is not repeated, so that typing does not hammer a dead port. */
const failureRest = 5_000;

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
    async pack(request, signal) {
      const state = stateOf(request);
      const pack = await ports.packer.pack(request, AbortSignal.any([signal, reading.signal]));
      if (!request.unchanged) read.set(request.root, state);
      return pack;
    },
    screen: (request, signal) => ports.packer.screen(request, signal),
    alike: (request, signal) => ports.packer.alike(request, signal),
    keep: () => ports.packer.keep(),
  };
  const meter = createMeter(ports.spending);
  const coolDown = createCoolDown();
  const sessionId = crypto.randomUUID();
  const calibration = createCalibration();
  const failures = createFailureRing();
  const probes = createKeptProbes(ports.memory);
  const measure = createMeasure(ports.tokenizer, calibration);
  const sent = createSentPrompts();
  const steered = (root: string): { steering?: Steering } => {
    const steering = ports.steering?.(root);
    return steering ? { steering } : {};
  };
  const packs = createLayeredPacks(packer, ports.tokenizer, lifetime.signal);
  let selection: Promise<Selection> | undefined;

  const within = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, lifetime.signal]);

  /** The backend of the settings with those behind it that may stand in, all of them metered. */
  async function choose(settings: Settings): Promise<Selection> {
    const limit = () => ports.settings().hosted.spendingLimit;
    const find = async (backend: Settings['backend']): Promise<Selection> => {
      const found = await selectBackend({ ...ports, sessionId }, { ...settings, backend }, lifetime.signal);
      return { ...found, backend: failures.on(sent.on(meter.on(found.backend, limit))) };
    };
    const standIns = settings.failover.filter((kind) => kind !== settings.backend);
    for (const [at, kind] of [settings.backend, ...standIns].entries()) {
      try {
        const { backend, reason } = await find(kind);
        const others = standIns.slice(at).filter((other) => other !== backend.kind);
        return {
          reason,
          backend: withFailover(
            backend,
            others.map((other) => async () => (await find(other)).backend),
          ),
        };
      } catch (error) {
        if (at === standIns.length || !helpsToMove(error)) throw error;
        ports.log.warn(`${error.kind}: ${error.detail}`);
      }
    }
    throw new Error('no backend is named');
  }

  function select(): Promise<Selection> {
    if (selection) return selection;
    // Shared by all who wait for it, so it follows the core's lifetime and not one request's signal.
    const mine = choose(ports.settings());
    selection = mine;
    mine.catch((error: unknown) => {
      failures.note(error);
      setTimeout(() => {
        if (selection === mine) selection = undefined;
      }, failureRest).unref?.();
    });
    return mine;
  }

  const { memory } = ports;
  const habits = createHabits(memory?.get('habits'));
  const refusals = createRefusals(memory?.get('refusals'));
  const speeds = createSpeeds(memory?.get('speeds'));
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
  }

  async function* converse(
    kind: 'chat' | 'ask' | 'edit',
    request: ConversationRequest,
    outer: AbortSignal,
  ): AsyncGenerator<TurnEvent> {
    const signal = within(outer);
    const { backend } = await select();
    if (kind === 'edit' && !backend.writesEdits) {
      throw failure('no-model', { kind: 'local', origin: '', model: '' }, 'edits need a model');
    }
    const { root, messages, question, overlay = {}, exclude = [] } = request;
    const steering = root === undefined ? {} : steered(root);
    // What was excluded since must not be sent again, though the prompt's beginning changes with it.
    const isSteeredAnew = request.pack !== undefined && !isSame(request.pack.steering, steering.steering);
    // Only a model's prompt has a beginning to keep; the matcher reads what fits the question best.
    const pack = backend.kind === 'embedded' || isSteeredAnew ? undefined : request.pack;
    // The matcher has nothing to say but what stands in the repository.
    const reads = kind === 'ask' || request.repository || backend.kind === 'embedded' || isSteeredAnew;
    const { budget } = ports.settings().context;
    const toPack = root !== undefined && reads ? { root, budget, question, overlay, exclude, ...steering } : undefined;
    const wantsTools = backend.kind !== 'embedded' && (request.tools ?? ports.settings().chat.tools);
    const { reader } = ports;
    const tools =
      wantsTools && reader && root !== undefined
        ? (await import('./conversation/tools/tools.ts')).toolsFor(
            { root, overlay, exclude: [...exclude, ...excludedPatternsOf(steering.steering)] },
            { ...ports, reader, packer },
            backend.window,
          )
        : undefined;
    const turn = {
      rules: rulesFor(kind, [tools?.rules, request.projectRules].filter(Boolean).join('\n\n')),
      messages,
      question,
      maxTokens: answerTokens,
      // Switching it within a conversation would rewrite the prompt's head (glm-protocol.md 1.7).
      thinking: request.thinking ?? ports.settings().chat.thinking,
      ...(pack ? { pack } : {}),
      ...(toPack ? { toPack } : {}),
      ...(tools ? { tools: tools.toolbox.definitions } : {}),
    };
    const { files, tokenizer } = ports;
    const { runTurn } = await import('./conversation/turn.ts');
    const { createCitationCheck } = await import('./conversation/citations/citationCheck.ts');
    const citations =
      root === undefined ? undefined : createCitationCheck({ root, overlay, exclude }, { files, packer }, signal);
    const turnPorts = { backend, packer, citations, tokenizer, calibration, ...(tools ? { tools } : {}) };
    slots = backend.slots;
    talking++;
    try {
      for await (const event of lastTalk.listen(turn, runTurn(turn, turnPorts, signal))) {
        if (event.type === 'packed') wasStopped = false;
        yield event;
      }
    } finally {
      talking--;
    }
  }

  async function measureWindow(request: WindowProbeRequest, signal: AbortSignal): Promise<WindowProbe> {
    const { prepareWindowProbe } = await import('./windowProbe/windowProbe.ts');
    const { backend } = await select();
    const factor = Math.max(calibration.factor(backend.label), backend.tokenFactor ?? 1);
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
    edit: (request, signal) => converse('edit', request, signal),
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
    async measure({ kind, root, pack, projectRules, repository, ...said }, signal) {
      const { backend } = await select();
      if (backend.kind === 'embedded') return undefined;
      const wanted = ports.settings().context.budget;
      const reads = root !== undefined && (kind === 'ask' || repository);
      const outgoing = { ...said, rules: rulesFor(kind, projectRules), answer: answerTokens };
      const own = reads || pack ? { repository: { wanted, ...(pack ? { pack } : {}) } } : {};
      return measure({ ...outgoing, ...own }, backend, within(signal));
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
    diagnose: async (signal) => (await import('./backend/doctor.ts')).diagnose(ports, ports.settings(), within(signal)),
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
      selection = undefined;
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

const isSame = (one: Steering | undefined, other: Steering | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
