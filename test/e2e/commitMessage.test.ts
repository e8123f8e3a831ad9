import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { type Recording, streamedAnswer } from '../support/hostedStandin.ts';
import { isTold } from '../support/menus.ts';
import { run } from '../support/processes.ts';
import { runCommand } from '../support/workbench.ts';

describe('a commit message', () => {
  let editor: HostedEditor;
  let answer: () => Recording = () => ({ pieces: [] });
  const password = ['hunter2', 'Tr0ub4dor', 'Zebra99'].join('-');
  const git = (folder: string, ...args: string[]) =>
    run('git', ['-c', 'user.name=Shop', '-c', 'user.email=shop@example.com', ...args], { cwd: folder });

  before(async () => {
    editor = await startHostedEditor(() => answer(), {
      async prepare(folder) {
        await git(folder, 'commit', '-qm', 'shop');
        await appendFile(join(folder, 'src', 'stock.ts'), '\nexport const staged = true;\n');
        await git(folder, 'add', 'src/stock.ts');
        await appendFile(join(folder, 'src', 'price.ts'), '\nexport const notStaged = true;\n');
      },
    });
    await editor.page.keyboard.press('Control+Shift+G');
    await runCommand(editor.page, 'Git: Refresh');
  });
  after(() => editor?.dispose());

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
    assert.match(editor.lastPrompt(), /\+export const staged = true;.*Write a commit message/);
    assert.doesNotMatch(editor.lastPrompt(), /notStaged/);
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
    assert.match(editor.lastPrompt(), /Mention the shelf/);
    await says('Mention the shelf');
    await runCommand(page, 'Notifications: Clear All Notifications');
  });

  it('is of all changes where none is staged, without the secrets in them', async () => {
    const { page, workspace } = editor;
    await git(workspace.folder, 'reset', '-q');
    await writeFile(join(workspace.folder, 'src', 'stock.ts'), `export const password = '${password}';\n`);
    await runCommand(page, 'Git: Refresh');
    answer = () => ({ pieces: streamedAnswer(['shop: change it']) });
    await page.locator('.scm-view .monaco-list-row', { hasText: 'Staged Changes' }).waitFor({ state: 'detached' });
    await runCommand(page, 'GLM Coder: Write Commit Message');
    await says('shop: change it');
    assert.match(editor.lastPrompt(), /notStaged/);
    assert.match(editor.lastPrompt(), /export const password = '\*+'/);
    assert.ok(!editor.lastPrompt().includes(password));
  });

  it('says so where there is nothing to describe', async () => {
    const { page, workspace } = editor;
    await git(workspace.folder, 'checkout', '-q', '--', '.');
    const sent = editor.standin.requests.length;
    await runCommand(page, 'GLM Coder: Write Commit Message');
    await isTold(page, 'There are no changes to describe.');
    assert.equal(editor.standin.requests.length, sent);
  });
});
