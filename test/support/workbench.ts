import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { eventually, patience } from './eventually.ts';

/** Opens a VS Code window at an address and waits until it is drawn. */
export async function openWindow(
  browser: Browser | BrowserContext,
  url: string,
  size = { width: 1280, height: 800 },
): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  await page.setViewportSize(size);
  await page.goto(url);
  await page.waitForSelector('.monaco-workbench .part.statusbar');
  return page;
}

/** Opens a folder in VS Code and waits until the remote host has listed its files. */
export async function openWorkbench(...where: Parameters<typeof openWindow>): Promise<Page> {
  const page = await openWindow(...where);
  await page.waitForSelector('.explorer-folders-view .monaco-list-row');
  return page;
}

/** Milliseconds for one attempt; a list is opened again where something else takes the keyboard from it. */
const attempt = 5_000;

const quickInput = (page: Page): Locator => page.locator('.quick-input-widget input');

/** The rows of the list that is open. */
export const listRows = (page: Page): Locator => page.locator('.quick-input-list .monaco-list-row:visible');

/** Clicks what is first by then, in one step: rows are used anew while a list fills, and the mouse would hit another. */
export async function clickAtOnce(row: Locator, timeout?: number): Promise<void> {
  await row.first().dispatchEvent('click', undefined, timeout === undefined ? {} : { timeout });
}

/** Chooses a row of the list that is open, or opens soon, by something in it. */
export async function chooseRow(page: Page, text: string | RegExp): Promise<void> {
  await clickAtOnce(listRows(page).filter({ hasText: text }));
}

/** Opens a list with a key, searches it and chooses the row with exactly this label, again until it was taken. */
async function chooseFrom(page: Page, key: string, search: string, label: string): Promise<void> {
  const input = quickInput(page);
  const row = listRows(page).filter({ has: page.getByText(label, { exact: true }) });
  // What was chosen may open a list of its own.
  const isTaken = (searched: string): boolean => {
    const widget = document.querySelector<HTMLElement>('.quick-input-widget');
    return widget?.checkVisibility() !== true || widget.querySelector('input')?.value !== searched;
  };
  // A list that was opened too early never has it: it is tried again soon at first.
  let listing = 500;
  await eventually(async () => {
    await page.keyboard.press(key);
    listing = Math.min(2 * listing, attempt);
    try {
      await input.fill(search, { timeout: attempt });
      // Where the sidebar had the keyboard, VS Code has not heard that Control was let go, and would open to the side.
      await input.press('Shift', { timeout: attempt });
      await clickAtOnce(row, listing);
      await page.waitForFunction(isTaken, search, { timeout: attempt });
    } catch (error) {
      if (await input.isVisible()) await page.keyboard.press('Escape');
      throw error;
    }
  });
}

/** Runs a command by its title in the palette, which does not learn of extensions that are found while it is open. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await chooseFrom(page, 'F1', `>${title}`, title);
}

/** Answers an input box, known by its title: until that shows, the input is still the palette's. */
export async function answerInputBox(page: Page, title: string, text: string): Promise<void> {
  await page.locator('.quick-input-title', { hasText: title }).waitFor();
  await quickInput(page).fill(text);
  await quickInput(page).press('Enter');
}

/** Reloads a window, and waits until the extension runs again. */
export async function reloadWindow(page: Page): Promise<void> {
  await page.reload();
  await page.waitForSelector('.monaco-workbench .part.statusbar');
  await extensionStarted(page);
}

/** Waits until the extension runs: what is typed before gets no suggestion until the next key. */
export async function extensionStarted(page: Page): Promise<void> {
  await page.locator('#glm-coder\\.glm-coder\\.glmCoder').waitFor();
}

/** Shows a file by its path in the folder. */
export async function showFile(page: Page, path: string): Promise<void> {
  const name = path.split('/').at(-1) ?? path;
  // The diff of a proposal has a tab for the same file.
  const tab = page.locator(`.tab.active:is([aria-label="${name}"], [aria-label^="${name},"])`);
  await eventually(async () => {
    await chooseFrom(page, 'Control+P', path, name);
    await tab.waitFor({ timeout: attempt });
  });
  await quickInput(page).waitFor({ state: 'hidden' });
}

/** The text editor that shows a file, or whichever one shows; an editor in a diff, a notebook or a comment is another. */
const textEditor = (page: Page, path?: string): Locator =>
  page.locator(`.editor-instance > .monaco-editor${path === undefined ? '' : `[data-uri$="/${path}"]`}`);

/** Shows a file as text, and clicks into it. The text changes a while after the tab. */
export async function openFile(page: Page, path: string): Promise<void> {
  await eventually(async () => {
    await showFile(page, path);
    await textEditor(page, path).locator('.view-lines').first().click({ timeout: attempt });
    await textEditor(page, path).and(page.locator('.focused')).waitFor({ timeout: attempt });
  });
}

/** What the status bar says while the cursor is at a 1-based line, and in a column where it is given. */
export const cursorAt = (page: Page, line: number, column?: number): Locator =>
  page.locator('#status\\.editor\\.selection', { hasText: new RegExp(`Ln ${line}, Col ${column ?? '\\d+'}\\b`) });

/** Puts the cursor at a 1-based line, and at its end where no column is given. */
export async function goToLine(page: Page, line: number, column?: number): Promise<void> {
  const place = `:${line}${column === undefined ? '' : `:${column}`}`;
  await eventually(async () => {
    await page.keyboard.press('Control+G');
    await quickInput(page).fill(place, { timeout: attempt });
    await quickInput(page).press('Enter', { timeout: attempt });
    await cursorAt(page, line, column).waitFor({ timeout: attempt });
  });
  await quickInput(page).waitFor({ state: 'hidden' });
  await textEditor(page).and(page.locator('.focused')).waitFor();
  if (column === undefined) await page.keyboard.press('End');
}

/** Types into the focused editor as a person does, a key at a time. */
export async function typeText(page: Page, text: string, delay = 40): Promise<void> {
  await page.keyboard.type(text, { delay });
}

/** The ghost text on the screen: its first line stands in the code in pieces, further lines below it. */
export async function ghostText(page: Page): Promise<string> {
  const first = await page.locator('.ghost-text-decoration').allTextContents();
  const further = await page.locator('.ghost-text').allTextContents();
  return plainSpaces([first.join(''), ...further].join('\n').trimEnd());
}

/** The editor shows spaces as no-break spaces. */
const plainSpaces = (text: string): string => text.replaceAll('\u00a0', ' ');

/** The visible lines of the active editor. */
export async function visibleCode(page: Page): Promise<string> {
  const lines = await textEditor(page).locator('.view-lines').first().locator('.view-line').allTextContents();
  return plainSpaces(lines.join('\n'));
}

/** Waits until the active editor shows some text: it is drawn a while after it has changed. */
export async function codeShows(page: Page, text: RegExp): Promise<void> {
  await eventually(async () => assert.match(await visibleCode(page), text));
}

/** Waits until there is ghost text of this kind. What showed before stays until something else takes its place. */
export async function ghostTextShows(page: Page, text: RegExp): Promise<void> {
  await eventually(async () => assert.match(await ghostText(page), text));
}

/** Finds the frame of a webview by something in it: a webview is a frame in a frame. */
export async function webviewFrame(page: Page, selector: string, timeout = patience): Promise<Frame> {
  const deadline = Date.now() + timeout;
  for (;;) {
    for (const frame of page.frames()) {
      if (
        (await frame
          .locator(selector)
          .count()
          .catch(() => 0)) > 0
      )
        return frame;
    }
    if (Date.now() > deadline) throw new Error(`no webview shows ${selector} after ${timeout} ms`);
    await page.waitForTimeout(100);
  }
}
