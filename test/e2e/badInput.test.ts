import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, startEditor } from '../support/editor.ts';
import { freePort } from '../support/freePort.ts';
import { isTold } from '../support/menus.ts';
import { ask, openChat, send } from '../support/sidebar.ts';
import { openFile, openWindow, openWorkbench, runCommand } from '../support/workbench.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** Runs a test in an editor with these settings and the sidebar open. */
async function withChat(settings: object, act: (editor: Editor, chat: Frame) => Promise<void>): Promise<void> {
  const editor = await startEditor({ settings });
  try {
    await act(editor, await openChat(editor.page));
  } finally {
    await editor.dispose();
  }
}

describe('what is not there', () => {
  it('a dead port is named, with the setting to change', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    await withChat({ 'glmCoder.backend': 'local', 'glmCoder.local.url': url }, async (_editor, chat) => {
      await chat.locator('.backend.failed', { hasText: `No model server answers at ${url}` }).waitFor();
      await send(chat, 'Hello?');
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
        const chat = await openChat(page);
        for (const question of ['Where is it?', 'And now?']) {
          const turn = await send(chat, question);
          await chat.locator('.turn.user', { hasText: question }).waitFor();
          await turn.locator('.failure', { hasText: words }).waitFor();
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
      const chat = await openChat(page);
      const turn = await ask(chat, 'other value');
      await turn.filter({ hasText: 'small.ts:1' }).waitFor();
      assert.doesNotMatch((await turn.textContent()) ?? '', /big\.ts/);
    } finally {
      await editor.dispose();
      await workspace.dispose();
    }
  });

  it('without a model, a refactor says what it needs and the rest goes on', async () => {
    await withChat({}, async ({ page }, chat) => {
      await chat.locator('.backend', { hasText: 'repository matcher, no model' }).waitFor();
      const turn = await ask(chat, 'How is tax added to a price?');
      await turn.locator('button.citation', { hasText: 'src/price.ts' }).first().waitFor();
      await openFile(page, 'src/price.ts');
      await page.keyboard.press('Control+A');
      await runCommand(page, 'GLM Coder: Refactor Selection…');
      await isTold(page, 'Refactoring needs a model');
    });
  });
});
