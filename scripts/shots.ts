import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { launchChromium } from '../test/support/chromium.ts';
import type { CodeServer } from '../test/support/codeServer.ts';
import {
  answerInputBox,
  extensionStarted,
  ghostTextShows,
  goToLine,
  openFile,
  openWorkbench,
  runCommand,
  typeText,
  webviewFrame,
} from '../test/support/workbench.ts';

/** Where the demonstration types: a file of this repository, and a line after which its own code continues. */
const demonstration = { file: 'extension/core/context/pathOrder.ts', typed: '\nconst folders = (path: string)' };

/** Waits for an answer to end and returns its text. */
async function finishedAnswer(chat: Frame): Promise<string> {
  const answer = chat.locator('.turn.assistant.done').last();
  await answer.waitFor({ timeout: 120_000 });
  return ((await answer.locator('.markdown').textContent()) ?? '').trim();
}

async function step<T>(page: Page, out: string, name: string, act: () => Promise<T>): Promise<T> {
  try {
    const result = await act();
    await page.screenshot({ path: join(out, `${name}.png`) });
    console.log(`${name}: ok`);
    return result;
  } catch (error) {
    await page.screenshot({ path: join(out, `${name}-failed.png`) });
    throw error;
  }
}

/**
 * Drives a running VS Code headless through the three surfaces and saves a screenshot of each.
 * @throws Error where one of them streams no answer.
 */
export async function takeShots(server: CodeServer, folder: string, extension: string, out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const browser = await launchChromium();
  try {
    const page = await openWorkbench(browser, server.url(folder, { extension }), { width: 1400, height: 860 });
    await step(page, out, '1-inline', async () => {
      await openFile(page, demonstration.file);
      await extensionStarted(page);
      await goToLine(page, 1);
      await typeText(page, demonstration.typed);
      await ghostTextShows(page, /\S/);
    });
    await step(page, out, '2-chat', async () => {
      await runCommand(page, 'GLM Coder: Open Chat');
      const chat = await webviewFrame(page, '.composer textarea');
      await chat.locator('textarea').fill('How does the packer stay inside its budget?');
      await chat.locator('textarea').press('Enter');
      if ((await finishedAnswer(chat)) === '') throw new Error('the chat answer is empty');
    });
    await step(page, out, '3-ask', async () => {
      await runCommand(page, 'GLM Coder: Ask Repository…');
      await answerInputBox(page, 'Ask Repository', 'Where are citations verified?');
      const chat = await webviewFrame(page, '.turn.user');
      await chat.locator('.question', { hasText: 'citations verified' }).waitFor();
      await finishedAnswer(chat);
      await chat.locator('button.citation').first().waitFor({ timeout: 10_000 });
    });
    // Nothing of the demonstration stays in the file.
    await page.keyboard.press('Control+1');
    await runCommand(page, 'File: Revert File');
  } finally {
    await browser.close();
  }
}
