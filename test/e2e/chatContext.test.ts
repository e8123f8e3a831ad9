import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, enterHostedKey, startEditor } from '../support/editor.ts';
import { type HostedStandin, type Recording, startHostedStandin, streamedAnswer } from '../support/hostedStandin.ts';
import { answerInputBox, goToLine, openFile, runCommand, webviewFrame } from '../support/workbench.ts';

describe('what goes along with a message', () => {
  let editor: Editor;
  let standin: HostedStandin;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: [] });

  before(async () => {
    standin = await startHostedStandin(() => answer());
    editor = await startEditor({ 'glmCoder.backend': 'hosted', 'glmCoder.hosted.url': standin.url });
    await enterHostedKey(editor.page, 'test-id.test-secret');
    await runCommand(editor.page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(editor.page, '.composer textarea');
  });
  after(async () => {
    await editor?.dispose();
    await standin?.dispose();
  });

  const lastPrompt = () => JSON.stringify(standin.requests.at(-1)?.body.messages);
  const input = () => chat.locator('.composer textarea');
  const chip = (label: string) => chat.locator('.chip', { hasText: label });
  const pick = async (label: string) => {
    const row = editor.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
    await row.click();
    await row.waitFor({ state: 'hidden' });
    // The keyboard goes back to the sidebar, which would close the next list.
    await editor.page.waitForFunction(() => document.activeElement?.tagName === 'IFRAME');
  };

  it('is chosen with the clip and with @, counted, taken away at a click, and sent once', async () => {
    answer = () => ({ pieces: streamedAnswer(['Seen.']) });
    await chat.getByRole('button', { name: 'Add Context' }).click();
    await pick('Staged changes');
    await chip('Staged changes').locator('.size', { hasText: 'tokens' }).waitFor();
    await input().press('@');
    await pick('src/price.ts');
    await chip('src/price.ts').locator('.size', { hasText: 'tokens' }).waitFor();
    await chat.getByRole('button', { name: 'Add Context' }).click();
    await pick('Open tabs');
    // With the test driver on, VS Code shows no toasts: the notification waits in the centre.
    await runCommand(editor.page, 'Notifications: Show Notifications');
    await editor.page.locator('.notifications-center', { hasText: 'nothing to add' }).waitFor();
    await runCommand(editor.page, 'Notifications: Clear All Notifications');
    await chip('Staged changes').click();
    await chip('Staged changes').waitFor({ state: 'detached' });

    await input().fill('What is it?');
    await input().press('Enter');
    await chat.locator('.turn.assistant.done').waitFor();
    assert.match(lastPrompt(), /src\/price\.ts\\n```.*withTax/);
    assert.doesNotMatch(lastPrompt(), /diff --git/);
    assert.equal(await chip('src/price.ts').count(), 0);
  });

  it('is the selection, for a code action', async () => {
    const { page } = editor;
    answer = () => ({ pieces: streamedAnswer(['It adds tax.']) });
    await openFile(page, 'src/price.ts');
    await goToLine(page, 8);
    await page.keyboard.press('Shift+Home');
    await page.locator('#status\\.editor\\.selection', { hasText: 'selected' }).waitFor();
    const explain = page.locator('.action-widget .monaco-list-row', { hasText: 'Explain with GLM Coder' });
    // The list closes when the language server, still starting, changes what it has to say.
    for (let tries = 0; tries < 10 && !(await explain.isVisible()); tries++) {
      await page.keyboard.press('Control+.');
      await explain.waitFor({ timeout: 2_000 }).catch(() => {});
    }
    await explain.click();
    await chat.locator('.turn.assistant.done', { hasText: 'It adds tax.' }).waitFor();
    assert.deepEqual(await chat.locator('.question').allTextContents(), ['/explain']);
    assert.match(lastPrompt(), /src\/price\.ts:8-8\\n.*Explain the attached code/);
  });

  it('goes without the secrets in it, whatever has attached it', async () => {
    const { page, workspace } = editor;
    const password = ['hunter2', 'Tr0ub4dor', 'Zebra99'].join('-');
    await writeFile(join(workspace.folder, 'src', 'login.ts'), `export const password = '${password}';\n`);
    answer = () => ({ pieces: streamedAnswer(['```\nlogin\n```']) });
    await openFile(page, 'src/login.ts');
    await page.keyboard.press('Control+A');
    await runCommand(page, 'GLM Coder: Refactor Selection…');
    await answerInputBox(page, 'Refactor Selection', 'Rename it');
    await chat.locator('.question', { hasText: 'Rename it' }).waitFor();
    await chat.locator('.turn.assistant.done').waitFor();
    assert.match(lastPrompt(), /src\/login\.ts.*export const password = '\*+'/);
    assert.ok(!lastPrompt().includes(password));
  });

  it('is what is staged, for a commit message, which goes into the input of the view', async () => {
    const { page } = editor;
    answer = () => ({ pieces: streamedAnswer(['```\n', 'shop: add the basket\n', '```']) });
    await runCommand(page, 'GLM Coder: Write Commit Message');
    await page.keyboard.press('Control+Shift+G');
    const message = page.locator('.scm-input .view-lines', { hasText: 'shop:' });
    await message.waitFor();
    assert.equal((await message.textContent())?.replaceAll('\u00a0', ' '), 'shop: add the basket');
    assert.match(lastPrompt(), /diff --git a\/src\/basket\.ts.*Write a commit message/);
  });
});
