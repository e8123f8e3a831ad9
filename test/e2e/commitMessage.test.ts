import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Editor, enterHostedKey, startEditor } from '../support/editor.ts';
import { type HostedStandin, type Recording, startHostedStandin, streamedAnswer } from '../support/hostedStandin.ts';
import { run } from '../support/processes.ts';
import { runCommand } from '../support/workbench.ts';

describe('a commit message', () => {
  let editor: Editor;
  let standin: HostedStandin;
  let answer: () => Recording = () => ({ pieces: [] });
  const password = ['hunter2', 'Tr0ub4dor', 'Zebra99'].join('-');
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=Shop', '-c', 'user.email=shop@example.com', ...args], {
      cwd: editor.workspace.folder,
    });

  before(async () => {
    standin = await startHostedStandin(() => answer());
    editor = await startEditor({ 'glmCoder.backend': 'hosted', 'glmCoder.hosted.url': standin.url });
    const { folder } = editor.workspace;
    await git('commit', '-qm', 'shop');
    await appendFile(join(folder, 'src', 'stock.ts'), '\nexport const staged = true;\n');
    await git('add', 'src/stock.ts');
    await appendFile(join(folder, 'src', 'price.ts'), '\nexport const notStaged = true;\n');
    await enterHostedKey(editor.page, 'test-id.test-secret');
    await editor.page.keyboard.press('Control+Shift+G');
    await runCommand(editor.page, 'Git: Refresh');
  });
  after(async () => {
    await editor?.dispose();
    await standin?.dispose();
  });

  const lastPrompt = () => JSON.stringify(standin.requests.at(-1)?.body.messages);
  const input = () => editor.page.locator('.scm-input .view-lines').first();
  const says = (words: string) => editor.page.locator('.scm-input .view-lines', { hasText: words }).first().waitFor();
  const button = () => editor.page.locator('.part.sidebar a[aria-label*="Write Commit Message"]').first();

  it('is written from what is staged, by the button of the view, without the fence around it', async () => {
    const { page } = editor;
    answer = () => ({
      pieces: streamedAnswer(['```\n', 'stock: say that it is staged\n\n', 'It was not known.\n', '```']),
    });
    await page.locator('.scm-view .monaco-list-row', { hasText: 'Staged Changes' }).waitFor();
    await page.locator('.scm-view').first().hover();
    await button().click();
    await says('stock: say that it is staged');
    await says('It was not known.');
    assert.doesNotMatch((await input().textContent()) ?? '', /```/);
    assert.match(lastPrompt(), /\+export const staged = true;.*Write a commit message/);
    assert.doesNotMatch(lastPrompt(), /notStaged/);
  });

  it('takes what the user began as what it is to be about, and gives it back where the model fails', async () => {
    const { page } = editor;
    answer = () => ({ status: 400, type: 'application/json', pieces: ['{"error":{"code":"1214","message":"bad"}}'] });
    await input().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Mention the shelf');
    await runCommand(page, 'GLM Coder: Write Commit Message');
    // The progress is a notification, too.
    await runCommand(page, 'Notifications: Show Notifications');
    await page.locator('.notifications-center .codicon-error').waitFor();
    assert.match(lastPrompt(), /Mention the shelf/);
    await says('Mention the shelf');
    await runCommand(page, 'Notifications: Clear All Notifications');
  });

  it('is of all changes where none is staged, without the secrets in them', async () => {
    const { page, workspace } = editor;
    await git('reset', '-q');
    await writeFile(join(workspace.folder, 'src', 'stock.ts'), `export const password = '${password}';\n`);
    await runCommand(page, 'Git: Refresh');
    answer = () => ({ pieces: streamedAnswer(['shop: change it']) });
    await page.locator('.scm-view .monaco-list-row', { hasText: 'Staged Changes' }).waitFor({ state: 'detached' });
    await runCommand(page, 'GLM Coder: Write Commit Message');
    await says('shop: change it');
    assert.match(lastPrompt(), /notStaged/);
    assert.match(lastPrompt(), /export const password = '\*+'/);
    assert.ok(!lastPrompt().includes(password));
  });

  it('says so where there is nothing to describe', async () => {
    const { page } = editor;
    await git('checkout', '-q', '--', '.');
    const sent = standin.requests.length;
    await runCommand(page, 'GLM Coder: Write Commit Message');
    await page.locator('.statusbar-item .codicon-bell-dot').waitFor();
    await runCommand(page, 'Notifications: Show Notifications');
    await page.locator('.notifications-center', { hasText: 'There are no changes to describe.' }).waitFor();
    assert.equal(standin.requests.length, sent);
  });
});
