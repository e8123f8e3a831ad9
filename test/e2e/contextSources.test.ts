import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, enterHostedKey, startEditor } from '../support/editor.ts';
import { type HostedStandin, startHostedStandin, streamedAnswer } from '../support/hostedStandin.ts';
import { answerInputBox, openFile, runCommand, webviewFrame } from '../support/workbench.ts';

describe('the sources of context', () => {
  let editor: Editor;
  let standin: HostedStandin;
  let chat: Frame;

  before(async () => {
    standin = await startHostedStandin(() => ({ pieces: streamedAnswer(['Seen.']) }));
    editor = await startEditor({ 'glmCoder.backend': 'hosted', 'glmCoder.hosted.url': standin.url });
    const { folder } = editor.workspace;
    // Without a project, the language service knows the symbols of open files alone.
    await writeFile(join(folder, 'tsconfig.json'), '{ "include": ["src"] }\n');
    await writeFile(join(folder, 'src', 'half.ts'), 'export const half = (cents: number) => cents / rat;\n');
    await appendFile(join(folder, 'src', 'stock.ts'), '\nexport const notStaged = true;\n');
    await enterHostedKey(editor.page, 'test-id.test-secret');
    await openFile(editor.page, 'src/half.ts');
    await editor.page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await runCommand(editor.page, 'Git: Refresh');
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
  const row = (label: string) => editor.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();

  /** Waits until the sidebar has the keyboard again: before, it would close the next list. */
  const inSidebar = () => editor.page.waitForFunction(() => document.activeElement?.tagName === 'IFRAME');

  async function add(source: string): Promise<void> {
    await chat.getByRole('button', { name: 'Add Context' }).click();
    await row(source).click();
    await row(source).waitFor({ state: 'hidden' });
  }

  async function send(text: string): Promise<void> {
    const turns = await chat.locator('.turn.assistant.done').count();
    await input().fill(text);
    await input().press('Enter');
    await chat.locator('.turn.assistant.done').nth(turns).waitFor();
  }

  it('are symbols, with #: the lines of the declaration and no others', async () => {
    await input().press('#');
    await answerInputBox(editor.page, 'Add a Symbol', 'formatPrice');
    await row('formatPrice').click();
    // The sign stood for the symbol: it is no part of the question.
    await chat.waitForFunction(() => document.querySelector('textarea')?.value === '');
    await chip('formatPrice').locator('.size', { hasText: 'tokens' }).waitFor();
    await inSidebar();
    await send('What is it?');
    assert.match(lastPrompt(), /src\/price\.ts:\d+-\d+\\n```typescript\\n.*export function formatPrice/);
    assert.doesNotMatch(lastPrompt(), /export function withTax/);
  });

  it('are no symbols where none has the name, and it is said', async () => {
    await input().press('#');
    await answerInputBox(editor.page, 'Add a Symbol', 'noSuchSymbolAnywhere');
    await editor.page.locator('.statusbar-item .codicon-bell-dot').waitFor();
    await runCommand(editor.page, 'Notifications: Show Notifications');
    await editor.page.locator('.notifications-center', { hasText: 'No symbol has that name' }).waitFor();
    await runCommand(editor.page, 'Notifications: Clear All Notifications');
    assert.equal(await chip('noSuchSymbolAnywhere').count(), 0);
    assert.equal(await input().inputValue(), '#');
    await input().fill('');
  });

  it('are the problems, with file and line', async () => {
    await add('Problems');
    await chip('Problems').locator('.size', { hasText: 'tokens' }).waitFor();
    await inSidebar();
    await send('Mend them.');
    assert.match(lastPrompt(), /src\/half\.ts:1: error: Cannot find name 'rat'/);
  });

  it('are what is not staged, and not what is', async () => {
    await add('Unstaged changes');
    await chip('Unstaged changes').locator('.size', { hasText: 'tokens' }).waitFor();
    await inSidebar();
    await send('What has changed?');
    assert.match(lastPrompt(), /\+export const notStaged = true;/);
    assert.doesNotMatch(lastPrompt(), /basketTotal.*What has changed/);
  });

  it('are the open tabs, whole', async () => {
    await add('Open tabs');
    await chip('Open tabs').locator('.size', { hasText: 'tokens' }).waitFor();
    await inSidebar();
    await send('What is open?');
    assert.match(lastPrompt(), /src\/half\.ts\\n```typescript\\nexport const half/);
  });

  it('are left with Escape, and nothing is added', async () => {
    const chips = await chat.locator('.chip').count();
    await input().press('@');
    await row('src/price.ts').waitFor();
    await editor.page.keyboard.press('Escape');
    await row('src/price.ts').waitFor({ state: 'hidden' });
    await inSidebar();
    assert.equal(await chat.locator('.chip').count(), chips);
  });
});
