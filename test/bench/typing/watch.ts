import type { Page } from 'playwright-core';

/** What the page saw. Times are milliseconds since the epoch. */
export interface Sights {
  /** Every key as it went down, with the ghost text that was on the screen, and when the screen had followed it. */
  readonly keys: readonly {
    readonly at: number;
    readonly key: string;
    readonly ghost: string;
    readonly drawnAt: number;
  }[];
  /** Every change of the ghost text; empty where it went. */
  readonly ghosts: readonly { readonly at: number; readonly text: string }[];
}

/** Has the page note keys and ghost text, frame by frame. */
export async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sights: { keys: object[]; ghosts: object[] } = { keys: [], ghosts: [] };
    Object.assign(window, { sights });
    const now = () => performance.timeOrigin + performance.now();
    /** The first line stands among the code in pieces, further ones below it. */
    const ghost = (): string => {
      const first = [...document.querySelectorAll('.ghost-text-decoration')].map((each) => each.textContent).join('');
      const further = [...document.querySelectorAll('.suggest-preview-text .view-line')].map(
        (each) => each.textContent,
      );
      return [first, ...further].join('\n').replaceAll('\u00a0', ' ').trimEnd();
    };
    let shown = '';
    Object.assign(window, { shownGhost: () => shown });
    // A message that is sent as a frame begins arrives once it is drawn: what the editor puts into a frame is seen with it.
    const drawn = new MessageChannel();
    drawn.port1.onmessage = () => {
      const text = ghost();
      if (text === shown) return;
      shown = text;
      sights.ghosts.push({ at: now(), text });
    };
    const look = () => {
      drawn.port2.postMessage(undefined);
      requestAnimationFrame(look);
    };
    look();
    const note = ({ key }: KeyboardEvent) => {
      const noted = { at: now(), key, ghost: ghost(), drawnAt: Number.POSITIVE_INFINITY };
      sights.keys.push(noted);
      // The editor draws in the next frame, after what was noted for that frame earlier.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          noted.drawnAt = now();
        }),
      );
    };
    window.addEventListener('keydown', note, { capture: true });
  });
}

/** What was seen so far; the notes begin anew, with what is on the screen, unless they are to be kept. */
export async function takeSights(page: Page, beginsAnew = true): Promise<Sights> {
  return page.evaluate((isTaken) => {
    type Noted = { sights: { keys: object[]; ghosts: object[] }; shownGhost: () => string };
    const { sights, shownGhost } = window as unknown as Noted;
    const copy = { keys: sights.keys, ghosts: sights.ghosts };
    if (!isTaken) return copy;
    sights.keys = [];
    sights.ghosts = [{ at: performance.timeOrigin + performance.now(), text: shownGhost() }];
    return copy;
  }, beginsAnew) as Promise<Sights>;
}
