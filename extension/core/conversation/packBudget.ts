/** Tokens for templates, rules and the conversation's own text beside the pack. */
const besidesPack = 6_000;

/** What stays free of that for what will be said later, where more than the rest of it is said already. */
const saidLater = 2_000;

/**
 * The budget that fits a window, next to the answer and the conversation, of which so many tokens are said; never below
 * nothing. `besides` is what has to stay free at least.
 */
export function packBudget(wanted: number, window: number, maxTokens: number, said = 0, besides = 0): number {
  const later = Math.min(saidLater, Math.floor(window / 16));
  const beside = Math.max(Math.min(besidesPack, Math.floor(window / 4)), said + later, besides);
  return Math.max(0, Math.min(wanted, window - beside - Math.min(maxTokens, Math.floor(window / 4))));
}
