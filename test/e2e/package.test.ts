import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { launchChromium } from '../support/chromium.ts';
import { startCodeServer } from '../support/codeServer.ts';
import { run } from '../support/processes.ts';
import { extensionStarted, openFile, openWorkbench, runCommand } from '../support/workbench.ts';
import { makeWorkspace } from '../support/workspace.ts';

describe('the VSIX', () => {
  it('is under 10 MB, holds no sources, installs and activates', async () => {
    const out = await mkdtemp(join(tmpdir(), 'glm-coder-vsix-'));
    const vsix = join(out, 'glm-coder.vsix');
    await run('npm', ['run', 'package', '--', '--out', vsix]);
    const { size } = await stat(vsix);
    const listed = await run('vsce', ['ls', '--no-dependencies']);
    assert.ok(size < 10 * 2 ** 20, `${size} bytes`);
    assert.doesNotMatch(listed, /\.(ts|map)$|node_modules|test\//m);
    assert.match(listed, /dist\/tiktoken_bg\.wasm/);
    assert.match(listed, /dist\/parts\/chatView-\w+\.mjs/);

    const workspace = await makeWorkspace();
    const server = await startCodeServer({ settings: { 'glmCoder.backend': 'embedded' } });
    const browser = await launchChromium();
    try {
      await server.installExtension(vsix);
      const page = await openWorkbench(browser, server.url(workspace.folder));
      // The editor's own extensions start on the same thread: what is measured is ours, once they are done.
      await page.waitForTimeout(10_000);
      await openFile(page, 'notes.txt');
      await extensionStarted(page);
      await runCommand(page, 'Developer: Show Running Extensions');
      const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'GLM Coder' });
      await row.waitFor();
      const activation = /Activation: (\d+)ms/.exec((await row.textContent()) ?? '')?.[1];
      assert.ok(activation, 'VS Code shows no activation time');
      console.log(`VSIX: ${(size / 2 ** 20).toFixed(2)} MB, activated in ${activation} ms`);
    } finally {
      await browser.close();
      await server.dispose();
      await workspace.dispose();
      await rm(out, { recursive: true });
    }
  });
});
