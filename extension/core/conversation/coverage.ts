import type { CoverageView } from '../../protocol/reading.ts';
import type { Backend } from '../backend/backend.ts';
import type { Pack } from '../pack.ts';
import { packBudget } from './packBudget.ts';

/** Paths that are named to the page for each reason. */
const named = 30;

/** How much larger a budget must be to be worth a question; below, the model's own way of counting takes it up. */
const worthWidening = 1.25;

/** Tokens of answer that a prompt leaves room for, as the core has it. */
const answerTokens = 8_192;

/** The largest budget of a pack for a window, in tokens. */
export const largestBudget = (window: number): number => packBudget(Number.POSITIVE_INFINITY, window, answerTokens);

/** What share of the repository a pack is, for a backend; undefined where that is not known of it. */
export function coverageOf(
  { tokens, files, budget, repository }: Pack,
  { window, prices }: Pick<Backend, 'window' | 'prices'>,
): CoverageView | undefined {
  if (!repository) return undefined;
  const count = (...levels: readonly string[]): number => files.filter(({ level }) => levels.includes(level)).length;
  const whole = count('full');
  const isAll = whole >= repository.files;
  return {
    tokens,
    wholeTokens: isAll ? tokens : Math.max(tokens, repository.tokens),
    files: repository.files,
    whole,
    inPart: count('skeleton', 'excerpt'),
    nameOnly: count('name'),
    ...(prices?.chat ? { price: (tokens * prices.chat.input) / 1_000_000 } : {}),
    leftOut: repository.leftOut.map(({ paths, ...group }) => ({
      ...group,
      paths: paths.split('\n', named),
    })),
    canWiden: !isAll && largestBudget(window) >= budget * worthWidening,
  };
}

/** Whether a pack holds everything that may be read. */
export const holdsAll = ({ files, repository }: Pack): boolean =>
  repository !== undefined && files.filter(({ level }) => level === 'full').length >= repository.files;
