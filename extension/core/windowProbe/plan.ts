import type { Backend } from '../backend/backend.ts';
import { costOf } from '../backend/modelCatalogue.ts';
import { answerTokens } from './question.ts';

/** What a probe will take, before anything is sent. */
export interface ProbePlan {
  /** What the user reads: server and model. */
  readonly backend: string;
  /** Tokens of prompt and answer together that the backend is said to take. */
  readonly window: number;
  /** Sizes of the prompts in our tokens, ascending. */
  readonly fills: readonly number[];
  readonly requests: number;
  /** Prompt tokens of all requests together, about. */
  readonly promptTokens: number;
  /** US dollars; undefined where nothing is charged, or the price is not known. */
  readonly cost?: {
    /** When every second request comes from the cache. */
    readonly expected: number;
    /** When nothing does. */
    readonly most: number;
  };
  /** The repository is smaller than the window: the last prompt holds all of it. */
  readonly endsWithRepository: boolean;
}

/** Sizes that are probed unless others are asked for, in tokens. */
const steps = [8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 1_000_000];

/** Depths that are probed unless others are asked for, in per cent. */
export const usualDepths: readonly number[] = [10, 30, 50, 70, 90];

/** Requests for each size: one reads the prompt, one has it read already. */
const requestsPerFill = 2;

/** Tokens of templates around a conversation of two messages, at the most (glm-protocol.md 2.5). */
const template = 32;

/** Tokens of answer for a list of questions, within a window. */
export const answerRoom = (questions: number, window: number): number =>
  Math.min(answerTokens(questions), Math.floor(window / 8));

/** The usual sizes up to a window, in our tokens, and the largest that fits it. */
export function usualFills(window: number, factor: number, questions: number): number[] {
  const largest = Math.floor((window - answerRoom(questions, window) - template) / factor);
  const fills = steps.filter((step) => step <= largest);
  const last = fills.at(-1) ?? 0;
  // Hardly more than the step before would tell nothing more.
  return largest > last * 1.1 ? [...fills, largest] : fills;
}

/** The sizes that a repository of so many tokens can fill: what is larger becomes one that holds all of it. */
export function filled(fills: readonly number[], available: number): { fills: number[]; isCut: boolean } {
  const fitting = fills.filter((fill) => fill <= available);
  if (fitting.length === fills.length) return { fills: fitting, isCut: false };
  const last = fitting.at(-1) ?? 0;
  return { fills: available > last * 1.1 ? [...fitting, available] : fitting, isCut: true };
}

/** What a probe with these sizes takes. */
export function planFor(
  { label, window, prices }: Backend,
  fills: readonly number[],
  questions: number,
  endsWithRepository: boolean,
): ProbePlan {
  const price = prices?.chat;
  const tokens = fills.reduce((sum, fill) => sum + fill, 0);
  const completionTokens = answerTokens(questions) * fills.length * requestsPerFill;
  const promptTokens = tokens * requestsPerFill;
  return {
    backend: label,
    window,
    fills,
    requests: fills.length * requestsPerFill,
    promptTokens,
    ...(price
      ? {
          cost: {
            expected: costOf(price, { promptTokens, cachedTokens: tokens, completionTokens }),
            most: costOf(price, { promptTokens, completionTokens }),
          },
        }
      : {}),
    endsWithRepository,
  };
}
