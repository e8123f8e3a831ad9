import type { Screening } from '../ports.ts';

/** Whether a file may be completed in, and which of its texts are secrets. */
export interface Screen {
  /** Screens a text, unless it is as good as one that was screened before. @throws where it cannot be screened. */
  check(text: string): Promise<Screening>;
}

/** Characters by which a text may grow by typing before it is screened again. */
const grown = 200;

/** Characters that arrive at once only by pasting. */
const pasted = 16;

/** Milliseconds; ignore rules change, too. */
const believed = 60_000;

/** Creates the screen of one file. What was pasted is screened before anything is asked; what is typed, now and then. */
export function createScreen(
  screen: (text: string) => Promise<Screening>,
  now: () => number = () => performance.now(),
): Screen {
  let last: { readonly length: number; readonly at: number; readonly result: Promise<Screening> } | undefined;
  let seen = 0;

  function anew(text: string): Promise<Screening> {
    const result = screen(text);
    const mine = { length: text.length, at: now(), result };
    last = mine;
    result.catch(() => {
      if (last === mine) last = undefined;
    });
    return result;
  }

  return {
    check(text) {
      const leap = text.length - seen;
      seen = text.length;
      if (!last || leap >= pasted) return anew(text);
      const { result, length, at } = last;
      // What has been typed is screened behind the user's back: each request waits for the last answer only.
      if (Math.abs(text.length - length) > grown || now() - at > believed) void anew(text);
      return result;
    },
  };
}

/** A text without the secrets that were found in it; their length stays, so that the places in it do. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let out = text;
  for (const secret of secrets) out = out.replaceAll(secret, (found) => '*'.repeat(found.length));
  return out;
}
