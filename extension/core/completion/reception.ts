import { follow } from './follow.ts';
import type { Habits } from './habits.ts';
import type { Suggestion } from './inlineRequest.ts';
import type { Place } from './place.ts';
import type { Refusals } from './refusals.ts';

/** Watches what becomes of what is shown. */
export interface Reception {
  /** Suggestions were handed to the editor for a place, the one that it shows first. */
  shown(place: Place, languageId: string, suggestions: readonly Suggestion[]): void;
  /** What the editor was handed last, while the cursor is where that was for. */
  at(place: Place): readonly Suggestion[];
  /** The user has typed, or gone elsewhere. Returns the suggestion that was accepted with it, if one was. */
  moved(place: Place): Suggestion | undefined;
  /** The user has sent it away. */
  dismissed(): void;
}

/** Characters that were typed as suggested, from which on that was no chance. */
const followed = 6;

interface Shown {
  readonly place: Place;
  readonly languageId: string;
  readonly suggestions: readonly Suggestion[];
}

/**
 * Whether a suggestion for one place was taken over whole to arrive at another. The cursor may have been left in front of
 * closers that were there before.
 */
function isTaken(from: Place, { text, before = 0 }: Suggestion, to: Place): boolean {
  const whole = from.prefix.slice(0, from.prefix.length - before) + text;
  return to.path === from.path && whole.startsWith(to.prefix) && to.suffix.startsWith(whole.slice(to.prefix.length));
}

/** Characters that an input method puts in at once, at the most. */
const composed = 4;

/** Whether a text can have been typed with one key, or committed by an input method. */
function isTyped(text: string): boolean {
  const length = [...text].length;
  return length < 2 || (length <= composed && /^[^\p{ASCII}]+$/u.test(text));
}

/** What was typed between two places; undefined where more has changed than that. */
const typedBetween = (from: Place, to: Place): string | undefined =>
  to.path === from.path && to.prefix.startsWith(from.prefix) ? to.prefix.slice(from.prefix.length) : undefined;

/** Creates the watch: what is followed earns trust; what is overruled costs some, and is not brought up there again. */
export function createReception(habits: Habits, refusals: Refusals): Reception {
  /** What the editor was handed last. */
  let latest: Shown | undefined;
  /** Where the user begins to follow it: while they do, the same one is shown again at every key. */
  let open: Shown | undefined;
  /** Something else was typed; what stands there in the end decides. */
  let doubtful: Shown | undefined;
  let last: Place | undefined;

  const textOf = ({ suggestions }: Shown): string => suggestions[0]?.text ?? '';

  function settle(wasFollowed: boolean): void {
    if (open) habits.outcome(open.languageId, wasFollowed);
    open = undefined;
  }

  function judge(place: Place): void {
    if (!doubtful) return;
    const typed = typedBetween(doubtful.place, place);
    const end = typed?.indexOf('\n') ?? 0;
    if (end < 0) return;
    // The line was left with something else in it.
    const text = textOf(doubtful);
    const meant = text.split('\n').find((line) => line.trim() !== '') ?? '';
    if (typed && typed.slice(0, end).trim() !== '' && !typed.trimStart().startsWith(meant.trim()))
      refusals.refuse(doubtful.place, text);
    doubtful = undefined;
  }

  /** VS Code tells of an accepted suggestion late, and only by a detour; the text tells it at once. */
  function takenAt(place: Place): Suggestion | undefined {
    const from = latest;
    if (!from || !last) return undefined;
    const grown = place.prefix.slice(last.prefix.length);
    return from.suggestions.find((suggestion) => {
      // One that takes back indentation leaves what typing cannot.
      const isBeyondTyping = (suggestion.before ?? 0) > 0 || !isTyped(grown);
      return isBeyondTyping && isTaken(from.place, suggestion, place);
    });
  }

  function watch(place: Place): void {
    if (!open) return;
    const text = textOf(open);
    const typed = typedBetween(open.place, place);
    // Going away, or deleting, is no answer.
    if (typed === undefined) open = undefined;
    else if (follow(text, typed)) {
      if (typed.length >= Math.min(followed, text.length)) settle(true);
    } else {
      doubtful = open;
      settle(false);
    }
  }

  return {
    shown(place, languageId, suggestions) {
      latest = { place, languageId, suggestions };
      last = place;
      if (open && follow(textOf(open), place.prefix.slice(open.place.prefix.length))) return;
      open = latest;
    },
    at(place) {
      const isThere = latest?.place.path === place.path && latest.place.prefix === place.prefix;
      return isThere ? (latest?.suggestions ?? []) : [];
    },
    moved(place) {
      const taken = takenAt(place);
      last = place;
      judge(place);
      if (taken) settle(true);
      else watch(place);
      const typed = latest && typedBetween(latest.place, place);
      const isFollowed = latest && typed !== undefined && follow(textOf(latest), typed) !== undefined;
      if (taken || !isFollowed) latest = undefined;
      return taken;
    },
    dismissed() {
      const shown = latest ?? open;
      // What was on the screen may be the rest of what the user had begun to type.
      const typed = shown && last ? typedBetween(shown.place, last) : undefined;
      const rest = shown && typed !== undefined ? follow(textOf(shown), typed)?.text : undefined;
      if (last && rest) refusals.refuse(last, rest);
      settle(false);
      latest = undefined;
    },
  };
}
