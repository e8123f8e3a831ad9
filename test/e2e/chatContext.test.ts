import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { type Recording, streamedAnswer } from '../support/hostedStandin.ts';
import { chooseAction, isTold } from '../support/menus.ts';
import { addContext, ask, composer, keyboardIsIn, openChat, pick } from '../support/sidebar.ts';
import { answerInputBox, goToLine, openFile, runCommand } from '../support/workbench.ts';

describe('what goes along with a message', () => {
  let editor: HostedEditor;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: [] });

  before(async () => {
    editor = await startHostedEditor(() => answer());
    chat = await openChat(editor.page);
  });
  after(() => editor?.dispose());

  const chip = (label: string) => chat.locator('.chip', { hasText: label });

  it('is chosen with the clip and with @, counted, taken away at a click, and sent once', async () => {
    answer = () => ({ pieces: streamedAnswer(['Seen.']) });
    await addContext(editor.page, chat, 'Staged changes');
    await chip('Staged changes').locator('.size', { hasText: 'tokens' }).waitFor();
    await keyboardIsIn(editor.page);
    await composer(chat).press('@');
    await pick(editor.page, 'src/price.ts');
    await chip('src/price.ts').locator('.size', { hasText: 'tokens' }).waitFor();
    await addContext(editor.page, chat, 'Open tabs');
    await isTold(editor.page, 'nothing to add');
    await chip('Staged changes').click();
    await chip('Staged changes').waitFor({ state: 'detached' });

    await ask(chat, 'What is it?');
    assert.match(editor.lastPrompt(), /src\/price\.ts\\n```.*withTax/);
    assert.doesNotMatch(editor.lastPrompt(), /diff --git/);
    assert.equal(await chip('src/price.ts').count(), 0);
  });

  it('is the selection, for a code action', async () => {
    const { page } = editor;
    answer = () => ({ pieces: streamedAnswer(['It adds tax.']) });
    await openFile(page, 'src/price.ts');
    await goToLine(page, 8);
    await page.keyboard.press('Shift+Home');
    await page.locator('#status\\.editor\\.selection', { hasText: 'selected' }).waitFor();
    await chooseAction(page, 'Explain with GLM Coder');
    await chat.locator('.turn.assistant.done', { hasText: 'It adds tax.' }).waitFor();
    assert.deepEqual(await chat.locator('.question').allTextContents(), ['/explain']);
    assert.match(editor.lastPrompt(), /src\/price\.ts:8-8\\n.*Explain the attached code/);
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
    assert.match(editor.lastPrompt(), /src\/login\.ts.*export const password = '\*+'/);
    assert.ok(!editor.lastPrompt().includes(password));
  });

  it('is what is staged, for a commit message, which goes into the input of the view', async () => {
    const { page } = editor;
    answer = () => ({ pieces: streamedAnswer(['```\n', 'shop: add the basket\n', '```']) });
    await runCommand(page, 'GLM Coder: Write Commit Message');
    await page.keyboard.press('Control+Shift+G');
    await page.locator('.scm-input .view-lines', { hasText: /^shop:\sadd\sthe\sbasket$/ }).waitFor();
    assert.match(editor.lastPrompt(), /diff --git a\/src\/basket\.ts.*Write a commit message/);
  });
});
