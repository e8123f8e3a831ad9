import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { type Recording, streamedAnswer } from '../support/hostedStandin.ts';
import { chooseAction, instruct, offered } from '../support/menus.ts';
import { openChat } from '../support/sidebar.ts';
import { goToLine, openFile } from '../support/workbench.ts';

/** A problem that the editor's own TypeScript finds, in line 3. */
const faulty = `export function half(cents: number): number {
  const rate = 2;
  return cents / rat;
}
`;

const block = (path: string, search: string, replace: string): string =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

describe('the light bulb', () => {
  let editor: HostedEditor;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: [] });

  before(async () => {
    editor = await startHostedEditor(() => answer(), {
      settings: { 'glmCoder.inline.enabled': false },
      async prepare(folder) {
        await writeFile(join(folder, 'src', 'half.ts'), faulty);
        await writeFile(join(folder, '.env'), 'SHOP_DOOR=open\n');
      },
    });
    chat = await openChat(editor.page);
  });
  after(() => editor?.dispose());

  async function selectLines(path: string, first: number, last: number): Promise<void> {
    const { page } = editor;
    await openFile(page, path);
    await goToLine(page, first, 1);
    for (let line = first; line < last; line++) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+End');
    await page.locator('#status\\.editor\\.selection', { hasText: 'selected' }).waitFor();
  }

  /** Chooses an action, and waits for what the model answers to it. */
  async function choose(title: string, said: string): Promise<void> {
    await chooseAction(editor.page, title);
    await chat.locator('.turn.assistant.done', { hasText: said }).waitFor();
  }

  /** Nothing of ours is in the list of the light bulb, which says so or has other actions. */
  async function nothingIsOffered(): Promise<void> {
    const { page } = editor;
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget, .monaco-editor-overlaymessage').first().waitFor();
    assert.equal(await offered(page, 'GLM Coder').count(), 0);
  }

  /** Waits until the diff of a proposal is open: it would take the keyboard from what is done next. */
  const isReviewed = (name: string) => editor.page.locator('.tab.active', { hasText: `${name} (proposed)` }).waitFor();

  it('explains what is selected', async () => {
    answer = () => ({ pieces: streamedAnswer(['It adds tax.']) });
    await selectLines('src/price.ts', 8, 10);
    await choose('Explain with GLM Coder', 'It adds tax.');
    assert.deepEqual(await chat.locator('.question').allTextContents(), ['/explain']);
    assert.match(editor.lastPrompt(), /src\/price\.ts:8-10\\n.*Explain the attached code/);
  });

  it('fixes a problem at the cursor, with its message and the whole file', async () => {
    const edit = block('src/half.ts', '  return cents / rat;', '  return cents / rate;');
    answer = () => ({ pieces: streamedAnswer(['The name was wrong.\n\n', edit]) });
    await openFile(editor.page, 'src/half.ts');
    await editor.page.locator('.squiggly-error').first().waitFor();
    await goToLine(editor.page, 3, 18);
    await choose('Fix with GLM Coder', 'The name was wrong.');
    assert.match(editor.lastPrompt(), /src\/half\.ts\\n```.*src\/half\.ts:3: Cannot find name 'rat'/);
    const proposal = chat.locator('.proposal').last();
    await proposal.locator('h3', { hasText: '1 file' }).waitFor();
    await isReviewed('half.ts');
    await proposal.getByRole('button', { name: 'Accept', exact: true }).click();
    await editor.page.locator('.tab.dirty[data-resource-name="half.ts"]').waitFor();
    await editor.page.locator('.tab', { hasText: '(proposed)' }).waitFor({ state: 'detached' });
  });

  it('offers nothing for a place without a selection or a problem', async () => {
    const { page } = editor;
    await openFile(page, 'src/price.ts');
    await goToLine(page, 2, 1);
    await nothingIsOffered();
    await page.keyboard.press('Escape');
  });

  it('writes tests for what is selected, as a file to be judged', async () => {
    const edit = block('src/price.test.ts', '', "import './price.ts';");
    answer = () => ({ pieces: streamedAnswer(['A test.\n\n', edit]) });
    await selectLines('src/price.ts', 8, 10);
    await choose('Write Tests with GLM Coder', 'A test.');
    assert.deepEqual(await chat.locator('.question').allTextContents(), ['/tests']);
    assert.match(editor.lastPrompt(), /Write tests for the attached code/);
    await chat.locator('.proposal-files > li', { hasText: 'price.test.ts' }).waitFor();
    await isReviewed('price.test.ts');
  });

  it('documents what is selected, as a change to be judged', async () => {
    const edit = block('src/price.ts', '/** Adds value added tax to a price. */', '/** Adds tax, rounded to cents. */');
    answer = () => ({ pieces: streamedAnswer(['Documented.\n\n', edit]) });
    await selectLines('src/price.ts', 7, 10);
    await choose('Document with GLM Coder', 'Documented.');
    assert.deepEqual(await chat.locator('.question').allTextContents(), ['/docs']);
    assert.match(editor.lastPrompt(), /Document the attached code/);
    await chat.locator('.proposal-files > li', { hasText: 'price.ts' }).waitFor();
    await isReviewed('price.ts');
  });

  it('edits what is selected on the spot', async () => {
    const { page } = editor;
    answer = () => ({ pieces: streamedAnswer(['```ts\n/** A price. */\n```\n']) });
    await selectLines('src/price.ts', 1, 1);
    await chooseAction(page, 'Edit Here with GLM Coder…');
    await instruct(page, 'Edit Here: price.ts, line 1', 'shorter');
    await page.locator('.review-widget:visible', { hasText: '+/** A price. */' }).waitFor();
  });

  it('offers nothing in a file that may hold secrets', async () => {
    await selectLines('.env', 1, 1);
    await nothingIsOffered();
  });
});
