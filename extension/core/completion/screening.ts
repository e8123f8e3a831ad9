import type { Screening } from '../ports.ts';

/** Whether a file may be completed in, and which of its texts are secrets. */
export interface Screen {
  /** Screens a text, unless it is as good as one that was screened before. @throws where it cannot be screened. */
  check(text: string): Promise<Screening>;
}

/** Characters put in at one place from which on a text is screened before anything is asked; short of that, soon. */
const pasted = 16;
const typed = 8;

/** Milliseconds; ignore rules change, too. */
const believed = 60_000;

/** How many characters a text has that another has not, where the two differ at one place. */
function addedTo(earlier: string, now: string): number {
  const most = Math.min(earlier.length, now.length);
  let start = 0;
  while (start < most && earlier.charCodeAt(start) === now.charCodeAt(start)) start++;
  let end = 0;
  while (end < most - start && earlier.charCodeAt(earlier.length - 1 - end) === now.charCodeAt(now.length - 1 - end))
    end++;
  return now.length - start - end;
}

/** What was found in a text. */
interface Look {
  readonly text: string;
  readonly at: number;
  readonly screening: Screening;
}

/** Creates the screen of one file. What was pasted is screened before anything is asked; what is typed, every few keys. */
export function createScreen(
  screen: (text: string) => Promise<Screening>,
  now: () => number = () => performance.now(),
): Screen {
  let known: Look | undefined;
  let pending: { readonly text: string; readonly look: Promise<Look> } | undefined;

  function anew(text: string): Promise<Look> {
    const look = screen(text).then((screening) => ({ text, at: now(), screening }));
    const mine = { text, look };
    pending = mine;
    look
      .then(
        (done) => {
          if (pending === mine) known = done;
        },
        () => {
          if (pending === mine) known = undefined;
        },
      )
      .finally(() => {
        if (pending === mine) pending = undefined;
      });
    return look;
  }

  /** Whether what was found in one text is found in another, but for a few typed characters. */
  function holds({ text: screened, screening }: Look, text: string): boolean {
    if (addedTo(screened, text) >= pasted) return false;
    // A secret that was edited would pass for none: its old text stands nowhere any more.
    return !('secrets' in screening) || screening.secrets.every((secret) => text.includes(secret));
  }

  return {
    async check(text) {
      if (known && holds(known, text)) {
        // What has been typed is screened behind the user's back.
        const isOld = addedTo(known.text, text) >= typed || now() - known.at > believed;
        if (isOld && !pending) anew(text).catch(() => {});
        return known.screening;
      }
      const under = pending && addedTo(pending.text, text) < pasted ? await pending.look : undefined;
      return under && holds(under, text) ? under.screening : (await anew(text)).screening;
    },
  };
}
