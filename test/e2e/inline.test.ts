import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Editor, startEditor } from '../support/editor.ts';
import {
  codeShows,
  extensionStarted,
  ghostText,
  ghostTextShows,
  goToLine,
  openFile,
  runCommand,
  typeText,
} from '../support/workbench.ts';

describe('typing in VS Code', () => {
  let editor: Editor;
  before(async () => {
    editor = await startEditor();
  });
  after(() => editor.dispose());

  it('shows ghost text, keeps it while it is typed, and accepts it with Tab', async () => {
    const { page } = editor;
    await openFile(page, 'src/stock.ts');
    await extensionStarted(page);
    await goToLine(page, 8);
    await typeText(page, '\n  for (const price of');
    // The parenthesis that the editor has closed is not ghost text: the suggestion goes around it.
    await ghostTextShows(page, /^ prices \{/);
    await typeText(page, ' pri');
    await ghostTextShows(page, /^ces \{/);
    await page.keyboard.press('Tab');
    await page.locator('.ghost-text-decoration').first().waitFor({ state: 'detached' });
    await codeShows(page, /for \(const price of prices\) \{\n\s+cents \+= price\.cents;\n/);
  });

  it('goes away with Escape and with other text, and comes back in a new place', async () => {
    const { page } = editor;
    await openFile(page, 'README.md');
    await goToLine(page, 3);
    await typeText(page, '\nexport function receipt(prices: readonly');
    await ghostTextShows(page, /\S/);
    await page.keyboard.press('Escape');
    await page.locator('.ghost-text-decoration').first().waitFor({ state: 'detached' });
    await typeText(page, ' zzz');
    await page.waitForTimeout(600);
    assert.equal(await ghostText(page), '');
    await typeText(page, '\nexport interface Price {\n');
    await ghostTextShows(page, /\S/);
  });

  it('is off when it is turned off, and the status bar says so', async () => {
    const { page } = editor;
    const item = page.locator('#glm-coder\\.glm-coder\\.glmCoder');
    await item.waitFor();
    await runCommand(page, 'GLM Coder: Toggle Inline Completions');
    await item.locator('.codicon-circle-slash').waitFor();
    await typeText(page, '\n  for (const price of');
    await page.waitForTimeout(800);
    assert.equal(await ghostText(page), '');
    await runCommand(page, 'GLM Coder: Toggle Inline Completions');
    await item.locator('.codicon-sparkle').waitFor();
  });
});
