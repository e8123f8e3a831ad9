import type { Backend } from '../backend/backend.ts';
import type { Landing } from './flight.ts';

/** How fast servers read prompts, as measured. */
export interface Speeds {
  /** Prompt tokens a second, as known when this session began: were it to change within one, so would every prompt. */
  known(backend: Backend): number | undefined;
  /** Learns from an answer. */
  landed(backend: Backend, landing: Landing): void;
  /** Plain data, to be kept. */
  image(): unknown;
}

/** Tokens from which on a reading says something of the speed. */
const telling = 2_000;

/** Servers that are remembered. */
const most = 20;

/** Creates the memory of speeds from what was kept, if it is that. */
export function createSpeeds(kept?: unknown): Speeds {
  const atStart = new Map<string, number>();
  if (typeof kept === 'object' && kept !== null)
    for (const [name, speed] of Object.entries(kept)) if (Number.isFinite(speed) && speed > 0) atStart.set(name, speed);
  const now = new Map(atStart);
  return {
    known: ({ label }) => atStart.get(label),
    landed({ label }, { usage, milliseconds, answeredBy }) {
      // What another server did in its place says nothing of this one.
      if (answeredBy !== undefined || usage?.cachedTokens === undefined) return;
      const evaluated = usage.promptTokens - usage.cachedTokens;
      if (evaluated < telling) return;
      now.delete(label);
      now.set(label, Math.round((1_000 * evaluated) / milliseconds));
    },
    image: () => Object.fromEntries([...now].slice(-most)),
  };
}
