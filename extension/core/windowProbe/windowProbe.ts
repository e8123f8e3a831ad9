import * as l10n from '@vscode/l10n';
import type { FillResult, WindowProbeResult } from '../../protocol/windowProbe.ts';
import type { Backend } from '../backend/backend.ts';
import { failure } from '../backend/failures.ts';
import { patient, type RetryPolicy } from '../backend/retry.ts';
import { FolderFailure, type Packer, type Tokenizer } from '../ports.ts';
import { realQuestions } from './definitions.ts';
import { haystackOf, tokensOf } from './haystack.ts';
import { measureFill } from './measureFill.ts';
import { filled, type ProbePlan, planFor, usualDepths, usualFills } from './plan.ts';
import { besides, type Material, writePrompt } from './prompt.ts';
import { effectiveWindow } from './recall.ts';
import { createSeededRandom, freshSeed } from './seededRandom.ts';

export type { FillResult, WindowProbeResult } from '../../protocol/windowProbe.ts';

/** What to probe, on which repository. */
export interface WindowProbeRequest {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Sizes of the prompts in our tokens; from 8,000 up to the window unless given. */
  readonly fills?: readonly number[];
  /** Depths at which things are asked for, in per cent; {@link usualDepths} unless given. */
  readonly depths?: readonly number[];
  /** The same seed makes the same prompts of the same repository; a fresh one unless given. */
  readonly seed?: number;
  readonly overlay?: Readonly<Record<string, string>>;
  readonly exclude?: readonly string[];
}

/** What a probe tells while it runs; it ends with `done`, cancelled or not. */
export type WindowProbeEvent =
  /** A prompt of this size is written and sent, the `at`th of `of`, from 1. */
  | { readonly type: 'fill'; readonly fill: number; readonly at: number; readonly of: number }
  /** Tokens of the prompt that the server has read so far. */
  | { readonly type: 'reading'; readonly read: number; readonly total: number }
  /** It waits for a busy server; `why` is in the user's language. */
  | { readonly type: 'waiting'; readonly why: string; readonly milliseconds: number }
  | { readonly type: 'measured'; readonly fill: FillResult }
  | { readonly type: 'done'; readonly result: WindowProbeResult };

/** A probe that is ready, and what it will take. */
export interface WindowProbe {
  readonly plan: ProbePlan;
  /** Sends what the plan says. Aborting it ends it with what was measured so far. */
  run(signal: AbortSignal): AsyncIterable<WindowProbeEvent>;
}

/** What a probe works with. */
export interface WindowProbePorts {
  readonly backend: Backend;
  readonly packer: Pick<Packer, 'pack'>;
  readonly tokenizer: Tokenizer;
  /** The backend's tokens for one of ours. */
  readonly factor: number;
  /** Told what the server counts for what we counted. */
  readonly learn?: (counted: number, reported: number) => void;
  readonly retry?: RetryPolicy;
  /** Milliseconds; the process's clock unless given. */
  readonly now?: () => number;
}

/** Tokens below which a repository says nothing about a window. */
const leastText = 1_000;

/** What is packed for prompts of a size, in tokens: more than they hold, so that they are not all front pages. */
const packed = (fill: number): number => Math.round(fill * 1.5) + 60_000;

/** Events that come from one place and are read at another. */
function createQueue<T>(): { push(item: T): void; next(): Promise<T> } {
  const items: T[] = [];
  let wake: (() => void) | undefined;
  return {
    push(item) {
      items.push(item);
      wake?.();
    },
    async next() {
      for (;;) {
        const item = items.shift();
        if (item !== undefined) return item;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/**
 * Reads the repository and says what probing the backend's window with it would take; nothing is sent yet.
 * @throws BackendError where there is no model, FolderFailure where the folder holds too little, the signal's reason.
 */
export async function prepareWindowProbe(
  request: WindowProbeRequest,
  ports: WindowProbePorts,
  signal: AbortSignal,
): Promise<WindowProbe> {
  const {
    backend,
    packer,
    tokenizer,
    factor,
    learn = () => {},
    retry = patient,
    now = () => performance.now(),
  } = ports;
  if (backend.kind === 'embedded') {
    throw failure('no-model', { kind: 'local', origin: '', model: '' }, 'there is no window to probe');
  }
  const { root, overlay = {}, exclude = [], seed = freshSeed() } = request;
  const depths = [...new Set(request.depths ?? usualDepths)].sort((a, b) => a - b);
  // Two about each planted fact, as many about what is there.
  const questions = depths.length * 2;
  const wanted = [...new Set(request.fills ?? usualFills(backend.window, factor, questions))].sort((a, b) => a - b);

  const pack = await packer.pack({ root, budget: packed(wanted.at(-1) ?? 0), overlay, exclude }, signal);
  const haystack = await haystackOf(pack, createSeededRandom(seed), tokenizer, signal);
  const available = tokensOf(haystack);
  if (available < leastText) {
    throw new FolderFailure(l10n.t('The folder holds too little text to measure with: {0} tokens.', available));
  }
  const { fills, isCut } = filled(wanted, available + besides(depths.length));
  const real = await realQuestions(haystack, signal);
  const material: Material = { haystack, real, depths, seed, encoding: pack.encoding };

  async function* run(stop: AbortSignal): AsyncGenerator<WindowProbeEvent> {
    const measured: FillResult[] = [];
    const notes: string[] = [];
    for (const [i, fill] of fills.entries()) {
      yield { type: 'fill', fill, at: i + 1, of: fills.length };
      const queue = createQueue<WindowProbeEvent | 'over'>();
      const work = (async () => {
        stop.throwIfAborted();
        const prompt = await writePrompt(material, fill, tokenizer, stop);
        return measureFill(prompt, { fill, depths }, { backend, retry, now, learn }, stop, (event) => {
          if (event.type === 'reading' || event.type === 'waiting') queue.push(event);
        });
      })();
      work.catch(() => {}).finally(() => queue.push('over'));
      for (let event = await queue.next(); event !== 'over'; event = await queue.next()) yield event;
      let result: FillResult;
      try {
        result = await work;
      } catch (error) {
        if (!stop.aborted) throw error;
        notes.push(l10n.t('It was stopped before {0} tokens were measured.', fill.toLocaleString()));
        break;
      }
      measured.push(result);
      yield { type: 'measured', fill: result };
      if (result.failure) {
        notes.push(l10n.t('It ended at {0} tokens: {1}', fill.toLocaleString(), result.failure));
        break;
      }
    }
    if (isCut)
      notes.push(
        l10n.t('The repository holds {0} tokens; more cannot be measured with it.', available.toLocaleString()),
      );
    const effective = effectiveWindow(measured);
    if (effective === undefined && measured.some(({ recall }) => recall)) {
      notes.push(l10n.t('No answer was right at any size, so that nothing can be said of the window.'));
    }
    yield {
      type: 'done',
      result: {
        backend: backend.label,
        model: backend.model ?? backend.label,
        window: backend.window,
        seed,
        measured: new Date().toISOString(),
        fills: measured,
        ...(effective === undefined ? {} : { effectiveWindow: effective }),
        notes,
      },
    };
  }

  return { plan: planFor(backend, fills, questions, isCut), run };
}
