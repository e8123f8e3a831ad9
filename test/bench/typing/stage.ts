import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../support/chromium.ts';
import { startCodeServer } from '../../support/codeServer.ts';
import { freePort } from '../../support/freePort.ts';
import { extensionStarted, openWorkbench } from '../../support/workbench.ts';
import { connectProfiler, type Profiler } from './profiler.ts';

/** Real VS Code with one extension for completions. */
export interface Stage {
  readonly page: Page;
  /** Measures what of the extension host's time is spent in the extension. */
  readonly profiler: Profiler;
  dispose(): Promise<void>;
}

/** An extension that completes. */
export interface Extension {
  /** Its VSIX, or its folder; ours, as built in this folder, where there is neither. */
  readonly vsix?: string;
  readonly folder?: string;
  /** Further settings; `URL` in their values stands for the server's address. */
  readonly settings: object;
}

const ours = { 'glmCoder.backend': 'local', 'glmCoder.local.url': 'URL' };

/** Nothing types but the typist, and nothing is accepted but by Tab. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'files.autoSave': 'off',
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'full',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.parameterHints.enabled': false,
  'editor.acceptSuggestionOnEnter': 'off',
  'editor.inlineSuggest.enabled': true,
};

/** Starts VS Code on a folder, with an extension that asks the server at an address. */
export async function startStage(root: string, url: string, extension: Extension): Promise<Stage> {
  const { vsix, folder, settings } = extension;
  const isOurs = vsix === undefined && folder === undefined;
  const wanted = JSON.stringify({ ...quiet, ...(isOurs ? ours : {}), ...settings }).replaceAll(
    '"URL"',
    JSON.stringify(url),
  );
  const server = await startCodeServer({ settings: JSON.parse(wanted) });
  if (vsix) await server.installExtension(vsix);
  const inspect = await freePort();
  const browser = await launchChromium();
  const page = await openWorkbench(
    browser,
    server.url(root, { inspect, ...(vsix ? {} : { extension: folder ?? resolve('.') }) }),
  );
  if (isOurs) await extensionStarted(page);
  const profiler = await connectProfiler(inspect, isOurs ? `${resolve('dist')}/` : (folder ?? '/extensions/'));
  return {
    page,
    profiler,
    async dispose() {
      profiler.dispose();
      await browser.close();
      await server.dispose();
    },
  };
}
