import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { type Recording, streamedAnswer } from '../support/hostedStandin.ts';
import { ask, openChat, send } from '../support/sidebar.ts';
import { isStored } from '../support/storedChat.ts';
import {
  answerInputBox,
  chooseRow,
  listRows,
  openFile,
  reloadWindow,
  runCommand,
  webviewFrame,
} from '../support/workbench.ts';

describe('chats that are kept', () => {
  let editor: HostedEditor;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: [] });

  before(async () => {
    editor = await startHostedEditor(() => answer(), {
      async prepare(folder) {
        await writeFile(join(folder, 'AGENTS.md'), 'Always mention the moon.\n');
        await mkdir(join(folder, '.glm', 'prompts'), { recursive: true });
        await writeFile(join(folder, '.glm', 'prompts', 'haiku.md'), 'Answer with a haiku.\n');
      },
    });
    chat = await openChat(editor.page);
  });
  after(() => editor?.dispose());

  const turns = () => chat.locator('.turn.assistant');
  const said = () => chat.locator('.question').allTextContents();
  const confirm = () => editor.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Delete' }).click();

  it('are written anew on request, and go another way from an earlier message', async () => {
    answer = () => ({ pieces: streamedAnswer(['First answer.']) });
    await ask(chat, 'First question');
    assert.match(editor.lastPrompt(), /Always mention the moon/);

    answer = () => ({ pieces: streamedAnswer(['Better answer.']) });
    await chat.locator('.turn.assistant').last().hover();
    await chat.getByRole('button', { name: 'Regenerate' }).click();
    await chat.locator('.turn.assistant.done', { hasText: 'Better answer.' }).waitFor();
    assert.equal(await chat.locator('.turn.assistant').count(), 1);

    await chat.locator('.turn.user').first().hover();
    await chat.getByRole('button', { name: 'Edit Question' }).first().click();
    const box = chat.locator('.turn.user textarea');
    await box.fill('Another question');
    await box.press('Enter');
    await chat.locator('.question', { hasText: 'Another question' }).waitFor();
    await turns().first().and(chat.locator('.done')).waitFor();
    assert.deepEqual(await said(), ['Another question']);
    assert.doesNotMatch(editor.lastPrompt(), /First question/);
  });

  it('write slash commands and prompt files out, with the open file', async () => {
    answer = () => ({ pieces: streamedAnswer(['It counts.']) });
    await openFile(editor.page, 'src/stock.ts');
    await ask(chat, '/explain briefly');
    assert.deepEqual((await said()).at(-1), '/explain briefly');
    assert.match(editor.lastPrompt(), /Explain the attached code.*briefly/);
    assert.match(editor.lastPrompt(), /src\/stock\.ts/);
    await ask(chat, '/haiku');
    assert.match(editor.lastPrompt(), /Answer with a haiku\..*Do what \.glm\/prompts\/haiku\.md says/);
  });

  it('come back after a reload in the middle of an answer, with what was streamed', async () => {
    answer = () => ({
      pieces: streamedAnswer(['Half of it. ', ...Array.from({ length: 60 }, () => 'and more ')]),
      pause: 500,
    });
    await send(chat, 'A long one');
    await chat.locator('.turn.assistant.streaming', { hasText: 'Half of it.' }).waitFor();
    await isStored(editor, 'Half of it.');
    await reloadWindow(editor.page);
    await runCommand(editor.page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(editor.page, '.turn.assistant.stopped');
    await chat.locator('.turn.assistant.stopped', { hasText: 'Half of it.' }).waitFor();
    // Turns are drawn one after the other, those in view first.
    await chat.locator('.question').nth(3).waitFor();
    assert.deepEqual(await said(), ['Another question', '/explain briefly', '/haiku', 'A long one']);
    answer = () => ({ pieces: streamedAnswer(['All of it.']) });
    await ask(chat, 'Go on');
    assert.match(editor.lastPrompt(), /Half of it\./);
  });

  it('are listed, found by what was said in them, renamed and deleted', async () => {
    const { page } = editor;
    await chat.getByRole('button', { name: 'New Chat' }).first().click();
    await turns().first().waitFor({ state: 'detached' });
    await ask(chat, 'Where is the zeppelin?');
    const rows = listRows(page);
    /** Opens the list, again until it has what was written to the disk a moment ago; returns the row of a chat. */
    const history = (title: string, chats: number) =>
      eventually(async () => {
        await runCommand(page, 'GLM Coder: Chat History');
        await page.locator('.quick-input-title', { hasText: 'Chat History' }).waitFor();
        const row = rows.filter({ hasText: title });
        try {
          await row.waitFor({ timeout: 5_000 });
          assert.equal(await rows.count(), chats);
        } catch (error) {
          await page.keyboard.press('Escape');
          throw error;
        }
        return row;
      });
    await history('zeppelin', 2);
    await page.locator('.quick-input-widget input').fill('haiku');
    await rows.nth(1).waitFor({ state: 'detached' });
    await chooseRow(page, 'Another question');
    await chat.locator('.question', { hasText: 'Another question' }).waitFor();

    const zeppelin = await history('zeppelin', 2);
    await zeppelin.hover();
    await zeppelin.getByRole('button', { name: 'Rename' }).click();
    await answerInputBox(page, 'Rename Chat', 'Airships');
    const airships = await history('Airships', 2);
    await airships.hover();
    await airships.getByRole('button', { name: 'Delete' }).click();
    await confirm();
    const open = await history('Another question', 1);

    await open.hover();
    await open.getByRole('button', { name: 'Delete' }).click();
    await confirm();
    await chat.locator('.question').first().waitFor({ state: 'detached' });
  });
});
