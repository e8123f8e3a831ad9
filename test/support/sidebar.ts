import type { Frame, Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { chooseRow, clickAtOnce, listRows, runCommand, webviewFrame } from './workbench.ts';

/** The input of the sidebar. */
export const composer = (chat: Frame): Locator => chat.locator('.composer textarea');

/** Waits until the sidebar has the keyboard: it would take it from what is done next. */
export async function keyboardIsIn(page: Page): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.tagName === 'IFRAME');
}

/** Milliseconds for the sidebar to show. */
const showing = 15_000;

/** Opens the sidebar, and waits until it has the keyboard. A command may be lost where the palette closes by itself. */
export async function openChat(page: Page): Promise<Frame> {
  const chat = await eventually(async () => {
    await runCommand(page, 'GLM Coder: Open Chat');
    return webviewFrame(page, '.composer textarea', showing);
  });
  await keyboardIsIn(page);
  await chat.waitForFunction(() => document.activeElement?.matches('.composer textarea'));
  return chat;
}

/** Says something in the chat that is open, and returns the turn of its answer. */
export async function send(chat: Frame, text: string): Promise<Locator> {
  const turns = chat.locator('.turn.assistant');
  const before = await turns.count();
  await composer(chat).fill(text);
  await composer(chat).press('Enter');
  return turns.nth(before);
}

/** Says something in the chat that is open, and waits until it is answered. */
export async function ask(chat: Frame, text: string): Promise<Locator> {
  const turn = await send(chat, text);
  await turn.and(chat.locator('.done')).waitFor();
  return turn;
}

/** Opens the list of what can be added to a message, and chooses from it. */
export async function addContext(page: Page, chat: Frame, source: string): Promise<void> {
  await eventually(async () => {
    await chat.getByRole('button', { name: 'Add Context' }).click({ timeout: 5_000 });
    await clickAtOnce(listRows(page).filter({ hasText: source }), 5_000);
  });
  await listRows(page).filter({ hasText: source }).first().waitFor({ state: 'hidden' });
}

/** Chooses from a list that the sidebar has opened, and waits until the sidebar has the keyboard again. */
export async function pick(page: Page, label: string): Promise<void> {
  await chooseRow(page, label);
  await listRows(page).filter({ hasText: label }).first().waitFor({ state: 'hidden' });
  await keyboardIsIn(page);
}
