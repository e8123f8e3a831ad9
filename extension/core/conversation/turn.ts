import type { Backend, ChatMessage, ChatRequest, StreamEvent, ToolDefinition, Usage } from '../backend/backend.ts';
import { BackendError, type Overflow } from '../backend/backendError.ts';
import { textsOf } from '../backend/chatMessages.ts';
import { failure } from '../backend/failures.ts';
import { patient, type RetryPolicy, retrying } from '../backend/retry.ts';
import type { Pack, PackRequest } from '../pack.ts';
import type { Packer, PackStage, Tokenizer } from '../ports.ts';
import type { Calibration } from '../tokens/calibration.ts';
import type { Citation } from './citations/citation.ts';
import type { CitationCheck } from './citations/citationCheck.ts';
import type { MissingEvidence } from './evidence/missing.ts';
import { packBudget } from './packBudget.ts';
import { besidePlan } from './plan/batches.ts';
import { telling } from './telling.ts';
import type { ToolEvent } from './toolLoop.ts';
import type { Tools } from './tools/tools.ts';

/** What a turn in a conversation streams: the model's events, and what happens around them. */
export type TurnEvent =
  | StreamEvent
  | ToolEvent
  | { readonly type: 'packing'; readonly stage?: PackStage }
  | { readonly type: 'packed'; readonly pack: Pack }
  /** Verdicts that are new or have changed, on places that the answer cites. */
  | { readonly type: 'citations'; readonly citations: readonly Citation[] }
  | { readonly type: 'missing'; readonly missing: MissingEvidence };

/** One turn: what to say to the model, and what it may read. */
export interface Turn {
  readonly rules: string;
  /** The messages so far, the new one last. */
  readonly messages: readonly ChatMessage[];
  /** The user's own words in the new message. */
  readonly question: string;
  /** A pack made earlier in the conversation, kept so that its prompt begins as before. */
  readonly pack?: Pack;
  /** What to pack where there is no pack yet; absent for a turn without the repository. */
  readonly toPack?: PackRequest;
  readonly maxTokens: number;
  readonly thinking: boolean;
  /** A new pack leaves room for files that will be edited. */
  readonly planned?: boolean;
  /** Of the {@link TurnPorts.tools}. */
  readonly tools?: readonly ToolDefinition[];
}

/** What a turn works with. */
export interface TurnPorts {
  readonly backend: Backend;
  readonly packer: Pick<Packer, 'pack'>;
  /** Checks what the answer cites; undefined where no folder is open. */
  readonly citations?: CitationCheck | undefined;
  readonly tokenizer: Tokenizer;
  readonly calibration: Calibration;
  /** What the model may look into the repository with; it has no tools without one. */
  readonly tools?: Tools;
  /** Of requests that fail; {@link patient} unless given. */
  readonly retry?: RetryPolicy;
}

/** What is cut from a pack beyond what a server says is too much, and the share that stays where it names no sizes. */
const margin = 1.1;
const blindShare = 0.6;

/** The budget for a second try, after a prompt with a pack of so many tokens did not fit. */
export function smallerBudget(packTokens: number, maxTokens: number, { promptTokens, window }: Overflow): number {
  if (!promptTokens || !window) return Math.floor(packTokens * blindShare);
  const over = promptTokens + maxTokens - window;
  return Math.max(0, Math.floor(Math.min(packTokens - over * margin, packTokens * 0.95)));
}

/** The error for a server that took in a prompt longer than its window, and must have left some of it out. */
export function overlong({ label, window }: Backend, { promptTokens }: Usage): BackendError {
  const detail = `${promptTokens} prompt tokens taken in by a window of ${window}`;
  return failure('overflow', { kind: 'local', origin: label, model: label }, detail, {
    overflow: { promptTokens, window },
  });
}

/**
 * Runs one turn: packs the repository where asked, streams the answer, and checks the places that it cites meanwhile. A
 * prompt that proves too long is packed smaller, once.
 * @throws BackendError, or the signal's reason when aborted.
 */
export async function* runTurn(turn: Turn, ports: TurnPorts, signal: AbortSignal): AsyncGenerator<TurnEvent> {
  const { backend, packer, citations, tokenizer, calibration, tools, retry = patient } = ports;
  const { rules, messages, question, thinking, toPack } = turn;
  const maxTokens = Math.min(turn.maxTokens, Math.floor(backend.window / 4));
  // In our own tokens, as packs are counted.
  const window = Math.floor(backend.window / calibration.factor(backend));
  let answer = '';

  async function* packed(budget: number): AsyncGenerator<TurnEvent, Pack | undefined> {
    if (!toPack) return undefined;
    yield { type: 'packing' };
    const pack = yield* telling<TurnEvent, Pack>((tell) =>
      packer.pack({ ...toPack, budget }, signal, (stage) => tell({ type: 'packing', stage })),
    );
    yield { type: 'packed', pack };
    return pack;
  }

  async function* once(request: ChatRequest): AsyncGenerator<StreamEvent> {
    for await (const event of retrying(() => backend.chat(request, signal), retry, signal)) {
      yield event;
      // Some servers cut a long prompt without a word (glm-protocol.md 1.5).
      if (event.type !== 'usage') continue;
      const { promptTokens } = event.usage;
      if (promptTokens > backend.window) throw overlong(backend, event.usage);
      const counts = await tokenizer.count(textsOf(request), signal);
      const counted = counts.reduce((sum, count) => sum + count, request.pack?.tokens ?? 0);
      calibration.learn(backend.label, counted, promptTokens);
    }
  }

  async function* asked(pack: Pack | undefined): AsyncGenerator<TurnEvent> {
    const request = { rules, messages, question, maxTokens, thinking, ...(pack ? { pack } : {}) };
    const events = tools ? tools.withTools(request, tools.toolbox, once, signal) : once(request);
    for await (const event of events) {
      if (event.type === 'text') {
        answer += event.text;
        citations?.push(event.text);
      } else if (event.type === 'take-back') {
        answer = '';
        citations?.takeBack();
      } else if (event.type === 'tool') {
        // Looked up once, it is not looked up anew with a smaller pack.
        answer += '\n\n';
        citations?.part();
      }
      yield event;
      yield* told(citations?.news());
    }
  }

  async function budget(wanted: number): Promise<number> {
    const said = await tokenizer.count([rules, ...messages.map(({ content }) => content)], signal);
    const sum = said.reduce((total, count) => total + count, 0);
    const free = window - (tools?.room ?? 0);
    return packBudget(wanted, free, turn.maxTokens, sum, turn.planned ? besidePlan(free) : 0);
  }

  const pack = turn.pack ?? (toPack ? yield* packed(await budget(toPack.budget)) : undefined);
  try {
    yield* asked(pack);
  } catch (error) {
    const overflow = error instanceof BackendError ? error.overflow : undefined;
    if (!overflow || answer || !pack || !toPack) throw error;
    yield* asked(yield* packed(smallerBudget(pack.tokens, maxTokens, overflow)));
  }
  yield* told(await citations?.finish());
}

function* told(citations: readonly Citation[] = []): Generator<TurnEvent> {
  if (citations.length > 0) yield { type: 'citations', citations };
}
