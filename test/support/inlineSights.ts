import type { Page } from 'playwright-core';

const item = '#glm-coder\\.glm-coder\\.glmCoder';

/** Waits until the extension's item in the status bar says something. */
export async function statusSays(page: Page, words: string): Promise<void> {
  await page.locator(`${item}[aria-label*="${words}"]`).waitFor();
}

/** Waits until the tooltip of that item says something. */
export async function tooltipSays(page: Page, words: string): Promise<void> {
  await page.locator(item).hover();
  await page.locator('.workbench-hover:visible', { hasText: words }).waitFor();
}

/** Waits until ghost text on the screen has something in it: a piece of one line. */
export async function ghostTextHas(page: Page, words: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const pieces = [...document.querySelectorAll('.ghost-text-decoration, .suggest-preview-text .view-line')];
    const text = pieces.map((each) => each.textContent).join('');
    return text.replaceAll('\u00a0', ' ').includes(wanted);
  }, words);
}
