import * as l10n from '@vscode/l10n';
import type { FillResult } from '../../protocol/windowProbe.ts';
import type { Backend, StreamEvent } from '../backend/backend.ts';
import { BackendError } from '../backend/backendError.ts';
import type { RetryPolicy } from '../backend/retry.ts';
import { answerRoom } from './plan.ts';
import type { ProbePrompt } from './prompt.ts';
import { askedTogether, type Question } from './question.ts';
import { type Graded, gradeAll, recallOf } from './recall.ts';
import { type TimedAnswer, timedAnswer } from './timedAnswer.ts';

/** What a measurement works with. */
export interface MeasuringPorts {
  readonly backend: Backend;
  readonly retry: RetryPolicy;
  /** Milliseconds. */
  readonly now: () => number;
  /** Learns what the server counts. */
  readonly learn: (counted: number, reported: number) => void;
}

/** Tokens that a model gets for thinking, once it was seen to think although it was asked not to. */
const thinkingTokens = 8_192;

/** The share from its cache up to which a server has read a prompt anew: no more than the template is shared. */
const coldShare = 0.1;

/** The share of our count below which a server has not read all that was sent: it has cut the prompt without a word. */
const cutShare = 0.6;

/** A measurement that has to end, with what is said of it. */
class NotMeasured extends Error {
  override readonly name = 'NotMeasured';
}

/** What is wrong with an answer although it came. @throws NotMeasured. */
function check(backend: Backend, prompt: ProbePrompt, { usage, answeredBy }: TimedAnswer): void {
  if (answeredBy !== undefined) throw new NotMeasured(l10n.t('{0} answered in its place.', answeredBy));
  const read = usage?.promptTokens;
  if (read === undefined) return;
  const cut = l10n.t('The server read {0} of {1} tokens and left out the rest without a word.', read, prompt.tokens);
  // A server that counts what came from its cache apart is told by that count.
  if (read + (usage?.cachedTokens ?? 0) < prompt.tokens * cutShare) throw new NotMeasured(cut);
  if (read > backend.window)
    throw new NotMeasured(l10n.t('The server took in {0} tokens, more than its window.', read));
}

const rounded = (value: number, steps: number): number => Math.round(value * steps) / steps;

/** Tokens a second that a server reads, by its own clock where it tells (glm-protocol.md 4.4). */
function speed({ firstToken, usage }: TimedAnswer, counted: number): number | undefined {
  const read = usage ? usage.promptTokens - (usage.cachedTokens ?? 0) : counted;
  const milliseconds = usage?.promptTime ?? firstToken;
  return read > 0 && milliseconds > 0 ? rounded((1_000 * read) / milliseconds, 10) : undefined;
}

const shareCached = ({ usage }: TimedAnswer): number | undefined =>
  usage?.cachedTokens === undefined ? undefined : rounded(usage.cachedTokens / Math.max(1, usage.promptTokens), 10_000);

/**
 * Measures one size: asks about what was planted while the server reads the prompt for the first time, and about the
 * repository's own definitions once it has it in its cache. What failed is in the result, with what was measured before.
 * @throws the signal's reason when aborted.
 */
export async function measureFill(
  prompt: ProbePrompt,
  { fill, depths }: { readonly fill: number; readonly depths: readonly number[] },
  { backend, retry, now, learn }: MeasuringPorts,
  signal: AbortSignal,
  hear: (event: StreamEvent) => void,
): Promise<FillResult> {
  const { rules, pack, planted, paths, tokens } = prompt;
  // There is always a second request: it tells what the cache is worth.
  const second = prompt.real.length > 0 ? prompt.real : planted;
  const measured: { -readonly [Key in keyof FillResult]: FillResult[Key] } = { fill, countedTokens: tokens };
  const graded: Graded[] = [];

  async function ask(questions: readonly Question[]): Promise<TimedAnswer> {
    const content = askedTogether(questions);
    const request = { rules, pack, messages: [{ role: 'user', content }] as const, question: content, thinking: false };
    const maxTokens = answerRoom(questions.length, backend.window);
    const answer = await timedAnswer(backend, { ...request, maxTokens }, { retry, now }, signal, hear);
    if (!answer.onlyThought) return answer;
    const patient = { ...request, maxTokens: maxTokens + Math.min(thinkingTokens, Math.floor(backend.window / 4)) };
    const { text } = await timedAnswer(backend, patient, { retry, now }, signal, hear);
    return { ...answer, text };
  }

  try {
    const cold = await ask(planted);
    check(backend, prompt, cold);
    const share = shareCached(cold);
    const isCold = (share ?? 0) <= coldShare;
    if (isCold) measured.firstTokenCold = rounded(cold.firstToken, 10);
    if (cold.usage) {
      measured.promptTokens = cold.usage.promptTokens;
      learn(tokens, cold.usage.promptTokens);
    }
    const tokensPerSecond = isCold ? speed(cold, tokens) : undefined;
    if (tokensPerSecond !== undefined) measured.tokensPerSecond = tokensPerSecond;
    graded.push(...gradeAll(planted, cold.text, paths));

    const cached = await ask(second);
    check(backend, prompt, cached);
    measured.firstTokenCached = rounded(cached.firstToken, 10);
    const cachedShare = shareCached(cached);
    if (cachedShare !== undefined) measured.cachedShare = cachedShare;
    graded.push(...gradeAll(prompt.real, cached.text, paths));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof NotMeasured) measured.failure = error.message;
    else if (error instanceof BackendError) measured.failure = error.summary;
    else throw error;
  }
  return graded.length > 0 ? { ...measured, recall: recallOf(graded, depths) } : measured;
}
