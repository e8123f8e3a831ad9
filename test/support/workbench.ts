import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';

/** Opens a VS Code window at an address and waits until it is drawn. */
export async function openWindow(
  browser: Browser | BrowserContext,
  url: string,
  size = { width: 1280, height: 800 },
): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewportSize(size);
  await page.goto(url);
  await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
  return page;
}

/** Opens a folder in VS Code and waits until the remote host has listed its files. */
export async function openWorkbench(...where: Parameters<typeof openWindow>): Promise<Page> {
  const page = await openWindow(...where);
  await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 60_000 });
  return page;
}

/**
 * Runs a command by its title in the palette. The palette does not learn of extensions that are found while it is
 * open, and closes when something else takes the keyboard, so it is opened again until the command is there.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget input');
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  for (let tries = 20; ; tries--) {
    await page.keyboard.press('F1');
    const found = await input
      .fill(`>${title}`, { timeout: 2_000 })
      .then(() => row.waitFor({ timeout: 2_000 }))
      // The list is filtered a moment later, and Enter would run whatever is first by then.
      .then(() => row.click({ timeout: 2_000 }))
      .then(
        () => true,
        () => false,
      );
    if (found) return;
    if (tries === 0) throw new Error(`there is no command "${title}"`);
    await page.keyboard.press('Escape');
  }
}

/** Answers an input box, known by its title: until that shows, the input is still the palette's. */
export async function answerInputBox(page: Page, title: string, text: string): Promise<void> {
  await page.locator('.quick-input-title', { hasText: title }).waitFor();
  await page.locator('.quick-input-widget input').fill(text);
  await page.keyboard.press('Enter');
}

/** Waits until the extension runs: what is typed before gets no suggestion until the next key. */
export async function extensionStarted(page: Page): Promise<void> {
  await page.locator('#glm-coder\\.glm-coder\\.glmCoder').waitFor({ timeout: 60_000 });
}

/** Shows a file by its path in the folder; the list is opened again where something else takes the keyboard from it. */
export async function showFile(page: Page, path: string): Promise<void> {
  const input = page.locator('.quick-input-widget input');
  const name = path.split('/').at(-1) ?? path;
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
  for (let tries = 10; ; tries--) {
    await page.keyboard.press('Control+P');
    const chosen = input
      .fill(path, { timeout: 2_000 })
      // The list is filtered a moment later: click the row, whichever is first by then.
      .then(() => row.click({ timeout: 2_000 }));
    if (
      await chosen.then(
        () => true,
        () => false,
      )
    )
      break;
    if (tries === 0) throw new Error(`there is no file "${path}" to show`);
    await page.keyboard.press('Escape');
  }
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await input.waitFor({ state: 'hidden' });
}

/** Shows a file, and clicks into it. */
export async function openFile(page: Page, path: string): Promise<void> {
  await showFile(page, path);
  await page.locator('.editor-instance .view-lines').first().waitFor();
  await page.locator('.editor-instance .view-lines').first().click();
}

/** Puts the cursor at a 1-based line, and at its end where no column is given. */
export async function goToLine(page: Page, line: number, column?: number): Promise<void> {
  await page.keyboard.press('Control+G');
  const input = page.locator('.quick-input-widget input');
  await input.waitFor();
  await input.fill(`:${line}${column === undefined ? '' : `:${column}`}`);
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
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
  const lines = await page.locator('.editor-instance .view-lines').first().locator('.view-line').allTextContents();
  return plainSpaces(lines.join('\n'));
}

/** Waits until ghost text shows and returns it. */
export async function waitForGhostText(page: Page, timeout = 20_000): Promise<string> {
  await page.locator('.ghost-text-decoration, .ghost-text').first().waitFor({ timeout });
  return ghostText(page);
}

/** Finds the frame of a webview by something in it: a webview is a frame in a frame. */
export async function webviewFrame(page: Page, selector: string, timeout = 20_000): Promise<Frame> {
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
