/** How a user types in a language, and takes what is suggested. */
export interface Habit {
  /** Share of suggestions that were followed, the latest counting most; 0 to 1. */
  readonly trust: number;
  /** Milliseconds between two keys. */
  readonly interval: number;
}

/** What is learned on this machine, and stays on it. */
export interface Habits {
  of(languageId: string): Habit;
  /** A key was pressed, so many milliseconds after the one before. */
  key(languageId: string, interval: number): void;
  /** A suggestion was shown, and its text typed or accepted, or something else typed in its place. */
  outcome(languageId: string, wasFollowed: boolean): void;
  /** Plain data, to be kept. */
  image(): unknown;
}

/** Before anything is known: most suggestions of a good model are read to their end, and people type five keys a second. */
const unknown: Habit = { trust: 0.6, interval: 200 };

/** Weight of the newest observation. */
const learning = { trust: 0.1, interval: 0.15 };

/** Milliseconds; a longer pause is thinking, not typing. */
const longestInterval = 1_000;

const isHabit = (value: unknown): value is Habit =>
  typeof value === 'object' &&
  value !== null &&
  Number.isFinite((value as Habit).trust) &&
  Number.isFinite((value as Habit).interval);

/** Creates habits from what was kept, if it is that. */
export function createHabits(kept?: unknown): Habits {
  const known = new Map<string, Habit>();
  if (typeof kept === 'object' && kept !== null)
    for (const [language, habit] of Object.entries(kept)) if (isHabit(habit)) known.set(language, habit);
  const of = (language: string): Habit => known.get(language) ?? unknown;
  return {
    of,
    key(language, interval) {
      if (interval <= 0 || interval > longestInterval) return;
      const habit = of(language);
      known.set(language, { ...habit, interval: habit.interval + learning.interval * (interval - habit.interval) });
    },
    outcome(language, wasFollowed) {
      const habit = of(language);
      const trust = habit.trust + learning.trust * ((wasFollowed ? 1 : 0) - habit.trust);
      known.set(language, { ...habit, trust });
    },
    image: () => Object.fromEntries(known),
  };
}
