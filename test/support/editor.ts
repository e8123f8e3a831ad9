import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type CodeServer, startCodeServer } from './codeServer.ts';
import { chooseRow, openWorkbench, runCommand } from './workbench.ts';
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

/** How an editor is started. */
export interface EditorOptions {
  readonly settings?: object;
  readonly size?: { readonly width: number; readonly height: number };
  /** Does something to the folder before the editor sees it. */
  readonly prepare?: (folder: string) => Promise<unknown>;
}

/** Starts an editor for an end-to-end test. */
export async function startEditor({ settings, size, prepare }: EditorOptions = {}): Promise<Editor> {
  await using started = new AsyncDisposableStack();
  const workspace = await makeWorkspace();
  started.defer(() => workspace.dispose());
  await prepare?.(workspace.folder);
  const server = await startCodeServer({ settings: { ...quiet, 'glmCoder.backend': 'embedded', ...settings } });
  started.defer(() => server.dispose());
  const browser = await launchChromium();
  started.defer(() => browser.close());
  const page = await openWorkbench(browser, server.url(workspace.folder, { extension: resolve('.') }), size);
  const running = started.move();
  return { page, browser, server, workspace, dispose: () => running.disposeAsync() };
}

/** Enters the key of the hosted API as a user does. */
export async function enterHostedKey(page: Page, key: string): Promise<void> {
  await runCommand(page, 'GLM Coder: Set API Key');
  await chooseRow(page, 'BigModel or Z.ai');
  const input = page.locator('.quick-input-widget input[type="password"]');
  await input.waitFor();
  await input.pressSequentially(key, { delay: 20 });
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}
