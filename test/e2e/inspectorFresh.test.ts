import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, startEditor } from '../support/editor.ts';
import { eventually } from '../support/eventually.ts';
import { answerInputBox, extensionStarted, runCommand, webviewFrame } from '../support/workbench.ts';

describe('the inspector, while it is looked at', () => {
  let editor: Editor;
  let page: Frame;
  before(async () => {
    editor = await startEditor();
    await extensionStarted(editor.page);
    await runCommand(editor.page, 'GLM Coder: Show What Is Sent');
    page = await webviewFrame(editor.page, 'main .source');
  });
  after(() => editor?.dispose());

  const row = (path: string) => page.locator('tr.row', { hasText: path });

  it('shows files as they are once they were changed, and new ones', async () => {
    await row('notes.txt').waitFor();
    const before = await row('notes.txt').locator('td.tokens').innerText();
    await appendFile(join(editor.workspace.folder, 'notes.txt'), 'One more line of notes, and another word.\n');
    await writeFile(join(editor.workspace.folder, 'later.txt'), 'It came later.\n');
    await row('later.txt').waitFor();
    await eventually(async () => {
      const now = await row('notes.txt').locator('td.tokens').innerText();
      assert.ok(Number(now) > Number(before), `${before} → ${now}`);
    });
  });

  it('keeps a question that is being typed when it is brought up to date', async () => {
    await page.getByLabel('Question', { exact: true }).fill('how is tax');
    await writeFile(join(editor.workspace.folder, 'last.txt'), 'It came last.\n');
    await row('last.txt').waitFor();
    assert.equal(await page.getByLabel('Question', { exact: true }).inputValue(), 'how is tax');
  });

  it('offers what the chat sends once that has begun', async () => {
    const inChat = page.getByLabel('In the chat');
    assert.equal(await inChat.isDisabled(), true);
    await runCommand(editor.page, 'GLM Coder: Ask Repository…');
    await answerInputBox(editor.page, 'Ask Repository', 'how is tax added to a price?');
    await page.locator('.choice:not(.off)', { hasText: 'In the chat' }).waitFor();
    await inChat.check();
    await page.locator('td.reason', { hasText: 'matches the words' }).first().waitFor();
  });
});
