import type { StreamEvent, Usage } from '../../backend/backend.ts';
import { sumOfUsages } from '../../backend/usages.ts';

/** An answer so far, with what an event does to it. */
export function answerText(answer: string, event: { readonly type: string } | StreamEvent): string {
  if (event.type === 'text' && 'text' in event) return answer + event.text;
  return event.type === 'take-back' ? '' : answer;
}

/** Adds up what several requests took. */
export interface UsageSum {
  /** Undefined before anything was added. */
  readonly total: Usage | undefined;
  add(usage: Usage): void;
}

/** Creates a sum of nothing. */
export function createUsageSum(): UsageSum {
  const usages: Usage[] = [];
  return {
    get total() {
      return usages.length > 0 ? sumOfUsages(usages) : undefined;
    },
    add: (usage) => usages.push(usage),
  };
}
