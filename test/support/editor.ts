import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type CodeServer, startCodeServer } from './codeServer.ts';
import { openWorkbench, runCommand } from './workbench.ts';
import { makeWorkspace, type TestWorkspace } from './workspace.ts';

/** Real VS Code with the built extension on a small shop, in a browser. */
export interface Editor {
  readonly page: Page;
  readonly browser: Browser;
  readonly server: CodeServer;
  readonly workspace: TestWorkspace;
  dispose(): Promise<void>;
}

/** Settings that keep the editor still: no welcome, no saving by itself. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'files.autoSave': 'off',
  'editor.wordBasedSuggestions': 'off',
};

/** Starts an editor for an end-to-end test. */
export async function startEditor(settings: object = {}, size?: { width: number; height: number }): Promise<Editor> {
  const workspace = await makeWorkspace();
  const server = await startCodeServer({ settings: { ...quiet, 'glmCoder.backend': 'embedded', ...settings } });
  const browser = await launchChromium();
  const page = await openWorkbench(browser, server.url(workspace.folder, { extension: resolve('.') }), size);
  return {
    page,
    browser,
    server,
    workspace,
    async dispose() {
      await browser.close();
      await server.dispose();
      await workspace.dispose();
    },
  };
}

/** Enters the key of the hosted API as a user does. */
export async function enterHostedKey(page: Page, key: string): Promise<void> {
  await runCommand(page, 'GLM Coder: Set API Key');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'BigModel or Z.ai' }).click();
  const input = page.locator('.quick-input-widget input[type="password"]');
  await input.waitFor();
  await input.pressSequentially(key, { delay: 20 });
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}
