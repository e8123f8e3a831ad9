/** What a window probe has measured: plain JSON, as the command line prints it and the pages draw it. */

/** Answers at one depth of a prompt. */
export interface DepthRecall {
  /** Where in the prompt the facts stand, in per cent of its repository text. */
  readonly depth: number;
  /** Share of right answers, 0 to 1. */
  readonly recall: number;
  readonly questions: number;
}

/** Shares of right answers, 0 to 1. */
export interface Recall {
  /** About facts that were planted; undefined where none was asked for. */
  readonly planted?: number;
  /** About the repository's own definitions; undefined where none was found to ask for. */
  readonly real?: number;
  /** About both. */
  readonly all: number;
  /** How many questions that rests on. */
  readonly questions: number;
  readonly byDepth: readonly DepthRecall[];
}

/** What was measured with a prompt of one size. */
export interface FillResult {
  /** Tokens that the prompt should have, by our count. */
  readonly fill: number;
  /** Tokens that it had, by our count. */
  readonly countedTokens: number;
  /** Tokens that it had, by the server's count; undefined where it does not tell. */
  readonly promptTokens?: number;
  readonly recall?: Recall;
  /** Milliseconds from request to first token; undefined where the server had the prompt in its cache already. */
  readonly firstTokenCold?: number;
  /** Milliseconds from request to first token, once the server had read the prompt. */
  readonly firstTokenCached?: number;
  /** Prompt tokens read a second, by the server's clock where it tells, otherwise by ours. */
  readonly tokensPerSecond?: number;
  /** Share of the second prompt that came from the server's cache; undefined where it does not tell. */
  readonly cachedShare?: number;
  /** Why it could not be measured, or not whole, in the user's language. It was the last one then. */
  readonly failure?: string;
}

/** What was measured of one model on one server. */
export interface WindowProbeResult {
  /** What the user reads: server and model. */
  readonly backend: string;
  readonly model: string;
  /** Tokens of prompt and answer together that it is said to take. */
  readonly window: number;
  /** The same seed plants the same facts. */
  readonly seed: number;
  /** When it was finished, in ISO 8601. */
  readonly measured: string;
  /** Ascending. */
  readonly fills: readonly FillResult[];
  /** The largest fill with a recall within 5 % of the best; undefined where nothing was recalled. */
  readonly effectiveWindow?: number;
  /** What limits the result, in the user's language: why there is no effective window, why it ended early. */
  readonly notes: readonly string[];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether something that was kept is a result; one that an earlier version has kept may not be. */
export function isWindowProbeResult(value: unknown): value is WindowProbeResult {
  return (
    isObject(value) &&
    typeof value.backend === 'string' &&
    typeof value.window === 'number' &&
    typeof value.measured === 'string' &&
    Array.isArray(value.notes) &&
    Array.isArray(value.fills) &&
    value.fills.every((fill) => isObject(fill) && typeof fill.fill === 'number')
  );
}
