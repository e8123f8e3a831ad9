import type { Backend } from '../backend/backend.ts';
import type { Settings } from '../settings.ts';

/** Seconds in which a server must be able to read the context from the first to the last token. */
const patience = 20;

/** Sizes of context in tokens: few, so that a server's moods do not make a new prompt. */
const steps = [2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000] as const;

/** Where every keystroke is charged for. */
const hostedTokens = 2_000;

/** Where nothing is known of the server's speed yet, and for the matcher. */
const firstTokens = 8_000;

/**
 * Tokens of repository in an inline prompt: the user's number, or where that is 0, what the backend reads cold in 20
 * seconds. Warm, it reads only what has changed, whatever the size.
 * @param speed prompt tokens a second that the server evaluates, as measured; undefined where it is not known.
 */
export function inlineBudget(
  { kind }: Pick<Backend, 'kind'>,
  { contextTokens }: Settings['inline'],
  speed?: number,
): number {
  if (contextTokens > 0) return contextTokens;
  if (kind === 'hosted') return hostedTokens;
  if (kind === 'embedded' || speed === undefined) return firstTokens;
  return steps.findLast((step) => step <= speed * patience) ?? steps[0];
}
