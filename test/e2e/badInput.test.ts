import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, startEditor } from '../support/editor.ts';
import { freePort } from '../support/freePort.ts';
import { openFile, openWindow, openWorkbench, runCommand, webviewFrame } from '../support/workbench.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** Runs a test in an editor with these settings and the sidebar open. */
async function withChat(settings: object, act: (editor: Editor, chat: Frame) => Promise<void>): Promise<void> {
  const editor = await startEditor(settings);
  try {
    await runCommand(editor.page, 'GLM Coder: Open Chat');
    await act(editor, await webviewFrame(editor.page, '.composer textarea'));
  } finally {
    await editor.dispose();
  }
}

describe('what is not there', () => {
  it('a dead port is named, with the setting to change', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    await withChat({ 'glmCoder.backend': 'local', 'glmCoder.local.url': url }, async (_editor, chat) => {
      const line = chat.locator('.backend.failed');
      await line.waitFor();
      assert.match((await line.textContent()) ?? '', new RegExp(`No model server answers at ${url}`));
      await chat.locator('textarea').fill('Hello?');
      await chat.locator('textarea').press('Enter');
      await chat.locator('.failure', { hasText: 'glmCoder.local.url' }).waitFor();
    });
  });

  it('a web server that is no model server is called that', async () => {
    const page = createServer((_request, response) => response.end('<html>It works!</html>')).listen(0, '127.0.0.1');
    await once(page, 'listening');
    const address = page.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    await withChat({ 'glmCoder.backend': 'local', 'glmCoder.local.url': url }, async (_editor, chat) => {
      await chat.locator('.backend.failed', { hasText: 'is not an OpenAI-compatible model server' }).waitFor();
    });
    page.close();
  });

  it('without a folder, and in an empty one, the sidebar says so and goes on', async () => {
    const editor = await startEditor();
    const empty = await makeWorkspace({}, { git: false });
    try {
      const cases = [
        [undefined, 'No folder is open'],
        [empty.folder, 'holds no file that can be read'],
      ] as const;
      for (const [folder, words] of cases) {
        const page = await openWindow(editor.browser, editor.server.url(folder, { extension: resolve('.') }));
        await runCommand(page, 'GLM Coder: Open Chat');
        const chat = await webviewFrame(page, '.composer textarea');
        for (const question of ['Where is it?', 'And now?']) {
          await chat.locator('textarea').fill(question);
          await chat.locator('textarea').press('Enter');
          await chat.locator('.turn.user', { hasText: question }).waitFor();
          await chat.locator('.failure', { hasText: words }).last().waitFor();
        }
        await page.close();
      }
    } finally {
      await editor.dispose();
      await empty.dispose();
    }
  });

  it('a file of 50 MB and a binary one are opened beside us without harm', async () => {
    const line = 'export const value = 1;\n';
    const big = line.repeat(Math.ceil((50 * 2 ** 20) / line.length));
    const files = { 'big.ts': big, 'data.bin': new Uint8Array(4_096), 'small.ts': 'export const other = 2;\n' };
    const workspace = await makeWorkspace(files);
    const editor = await startEditor();
    try {
      const page = await openWorkbench(
        editor.browser,
        editor.server.url(workspace.folder, { extension: resolve('.') }),
      );
      await runCommand(page, 'GLM Coder: Open Chat');
      const chat = await webviewFrame(page, '.composer textarea');
      await chat.locator('textarea').fill('other value');
      await chat.locator('textarea').press('Enter');
      await chat.locator('.turn.assistant.done', { hasText: 'small.ts:1' }).waitFor();
      assert.doesNotMatch((await chat.locator('.turn.assistant').textContent()) ?? '', /big\.ts/);
    } finally {
      await editor.dispose();
      await workspace.dispose();
    }
  });

  it('without a model, a refactor says what it needs and the rest goes on', async () => {
    await withChat({}, async ({ page }, chat) => {
      await chat.locator('.backend', { hasText: 'repository matcher, no model' }).waitFor();
      await chat.locator('textarea').fill('How is tax added to a price?');
      await chat.locator('textarea').press('Enter');
      await chat.locator('.turn.assistant.done').waitFor();
      assert.ok((await chat.locator('button.citation', { hasText: 'src/price.ts' }).count()) > 0);
      await openFile(page, 'src/price.ts');
      await page.keyboard.press('Control+A');
      await runCommand(page, 'GLM Coder: Refactor Selection…');
      // With the test driver on, VS Code shows no toasts: the notification waits in the centre.
      await page.locator('.statusbar-item .codicon-bell-dot').waitFor();
      await runCommand(page, 'Notifications: Show Notifications');
      await page.locator('.notifications-center', { hasText: 'Refactoring needs a model' }).waitFor();
    });
  });
});
