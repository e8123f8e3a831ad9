import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { clickAtOnce, runCommand } from './workbench.ts';

/** Milliseconds for one attempt. */
const attempt = 5_000;

/** Chooses from the menu of something. For a moment, a menu that has just been opened takes no clicks. */
export async function chooseFromMenu(page: Page, of: Locator, title: string): Promise<void> {
  const item = page.getByRole('menuitem', { name: title });
  await eventually(async () => {
    await of.first().click({ button: 'right', timeout: attempt });
    await item.waitFor({ timeout: attempt });
  });
  await eventually(async () => {
    if (!(await item.isVisible())) return;
    await item.click({ timeout: 1_000 });
    await item.waitFor({ state: 'hidden', timeout: 1_000 });
  });
}

/** An action in the list of the light bulb. */
export const offered = (page: Page, title: string): Locator =>
  page.locator('.action-widget .monaco-list-row', { hasText: title });

/** Chooses an action for the cursor. The list closes when the language server, still starting, changes what it has to say. */
export async function chooseAction(page: Page, title: string): Promise<void> {
  const action = offered(page, title);
  await eventually(async () => {
    if (!(await action.isVisible())) await page.keyboard.press('Control+.');
    await action.waitFor({ timeout: attempt });
    await clickAtOnce(action, attempt);
    await action.waitFor({ state: 'hidden', timeout: attempt });
  });
}

/** Waits until a notification says something, and clears it away: under the test driver no toasts show, and it waits in the centre. */
export async function isTold(page: Page, words: string, limit?: number): Promise<void> {
  await eventually(async () => {
    await runCommand(page, 'Notifications: Show Notifications');
    await page.locator('.notifications-center', { hasText: words }).waitFor({ timeout: 2_000 });
  }, limit);
  await runCommand(page, 'Notifications: Clear All Notifications');
}

/** Says what an edit on the spot is to do. The list offers it a while after it was typed. */
export async function instruct(page: Page, title: string, instruction: string): Promise<void> {
  await page.locator('.quick-input-title', { hasText: title }).waitFor();
  const input = page.locator('.quick-input-widget input');
  await input.fill(instruction);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: instruction }).waitFor();
  await input.press('Enter');
}
