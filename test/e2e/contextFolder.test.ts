import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { createLazyTiktoken } from '../../extension/node/tiktoken.ts';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { streamedAnswer } from '../support/hostedStandin.ts';
import { chooseFromMenu } from '../support/menus.ts';
import { addContext, ask, composer, openChat, pick } from '../support/sidebar.ts';
import { goToLine, openFile, runCommand, showFile, webviewFrame } from '../support/workbench.ts';

describe('folders, dropped files and the whole repository as context', () => {
  let editor: HostedEditor;
  let chat: Frame;

  before(async () => {
    editor = await startHostedEditor(() => ({ pieces: streamedAnswer(['Seen.']) }), {
      async prepare(folder) {
        await mkdir(join(folder, 'lib', 'deep'), { recursive: true });
        await writeFile(join(folder, 'lib', 'deep', 'one.ts'), 'export const inLib = 1;\n');
        await writeFile(join(folder, 'lib', '.env'), 'TOKEN=1\n');
        await symlink('/etc', join(folder, 'out'));
      },
    });
    chat = await openChat(editor.page);
  });
  after(() => editor?.dispose());

  const messages = () =>
    editor.standin.requests.at(-1)?.body.messages as { readonly role: string; readonly content: string }[];
  const chip = (label: string) => chat.locator('.chip', { hasText: label });
  const counted = (label: string) => chip(label).locator('.size', { hasText: 'tokens' }).waitFor();
  /** Drops data on the page as VS Code does while Shift is held. */
  const drop = (data: Readonly<Record<string, string>>) =>
    chat.evaluate((given) => {
      const dataTransfer = new DataTransfer();
      for (const [type, text] of Object.entries(given)) dataTransfer.setData(type, text);
      for (const name of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
    }, data);

  it('takes a folder from the Explorer: all readable files below, and says what is left out', async () => {
    const lib = editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'lib' });
    await runCommand(editor.page, 'View: Show Explorer');
    await chooseFromMenu(editor.page, lib, 'Add to GLM Coder Chat');
    chat = await webviewFrame(editor.page, '.chip');
    await counted('lib/');
    assert.match((await chip('lib/').textContent()) ?? '', /1 left out/);
    await ask(chat, 'What is in it?');
    const content = messages().at(-1)?.content ?? '';
    assert.match(content, /^lib\/\n```\n###PATH: lib\/deep\/one\.ts\nexport const inLib = 1;\n/);
    assert.doesNotMatch(content, /TOKEN/);
    assert.equal(await chip('lib/').count(), 0);
  });

  it('counts exactly what is sent', async () => {
    await addContext(editor.page, chat, 'Folder…');
    await editor.page.locator('.quick-input-title', { hasText: 'Add a Folder' }).waitFor();
    await editor.page.locator('.quick-input-widget input').fill('src/');
    await pick(editor.page, 'src/');
    await counted('src/');
    const question = 'How much is it?';
    await composer(chat).fill(question);
    await chat.locator('.meter summary').click();
    /** What the meter says once it has counted: before, it says "about". */
    const number = async (name: string) => {
      const row = chat.locator('.meter tr', { hasText: name });
      const figure = row
        .locator('td')
        .first()
        .and(chat.getByText(/^[\d,]+$/));
      return Number((await figure.innerText()).replaceAll(',', ''));
    };
    const said = await number('This message');
    const attached = await number('Attached');
    await ask(chat, question);
    const [sent] = await createLazyTiktoken(resolve('dist')).count([messages().at(-1)?.content ?? '']);
    assert.equal(attached + said, sent);
    await chat.locator('.meter summary').click();
  });

  it('keeps a selection that is added with its shortcut', async () => {
    const { page } = editor;
    await openFile(page, 'src/price.ts');
    await goToLine(page, 8);
    await page.keyboard.press('Shift+Home');
    await page.locator('#status\\.editor\\.selection', { hasText: 'selected' }).waitFor();
    await page.keyboard.press('Control+Alt+K');
    await counted('src/price.ts:8-8');
    await chip('src/price.ts:8-8').click();
    await chip('src/price.ts:8-8').waitFor({ state: 'detached' });
  });

  it('takes dropped files and folders of the workspace alone, and tells why not the others', async () => {
    const { folder } = editor.workspace;
    const remote = (path: string) => `vscode-remote://127.0.0.1:${editor.server.port}${join(folder, path)}`;
    const list = [
      remote('src/stock.ts'),
      remote('lib'),
      remote('lib/.env'),
      remote('out/hostname'),
      'file:///etc/passwd',
    ];
    await drop({ 'application/vnd.code.uri-list': list.join('\r\n'), 'text/plain': 'stock.ts' });
    await counted('src/stock.ts');
    await counted('lib/');
    await chip('lib/.env').locator('.reason', { hasText: 'may hold secrets' }).waitFor();
    await chip('out/hostname').locator('.reason', { hasText: 'leads out of the folder' }).waitFor();
    await chip('passwd').locator('.reason', { hasText: 'not in the open folder' }).waitFor();
    await ask(chat, 'What are these?');
    const content = messages().at(-1)?.content ?? '';
    assert.match(content, /^src\/stock\.ts\n```typescript\n/);
    assert.match(content, /inLib/);
    assert.doesNotMatch(content, /TOKEN|hostname|passwd|root:/);
    assert.equal(await chat.locator('.chip', { hasText: 'passwd' }).count(), 0);
  });

  it('takes a tab that is dragged onto it with Shift held', async () => {
    const { page } = editor;
    await showFile(page, 'README.md');
    const from = await page.locator('.tab[data-resource-name="README.md"]').boundingBox();
    const to = await page.locator('iframe.webview').first().boundingBox();
    assert.ok(from && to);
    await page.mouse.move(from.x + 30, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, from.y + 60, { steps: 4 });
    await page.keyboard.down('Shift');
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 12 });
    await chat.locator('.drop-hint').waitFor();
    await page.mouse.up();
    await page.keyboard.up('Shift');
    // The file that is open has a chip of its own.
    const added = chip('README.md').filter({ has: chat.locator('.codicon-close') });
    await added.locator('.size', { hasText: 'tokens' }).waitFor();
    await chat.locator('.drop-hint').waitFor({ state: 'detached' });
    await added.click();
  });

  it('begins a chat with the whole repository, which stays its beginning', async () => {
    await chat.getByRole('button', { name: 'New Chat' }).first().click();
    await chat.locator('.welcome').waitFor();
    await addContext(editor.page, chat, 'Whole repository');
    await chip('Whole repository').locator('.size', { hasText: 'up to' }).waitFor();
    await ask(chat, 'What is this?');
    const first = messages();
    assert.ok(first.some(({ content }) => content.includes('###PATH: src/basket.ts')));
    assert.ok(first.at(-1)?.content.endsWith('What is this?'));
    await chip('Whole repository').locator('.codicon-lock').waitFor();
    await chip('Whole repository')
      .locator('.size', { hasText: /^[\d.,K]+ tokens$/ })
      .waitFor();
    await ask(chat, 'And this?');
    const head = (all: typeof first) => JSON.stringify(all.slice(0, first.length));
    assert.equal(head(messages()), head(first), 'the prompt begins with the same bytes');
  });
});
