import type { Backend } from '../backend/backend.ts';
import type { Habit } from './habits.ts';

/** How long the answers of a backend take, and what asking it costs. */
export interface Pace {
  readonly kind: Backend['kind'];
  /** Milliseconds to the first token, as measured lately; undefined before the first answer. */
  readonly latency: number | undefined;
}

/** Rests as a multiple of the user's own interval between keys: at one and a quarter the next key is overdue. */
const overdue = 1.25;

/** Milliseconds for which a server that answers fast is not asked again: keys come in bursts. */
const burst = 15;

/**
 * Milliseconds to rest before a request. Where asking is free and answers are fast, none: a request that is kept while the
 * user types on costs nothing. Where it answers slowly, the less a user follows suggestions the longer, up to where the
 * next key is overdue; where it is charged for, half as long again. `most` is the user's limit.
 */
export function delay(habit: Habit, pace: Pace, isUrgent: boolean, most: number): number {
  if (isUrgent) return 0;
  if (pace.kind === 'embedded') return Math.min(most, burst);
  const pause = overdue * habit.interval;
  const isSlow = (pace.latency ?? 0) > 3 * habit.interval;
  if (pace.kind === 'local' && !isSlow) return Math.min(most, burst);
  return Math.min(most, Math.max(burst, (1 - habit.trust) * pause + (pace.kind === 'hosted' ? 0.5 * pause : 0)));
}
