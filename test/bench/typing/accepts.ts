import { quantile, strip } from './judge.ts';
import type { OracleManner } from './oracle.ts';
import { ignoredFile, threeLanguages } from './script.ts';
import { looking, withOracle } from './session.ts';
import type { Extension } from './stage.ts';
import { sitDown } from './typist.ts';
import { takeSights } from './watch.ts';

/** What came after suggestions were accepted. Times are milliseconds. */
export interface Accepts {
  readonly accepted: number;
  /** From Tab to the next suggestion on the screen; a wait in vain counts as the longest wait. */
  readonly nextMedian: number;
  readonly nextP95: number;
  /** The same without what VS Code takes to put the accepted text in: from when that is on the screen. */
  readonly fromTextMedian: number;
  /** Requests and ghosts while somebody typed in a file that git ignores. */
  readonly requestsInIgnoredFile: number;
  readonly ghostsInIgnoredFile: number;
}

/** The longest wait for a suggestion. */
const patience = 3_000;

/** Milliseconds between two looks at what the page has noted: each look holds up the page. */
const polling = 150;

/** Milliseconds in which a person reads a suggestion before accepting it. */
const reading = 700;

const typedInIgnoredFile = '  steps: ["buy", "sell"],\n  owner: "me",\n';

/** Accepts whatever is suggested until the visits are done, and types in an ignored file at the end. */
export function acceptAll(manner: OracleManner, extension: Extension | 'instant'): Promise<Accepts> {
  return withOracle(manner, extension, async ({ stage: { page }, scene, oracle }) => {
    const times: number[] = [];
    const fromText: number[] = [];

    /** The first ghost text after a moment that is right for what is left, when it came, and when the one before it went. */
    async function ghostAfter(moment: number, left: string): Promise<{ at: number; goneAt: number } | undefined> {
      for (const end = Date.now() + patience; Date.now() < end; ) {
        const { ghosts } = await takeSights(page, false);
        const found = ghosts.find(({ at, text }) => at > moment && text !== '' && left.startsWith(strip(text)));
        const goneAt = ghosts.find(({ at }) => at > moment)?.at ?? moment;
        if (found) return { at: found.at, goneAt };
        await page.waitForTimeout(polling);
      }
      return undefined;
    }

    for (const visit of threeLanguages) {
      const stretch = scene.of(visit);
      const from = stretch.text
        .split('\n')
        .slice(0, visit.first - 1)
        .join('\n').length;
      const to = stretch.text.split('\n').slice(0, visit.last).join('\n').length;
      let rest = strip(stretch.text.slice(from, to));
      await sitDown(page, visit.path, visit.first - 1);
      await page.waitForTimeout(looking);
      await takeSights(page);
      const enteredAt = Date.now();
      await page.keyboard.press('Enter');
      let ghost = await ghostAfter(enteredAt, rest);
      while (ghost && rest !== '') {
        await page.waitForTimeout(reading);
        const shown = (await takeSights(page)).ghosts.at(-1)?.text ?? '';
        // What stands behind the visit's last line is left for later.
        if (shown === '' || !rest.startsWith(strip(shown))) break;
        rest = rest.slice(strip(shown).length);
        await page.keyboard.press('Tab');
        if (rest === '') break;
        await page.waitForTimeout(polling);
        const pressedAt = (await keyDownAt(page, 'Tab')) ?? Date.now();
        ghost = await ghostAfter(pressedAt, rest);
        times.push(ghost ? ghost.at - pressedAt : patience);
        fromText.push(ghost ? ghost.at - ghost.goneAt : patience);
      }
      await page.keyboard.press('Escape');
    }

    await sitDown(page, ignoredFile, 1);
    await page.waitForTimeout(looking);
    const before = oracle.requests.length;
    await takeSights(page);
    await page.keyboard.type(`\n${typedInIgnoredFile}`, { delay: 60 });
    await page.waitForTimeout(looking);
    const { ghosts } = await takeSights(page);
    return {
      accepted: times.length,
      nextMedian: quantile(times, 0.5),
      nextP95: quantile(times, 0.95),
      fromTextMedian: quantile(fromText, 0.5),
      requestsInIgnoredFile: oracle.requests.length - before,
      ghostsInIgnoredFile: ghosts.filter(({ text }) => text !== '').length,
    };
  });
}

async function keyDownAt(page: Parameters<typeof takeSights>[0], key: string): Promise<number | undefined> {
  return (await takeSights(page, false)).keys.findLast((noted) => noted.key === key)?.at;
}
