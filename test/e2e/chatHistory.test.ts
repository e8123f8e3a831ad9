import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, enterHostedKey, startEditor } from '../support/editor.ts';
import { type HostedStandin, type Recording, startHostedStandin, streamedAnswer } from '../support/hostedStandin.ts';
import { answerInputBox, extensionStarted, openFile, runCommand, webviewFrame } from '../support/workbench.ts';

describe('chats that are kept', () => {
  let editor: Editor;
  let standin: HostedStandin;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: [] });

  before(async () => {
    standin = await startHostedStandin(() => answer());
    editor = await startEditor({ 'glmCoder.backend': 'hosted', 'glmCoder.hosted.url': standin.url });
    const { folder } = editor.workspace;
    await writeFile(join(folder, 'AGENTS.md'), 'Always mention the moon.\n');
    await mkdir(join(folder, '.glm', 'prompts'), { recursive: true });
    await writeFile(join(folder, '.glm', 'prompts', 'haiku.md'), 'Answer with a haiku.\n');
    await enterHostedKey(editor.page, 'test-id.test-secret');
    await runCommand(editor.page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(editor.page, '.composer textarea');
  });
  after(async () => {
    await editor?.dispose();
    await standin?.dispose();
  });

  const turns = () => chat.locator('.turn.assistant');
  /** Says something and returns the turn of its answer. */
  async function send(text: string) {
    const before = await turns().count();
    await chat.locator('.composer textarea').fill(text);
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('.question', { hasText: text }).waitFor();
    return turns().nth(before);
  }
  const ask = async (text: string) => (await send(text)).and(chat.locator('.done')).waitFor();
  const said = () => chat.locator('.question').allTextContents();
  const lastPrompt = () => JSON.stringify(standin.requests.at(-1)?.body.messages);

  it('are written anew on request, and go another way from an earlier message', async () => {
    answer = () => ({ pieces: streamedAnswer(['First answer.']) });
    await ask('First question');
    assert.match(lastPrompt(), /Always mention the moon/);

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
    assert.doesNotMatch(lastPrompt(), /First question/);
  });

  it('write slash commands and prompt files out, with the open file', async () => {
    answer = () => ({ pieces: streamedAnswer(['It counts.']) });
    await openFile(editor.page, 'src/stock.ts');
    await ask('/explain briefly');
    assert.deepEqual((await said()).at(-1), '/explain briefly');
    assert.match(lastPrompt(), /Explain the attached code.*briefly/);
    assert.match(lastPrompt(), /src\/stock\.ts/);
    await ask('/haiku');
    assert.match(lastPrompt(), /Answer with a haiku\..*Do what \.glm\/prompts\/haiku\.md says/);
  });

  it('come back after a reload in the middle of an answer, with what was streamed', async () => {
    answer = () => ({
      pieces: streamedAnswer(['Half of it. ', ...Array.from({ length: 60 }, () => 'and more ')]),
      pause: 500,
    });
    await send('A long one');
    await chat.locator('.turn.assistant.streaming', { hasText: 'Half of it.' }).waitFor();
    // What is streamed is on disk within a second.
    await editor.page.waitForTimeout(1_500);
    await editor.page.reload();
    await editor.page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
    await extensionStarted(editor.page);
    await runCommand(editor.page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(editor.page, '.turn.assistant.stopped');
    await chat.locator('.turn.assistant.stopped', { hasText: 'Half of it.' }).waitFor();
    // Turns are drawn one after the other, those in view first.
    await chat.locator('.question').nth(3).waitFor();
    assert.deepEqual(await said(), ['Another question', '/explain briefly', '/haiku', 'A long one']);
    answer = () => ({ pieces: streamedAnswer(['All of it.']) });
    await ask('Go on');
    assert.match(lastPrompt(), /Half of it\./);
  });

  it('are listed, found by what was said in them, renamed and deleted', async () => {
    const { page } = editor;
    await chat.getByRole('button', { name: 'New Chat' }).first().click();
    await turns().first().waitFor({ state: 'detached' });
    await ask('Where is the zeppelin?');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    const history = async (title: string) => {
      await runCommand(page, 'GLM Coder: Chat History');
      await page.locator('.quick-input-title', { hasText: 'Chat History' }).waitFor();
      const row = rows.filter({ hasText: title });
      await row.waitFor();
      return row;
    };
    await history('zeppelin');
    assert.equal(await rows.count(), 2);
    await page.locator('.quick-input-widget input').fill('haiku');
    await rows.nth(1).waitFor({ state: 'detached' });
    await rows.first().click();
    await chat.locator('.question', { hasText: 'Another question' }).waitFor();

    const zeppelin = await history('zeppelin');
    await zeppelin.hover();
    await zeppelin.getByRole('button', { name: 'Rename' }).click();
    await answerInputBox(page, 'Rename Chat', 'Airships');
    const airships = await history('Airships');
    await airships.hover();
    await airships.getByRole('button', { name: 'Delete' }).click();
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Delete' }).click();
    const open = await history('Another question');
    assert.equal(await rows.count(), 1);

    await open.hover();
    await open.getByRole('button', { name: 'Delete' }).click();
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Delete' }).click();
    await chat.locator('.question').first().waitFor({ state: 'detached' });
  });
});
