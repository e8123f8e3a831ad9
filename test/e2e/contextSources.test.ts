import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { streamedAnswer } from '../support/hostedStandin.ts';
import { isTold } from '../support/menus.ts';
import { addContext, ask, composer, keyboardIsIn, openChat } from '../support/sidebar.ts';
import { answerInputBox, chooseRow, listRows, openFile, runCommand } from '../support/workbench.ts';

describe('the sources of context', () => {
  let editor: HostedEditor;
  let chat: Frame;

  before(async () => {
    editor = await startHostedEditor(() => ({ pieces: streamedAnswer(['Seen.']) }), {
      async prepare(folder) {
        // Without a project, the language service knows the symbols of open files alone.
        await writeFile(join(folder, 'tsconfig.json'), '{ "include": ["src"] }\n');
        await writeFile(join(folder, 'src', 'half.ts'), 'export const half = (cents: number) => cents / rat;\n');
        await appendFile(join(folder, 'src', 'stock.ts'), '\nexport const notStaged = true;\n');
      },
    });
    await openFile(editor.page, 'src/half.ts');
    await editor.page.locator('.squiggly-error').first().waitFor();
    await runCommand(editor.page, 'Git: Refresh');
    chat = await openChat(editor.page);
  });
  after(() => editor?.dispose());

  const chip = (label: string) => chat.locator('.chip', { hasText: label });
  const row = (label: string) => listRows(editor.page).filter({ hasText: label }).first();

  /** Has something added that is known by the name of its source, and waits until it is counted. */
  async function add(source: string): Promise<void> {
    await addContext(editor.page, chat, source);
    await chip(source).locator('.size', { hasText: 'tokens' }).waitFor();
    await keyboardIsIn(editor.page);
  }

  it('are symbols, with #: the lines of the declaration and no others', async () => {
    await composer(chat).press('#');
    await answerInputBox(editor.page, 'Add a Symbol', 'formatPrice');
    await chooseRow(editor.page, 'formatPrice');
    // The sign stood for the symbol: it is no part of the question.
    await chat.waitForFunction(() => document.querySelector('textarea')?.value === '');
    await chip('formatPrice').locator('.size', { hasText: 'tokens' }).waitFor();
    await keyboardIsIn(editor.page);
    await ask(chat, 'What is it?');
    assert.match(editor.lastPrompt(), /src\/price\.ts:\d+-\d+\\n```typescript\\n.*export function formatPrice/);
    assert.doesNotMatch(editor.lastPrompt(), /export function withTax/);
  });

  it('are no symbols where none has the name, and it is said', async () => {
    // The box closes without an answer where the sidebar takes the keyboard back.
    await eventually(async () => {
      await composer(chat).fill('');
      await composer(chat).press('#');
      await answerInputBox(editor.page, 'Add a Symbol', 'noSuchSymbolAnywhere');
      await isTold(editor.page, 'No symbol has that name', 10_000);
    });
    assert.equal(await chip('noSuchSymbolAnywhere').count(), 0);
    assert.equal(await composer(chat).inputValue(), '#');
    await composer(chat).fill('');
  });

  it('are the problems, with file and line', async () => {
    await add('Problems');
    await ask(chat, 'Mend them.');
    assert.match(editor.lastPrompt(), /src\/half\.ts:1: error: Cannot find name 'rat'/);
  });

  it('are what is not staged, and not what is', async () => {
    await add('Unstaged changes');
    await ask(chat, 'What has changed?');
    assert.match(editor.lastPrompt(), /\+export const notStaged = true;/);
    assert.doesNotMatch(editor.lastPrompt(), /basketTotal.*What has changed/);
  });

  it('are the open tabs, whole', async () => {
    await add('Open tabs');
    await ask(chat, 'What is open?');
    assert.match(editor.lastPrompt(), /src\/half\.ts\\n```typescript\\nexport const half/);
  });

  it('are left with Escape, and nothing is added', async () => {
    const chips = await chat.locator('.chip').count();
    await composer(chat).press('@');
    await row('src/price.ts').waitFor();
    await eventually(async () => {
      await editor.page.keyboard.press('Escape');
      await row('src/price.ts').waitFor({ state: 'hidden', timeout: 3_000 });
    });
    await keyboardIsIn(editor.page);
    assert.equal(await chat.locator('.chip').count(), chips);
  });
});
