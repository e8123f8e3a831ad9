import assert from 'node:assert/strict';
import { cp, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Editor, startEditor } from '../support/editor.ts';
import { findLlamaServer, type LlamaServer, startLlamaServer } from '../support/llamaServer.ts';
import { runCommand, webviewFrame } from '../support/workbench.ts';

const program = await findLlamaServer();
const skip = 'unavailable' in program ? `no llama-server: ${program.unavailable}` : false;
if (skip) console.error(`\nENGINE TESTS SKIPPED, ${skip}\n`);

const shots = resolve('out/shots');

describe('a probe of a real llama-server in VS Code', { skip }, () => {
  let server: LlamaServer;
  let editor: Editor;
  before(async () => {
    if ('unavailable' in program) return;
    // Small, since VS Code has the same two cores; the command line's test goes up to 32K.
    server = await startLlamaServer(program, { context: 18_432 });
    editor = await startEditor({
      settings: { 'glmCoder.backend': 'local', 'glmCoder.local.url': server.url, 'glmCoder.inline.enabled': false },
      size: { width: 1_280, height: 1_000 },
      prepare: (folder) => cp('extension/core', join(folder, 'core'), { recursive: true }),
    });
    await mkdir(shots, { recursive: true });
  });
  after(async () => {
    await editor?.dispose();
    await server?.dispose();
  });

  it('measures up to the window, and the inspector shows the curve of its speed', async () => {
    const { page } = editor;
    // What moves on the page takes the time of the server, which has the same two cores.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await runCommand(page, 'GLM Coder: Probe Context Window');
    const probe = await webviewFrame(page, 'h1:has-text("Context Window Probe")');
    await probe.getByRole('button', { name: 'Start' }).click({ timeout: 60_000 });
    await probe.locator('.verdict').waitFor({ timeout: 240_000 });
    const sizes = await probe.locator('.fills tbody th').allTextContents();
    assert.ok(sizes.length >= 2, sizes.join());
    assert.ok(Number(sizes.at(-1)?.replaceAll(',', '')) >= 16_000, sizes.join());

    await runCommand(page, 'GLM Coder: Show What Is Sent');
    const inspector = await webviewFrame(page, 'main .source');
    await inspector.getByLabel('For a question').check();
    await inspector.getByLabel('Question', { exact: true }).fill('How is a pack kept within its budget?');
    await inspector.getByRole('button', { name: 'Pack', exact: true }).click();
    await inspector.locator('.measured > summary').click({ timeout: 60_000 });
    const speed = inspector.locator('.measured figure', { hasText: 'Tokens read a second' });
    await speed.waitFor();
    // A mark for each size, and the line through them.
    assert.ok((await speed.locator('svg').count()) === 1);
    await page.screenshot({ path: join(shots, 'probe-curve.png') });
  });
});
