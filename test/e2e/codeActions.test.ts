import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, enterHostedKey, startEditor } from '../support/editor.ts';
import { type HostedStandin, type Recording, startHostedStandin, streamedAnswer } from '../support/hostedStandin.ts';
import { goToLine, openFile, runCommand, webviewFrame } from '../support/workbench.ts';

/** A problem that the editor's own TypeScript finds, in line 3. */
const faulty = `export function half(cents: number): number {
  const rate = 2;
  return cents / rat;
}
`;

const block = (path: string, search: string, replace: string): string =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

describe('the light bulb', () => {
  let editor: Editor;
  let standin: HostedStandin;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: [] });

  before(async () => {
    standin = await startHostedStandin(() => answer());
    editor = await startEditor({
      'glmCoder.backend': 'hosted',
      'glmCoder.hosted.url': standin.url,
      'glmCoder.inline.enabled': false,
    });
    await writeFile(join(editor.workspace.folder, 'src', 'half.ts'), faulty);
    await writeFile(join(editor.workspace.folder, '.env'), 'SHOP_DOOR=open\n');
    await enterHostedKey(editor.page, 'test-id.test-secret');
    await runCommand(editor.page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(editor.page, '.composer textarea');
  });
  after(async () => {
    await editor?.dispose();
    await standin?.dispose();
  });

  const lastPrompt = () => JSON.stringify(standin.requests.at(-1)?.body.messages);
  const offered = (title: string) => editor.page.locator('.action-widget .monaco-list-row', { hasText: title });

  /** Opens the list of actions; it closes when the language server, still starting, changes what it has to say. */
  async function openActions(title: string): Promise<void> {
    const { page } = editor;
    for (let tries = 0; tries < 6 && !(await offered(title).isVisible()); tries++) {
      await page.keyboard.press('Control+.');
      await offered(title)
        .waitFor({ timeout: 8_000 })
        .catch(() => {});
    }
  }

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
    await openActions(title);
    await offered(title).click();
    await chat.locator('.turn.assistant.done', { hasText: said }).waitFor();
  }

  /** Waits until the diff of a proposal is open: it would take the keyboard from what is done next. */
  const isReviewed = (name: string) => editor.page.locator('.tab.active', { hasText: `${name} (proposed)` }).waitFor();

  it('explains what is selected', async () => {
    answer = () => ({ pieces: streamedAnswer(['It adds tax.']) });
    await selectLines('src/price.ts', 8, 10);
    await choose('Explain with GLM Coder', 'It adds tax.');
    assert.deepEqual(await chat.locator('.question').allTextContents(), ['/explain']);
    assert.match(lastPrompt(), /src\/price\.ts:8-10\\n.*Explain the attached code/);
  });

  it('fixes a problem at the cursor, with its message and the whole file', async () => {
    const edit = block('src/half.ts', '  return cents / rat;', '  return cents / rate;');
    answer = () => ({ pieces: streamedAnswer(['The name was wrong.\n\n', edit]) });
    await openFile(editor.page, 'src/half.ts');
    await editor.page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await goToLine(editor.page, 3, 18);
    await choose('Fix with GLM Coder', 'The name was wrong.');
    assert.match(lastPrompt(), /src\/half\.ts\\n```.*src\/half\.ts:3: Cannot find name 'rat'/);
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
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget, .monaco-editor-overlaymessage').first().waitFor();
    assert.equal(await offered('GLM Coder').count(), 0);
    await page.keyboard.press('Escape');
  });

  it('writes tests for what is selected, as a file to be judged', async () => {
    const edit = block('src/price.test.ts', '', "import './price.ts';");
    answer = () => ({ pieces: streamedAnswer(['A test.\n\n', edit]) });
    await selectLines('src/price.ts', 8, 10);
    await choose('Write Tests with GLM Coder', 'A test.');
    assert.deepEqual(await chat.locator('.question').allTextContents(), ['/tests']);
    assert.match(lastPrompt(), /Write tests for the attached code/);
    await chat.locator('.proposal-files > li', { hasText: 'price.test.ts' }).waitFor();
    await isReviewed('price.test.ts');
  });

  it('documents what is selected, as a change to be judged', async () => {
    const edit = block('src/price.ts', '/** Adds value added tax to a price. */', '/** Adds tax, rounded to cents. */');
    answer = () => ({ pieces: streamedAnswer(['Documented.\n\n', edit]) });
    await selectLines('src/price.ts', 7, 10);
    await choose('Document with GLM Coder', 'Documented.');
    assert.deepEqual(await chat.locator('.question').allTextContents(), ['/docs']);
    assert.match(lastPrompt(), /Document the attached code/);
    await chat.locator('.proposal-files > li', { hasText: 'price.ts' }).waitFor();
    await isReviewed('price.ts');
  });

  it('edits what is selected on the spot', async () => {
    const { page } = editor;
    answer = () => ({ pieces: streamedAnswer(['```ts\n/** A price. */\n```\n']) });
    // The diff of the last answer has a tab of the same name, and nothing is offered in it.
    await runCommand(page, 'View: Close All Editors');
    await selectLines('src/price.ts', 1, 1);
    await openActions('Edit Here with GLM Coder…');
    await offered('Edit Here with GLM Coder…').click();
    await page.locator('.quick-input-title', { hasText: 'Edit Here: price.ts, line 1' }).waitFor();
    await page.locator('.quick-input-widget input').fill('shorter');
    await page.keyboard.press('Enter');
    await page.locator('.review-widget:visible', { hasText: '+/** A price. */' }).waitFor();
  });

  it('offers nothing in a file that may hold secrets', async () => {
    const { page } = editor;
    await selectLines('.env', 1, 1);
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget, .monaco-editor-overlaymessage').first().waitFor();
    assert.equal(await offered('GLM Coder').count(), 0);
  });
});
