/** Tokens of target files in one request for edits, beyond the pack: models are distracted by more (peers-chat.md 3). */
const wantedRoom = 25_000;

/** Tokens of the rules, the question and the plan beside pack, targets and answer. */
const besides = 6_000;

/** Tokens for target files in one request, in a window of so many (both in our own tokens). */
export const editRoom = (window: number): number => Math.max(0, Math.min(wantedRoom, Math.floor(window / 2) - besides));

/** Tokens that a pack has to leave free in a window, beside the answer, so that the targets fit behind it. */
export const besidePlan = (window: number): number => editRoom(window) + Math.min(besides, Math.floor(window / 4));

/** What is known of a file that is to be edited. */
export interface Target {
  readonly path: string;
  /** Tokens of its text; 0 for one that is made, or only taken away. */
  readonly tokens: number;
}

/**
 * Shares files out to requests of at most `room` tokens, in their order, so that what was planned together stays together. A
 * file that is longer by itself has a request of its own.
 */
export function batches<T extends Target>(targets: readonly T[], room: number): T[][] {
  const all: T[][] = [];
  let taken = 0;
  for (const target of targets) {
    const last = all.at(-1);
    if (last && taken + target.tokens <= room) {
      last.push(target);
      taken += target.tokens;
    } else {
      all.push([target]);
      taken = target.tokens;
    }
  }
  return all;
}
