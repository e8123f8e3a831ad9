import type { Usage } from '../backend/backend.ts';

/** What came of the suggestions in one language. */
export interface Tally {
  readonly shown: number;
  readonly accepted: number;
  /** Of the accepted ones, those that still stood half a minute later, and those of which that is known. */
  readonly kept: number;
  readonly judged: number;
  readonly characters: number;
  /** Prompt tokens, and those of them that servers took from their caches. */
  readonly promptTokens: number;
  readonly cachedTokens: number;
  /** Answers that came without a request. */
  readonly reused: number;
  /** Milliseconds from request to suggestion, the latest ones. */
  readonly latencies: readonly number[];
}

/** Counts on this machine; nothing of it is sent anywhere. */
export interface Statistics {
  shown(languageId: string, milliseconds: number, wasReused: boolean): void;
  /** An answer came, whether it was shown or not. */
  answered(languageId: string, usage: Usage): void;
  accepted(languageId: string, characters: number): void;
  judged(languageId: string, wasKept: boolean): void;
  tallies(): ReadonlyMap<string, Tally>;
  clear(): void;
  /** Plain data, to be kept. */
  image(): unknown;
}

const empty: Tally = {
  shown: 0,
  accepted: 0,
  kept: 0,
  judged: 0,
  characters: 0,
  promptTokens: 0,
  cachedTokens: 0,
  reused: 0,
  latencies: [],
};

const latenciesKept = 200;

const isTally = (value: unknown): value is Tally =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(empty).every(([name, sample]) => {
    const own = (value as Record<string, unknown>)[name];
    return Array.isArray(sample) ? Array.isArray(own) && own.every(Number.isFinite) : Number.isFinite(own);
  });

/** Creates statistics from what was kept, if it is that. */
export function createStatistics(kept?: unknown): Statistics {
  const known = new Map<string, Tally>();
  if (typeof kept === 'object' && kept !== null)
    for (const [language, tally] of Object.entries(kept)) if (isTally(tally)) known.set(language, tally);

  function change(language: string, by: (tally: Tally) => Partial<Tally>): void {
    const tally = known.get(language) ?? empty;
    known.set(language, { ...tally, ...by(tally) });
  }

  return {
    shown: (language, milliseconds, wasReused) =>
      change(language, (tally) => ({
        shown: tally.shown + 1,
        reused: tally.reused + (wasReused ? 1 : 0),
        latencies: wasReused ? tally.latencies : [...tally.latencies, milliseconds].slice(-latenciesKept),
      })),
    answered: (language, { promptTokens, cachedTokens }) =>
      change(language, (tally) => ({
        // What a server does not tell cannot be counted as read anew.
        promptTokens: tally.promptTokens + (cachedTokens === undefined ? 0 : promptTokens),
        cachedTokens: tally.cachedTokens + (cachedTokens ?? 0),
      })),
    accepted: (language, characters) =>
      change(language, (tally) => ({
        accepted: tally.accepted + 1,
        characters: tally.characters + characters,
      })),
    judged: (language, wasKept) =>
      change(language, (tally) => ({ judged: tally.judged + 1, kept: tally.kept + (wasKept ? 1 : 0) })),
    tallies: () => known,
    clear: () => known.clear(),
    image: () => Object.fromEntries(known),
  };
}
