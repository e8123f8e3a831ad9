import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { goToLine, showFile } from '../../support/workbench.ts';
import type { Stretch, Visit } from './script.ts';

/** How somebody types. Times are milliseconds. */
export interface Manner {
  readonly perKey: number;
  readonly atLineEnd: number;
  /** Every so many words two wrong letters are typed and taken back; never where it is 0. */
  readonly slipsEvery: number;
}

/** A key that was pressed. */
export interface Stroke {
  readonly key: string;
  readonly stretch: Stretch;
  /** How far the stretch stands in the text after the key: an offset in the whole file. */
  readonly at: number;
  /** Letters behind that which do not belong there. */
  readonly slipped: string;
  /** A character of the text, not an indentation or a correction. */
  readonly isText: boolean;
}

const closer = /^[)\]}]/;
const slip = 'qz';

/** Milliseconds until a slip is noticed. */
const noticing = 200;

/** The 1-based column of the cursor, as the status bar has it. */
async function column(page: Page): Promise<number> {
  const text = await page.locator('#status\\.editor\\.selection').innerText();
  return Number(/(?:Col|列) ?(\d+)/.exec(text)?.[1] ?? 0);
}

/** Waits for what the editor does a moment later. */
async function until(isDone: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 50; tries > 0; tries--) {
    if (await isDone()) return true;
    await wait(10);
  }
  return false;
}

/** Shows a file by its path, and puts the cursor at the end of a line. */
export async function sitDown(page: Page, path: string, line: number): Promise<void> {
  await showFile(page, path);
  await goToLine(page, line);
}

/** A person at the keyboard, with a log of what was pressed. */
export interface Typist {
  readonly strokes: readonly Stroke[];
  /** Types a visit, beginning with a line break; the cursor stands at the end of the line before its first. */
  type(stretch: Stretch, visit: Visit): Promise<void>;
}

/** Creates a typist. */
export function createTypist(page: Page, { perKey, atLineEnd, slipsEvery }: Manner): Typist {
  const strokes: Stroke[] = [];
  let due = 0;
  let words = 0;

  /** Keys fall at a steady beat: what the page takes to handle one is part of it. */
  async function press(key: string, stroke: Omit<Stroke, 'key'>): Promise<void> {
    const now = performance.now();
    if (due > now) await page.waitForTimeout(due - now);
    due = Math.max(now, due) + perKey;
    strokes.push({ key, ...stroke });
    await page.keyboard.press(key === ' ' ? 'Space' : key);
  }

  async function rest(milliseconds: number): Promise<void> {
    await page.waitForTimeout(milliseconds);
    due = performance.now();
  }

  async function indent(stretch: Stretch, at: number, wanted: number): Promise<void> {
    const stroke = { stretch, at, slipped: '', isText: false };
    for (let now = await column(page), tries = 40; now - 1 !== wanted && tries > 0; tries--) {
      await press(now - 1 > wanted ? 'Backspace' : ' ', stroke);
      const before = now;
      await until(async () => (await column(page)) !== before);
      now = await column(page);
    }
  }

  async function slipUp(stretch: Stretch, at: number): Promise<void> {
    for (let length = 1; length <= slip.length; length++)
      await press(slip[length - 1] ?? '', { stretch, at, slipped: slip.slice(0, length), isText: false });
    await rest(noticing);
    for (let length = slip.length - 1; length >= 0; length--)
      await press('Backspace', { stretch, at, slipped: slip.slice(0, length), isText: false });
  }

  return {
    strokes,
    async type(stretch, { first, last }) {
      const lines = stretch.text.split('\n');
      let at = lines.slice(0, first - 1).join('\n').length + 1;
      due = performance.now();
      await press('Enter', { stretch, at, slipped: '', isText: false });
      await rest(atLineEnd);
      for (let number = first; number <= last; number++) {
        const line = lines[number - 1] ?? '';
        const content = line.trimStart();
        const depth = line.length - content.length;
        at += depth;
        // The editor puts a closing bracket where it belongs once it is typed.
        if (content !== '' && !closer.test(content)) await indent(stretch, at, depth);
        for (const [index, character] of [...content].entries()) {
          const isWord = index > 0 && /\W/.test(content[index - 1] ?? '') && /\w/.test(character);
          if (isWord && slipsEvery > 0 && ++words % slipsEvery === 0) await slipUp(stretch, at);
          at += character.length;
          await press(character, { stretch, at, slipped: '', isText: true });
          if (index === 0 && closer.test(content)) {
            const isInPlace = await until(async () => (await column(page)) - 1 === depth + 1);
            if (!isInPlace) throw new Error(`${stretch.path}:${number}: the bracket is not where it belongs`);
          }
        }
        if (number === last) break;
        at += 1;
        await press('Enter', { stretch, at, slipped: '', isText: false });
        await rest(atLineEnd);
      }
    },
  };
}
