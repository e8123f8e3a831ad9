import { follow } from './follow.ts';
import type { Habits } from './habits.ts';
import type { Place } from './place.ts';
import type { Refusals } from './refusals.ts';

/** Watches what becomes of what is shown. */
export interface Reception {
  /** A suggestion was shown at a place. */
  shown(place: Place, languageId: string, text: string): void;
  /** The user has typed, or gone elsewhere. */
  moved(place: Place): void;
  /** The user has taken it. */
  accepted(): void;
  /** The user has sent it away. */
  dismissed(): void;
}

/** Characters that were typed as suggested, from which on that was no chance. */
const followed = 6;

interface Shown {
  readonly place: Place;
  readonly languageId: string;
  readonly text: string;
}

/** Creates the watch: what is followed earns trust; what is overruled costs some, and is not brought up there again. */
export function createReception(habits: Habits, refusals: Refusals): Reception {
  let open: Shown | undefined;
  /** Something else was typed; what stands there in the end decides. */
  let doubtful: Shown | undefined;

  function settle(wasFollowed: boolean): void {
    if (open) habits.outcome(open.languageId, wasFollowed);
    open = undefined;
  }

  function judge({ path, prefix }: Place): void {
    if (!doubtful) return;
    const { place, text } = doubtful;
    if (path !== place.path || !prefix.startsWith(place.prefix)) {
      doubtful = undefined;
      return;
    }
    const typed = prefix.slice(place.prefix.length);
    const end = typed.indexOf('\n');
    if (end < 0) return;
    // The line was left with something else in it.
    const meant = text.split('\n').find((line) => line.trim() !== '') ?? '';
    if (typed.slice(0, end).trim() !== '' && !typed.trimStart().startsWith(meant.trim())) refusals.refuse(place, text);
    doubtful = undefined;
  }

  return {
    shown(place, languageId, text) {
      // While one is followed, the same one is shown again at every key.
      if (open && follow(open.text, place.prefix.slice(open.place.prefix.length))) return;
      open = { place, languageId, text };
    },
    moved(place) {
      judge(place);
      if (!open) return;
      const isBehind = place.path === open.place.path && place.prefix.startsWith(open.place.prefix);
      const typed = isBehind ? place.prefix.slice(open.place.prefix.length) : undefined;
      // Going away, or deleting, is no answer.
      if (typed === undefined) open = undefined;
      else if (follow(open.text, typed)) {
        if (typed.length >= Math.min(followed, open.text.length)) settle(true);
      } else {
        doubtful = open;
        settle(false);
      }
    },
    accepted: () => settle(true),
    dismissed() {
      if (open) refusals.refuse(open.place, open.text);
      settle(false);
    },
  };
}
