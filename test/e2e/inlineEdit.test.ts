import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { type Recording, streamedAnswer } from '../support/hostedStandin.ts';
import { instruct, isTold } from '../support/menus.ts';
import { isSaved, isSavedAs, onDisk } from '../support/savedFiles.ts';
import {
  codeShows,
  cursorAt,
  goToLine,
  openFile,
  reloadWindow,
  runCommand,
  typeText,
  visibleCode,
} from '../support/workbench.ts';

const reduced = `export function basketTotal(prices: readonly Price[]): Price {
  const cents = prices.reduce((sum, price) => sum + price.cents, 0);
  return { cents, currency: prices[0]?.currency ?? 'EUR' };
}`;

const answerWith = (code: string, pause = 5): Recording => ({
  pieces: streamedAnswer([...`I use it.\n\n\`\`\`ts\n${code}\n\`\`\`\n`.matchAll(/[^\n]*\n/g)].map(([line]) => line)),
  pause,
});

describe('an edit on the spot', () => {
  let editor: HostedEditor;
  let answer: () => Recording | Promise<Recording> = () => answerWith(reduced);
  before(async () => {
    editor = await startHostedEditor(() => answer(), { settings: { 'glmCoder.inline.enabled': false } });
  });
  after(() => editor?.dispose());

  const thread = () => editor.page.locator('.review-widget:visible');
  const written = () => thread().locator('.comment-body');
  const action = (name: string) => editor.page.locator('.codelens-decoration a', { hasText: name });
  const status = (words: string) =>
    editor.page.locator(`#glm-coder\\.glm-coder\\.glmCoder\\.inlineEdit[aria-label*="${words}"]`);

  /** Asks for an edit with the keyboard, at a line or from it to another. */
  async function ask(instruction: string, line: number, last = line): Promise<void> {
    const { page } = editor;
    // What was above the lines of an earlier edit goes a moment after it.
    await page.locator('.codelens-decoration a').first().waitFor({ state: 'detached' });
    await goToLine(page, line, 1);
    for (let at = line; at < last; at++) await page.keyboard.press('Shift+ArrowDown');
    if (last > line) await page.keyboard.press('Shift+End');
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+E');
    await instruct(page, 'Edit Here', instruction);
  }

  /** Clicks what ends an edit, until it is gone: what stands above the lines is drawn anew now and then. */
  async function leave(name: 'Accept' | 'Close'): Promise<void> {
    await eventually(async () => {
      if ((await thread().count()) === 0) return;
      await action(name).click({ timeout: 5_000 });
      await thread().waitFor({ state: 'detached', timeout: 5_000 });
    });
  }

  const isClean = async () => assert.equal(await editor.page.locator('.tab.active.dirty').count(), 0);

  it('streams below the lines, changes nothing yet, is accepted with a key and undone with another', async () => {
    const { page } = editor;
    await openFile(page, 'src/basket.ts');
    const before = await onDisk(editor, 'src/basket.ts');
    answer = () => answerWith(reduced, 250);
    await ask('use reduce', 4, 10);
    await status('Waiting for the model').waitFor();
    await written().filter({ hasText: 'prices.reduce' }).waitFor();
    await action('Stop').waitFor();
    assert.ok(!(await visibleCode(page)).includes('prices.reduce'));
    await action('Accept').waitFor();
    await status('1 lines added, 4 removed').waitFor();
    await written()
      .filter({ hasText: /-\s+let cents = 0;.*\+\s+const cents = prices\.reduce/s })
      .waitFor();
    await isClean();

    const prompt = editor.lastPrompt();
    assert.match(prompt, /begin here \]\]\]\\nexport function basketTotal.*use reduce/);

    await page.keyboard.press('Control+Enter');
    await thread().waitFor({ state: 'detached' });
    await isSavedAs(editor, 'src/basket.ts', (text) => assert.ok(text.includes(reduced)));
    await page.keyboard.press('Control+Z');
    await page.locator('.tab.active.dirty').waitFor();
    await isSaved(editor, 'src/basket.ts', before);
  });

  it('takes the declaration at the cursor where nothing is selected, and is rejected with Escape', async () => {
    const { page } = editor;
    await openFile(page, 'src/basket.ts');
    const before = await onDisk(editor, 'src/basket.ts');
    answer = () => answerWith(reduced);
    await ask('use reduce again', 4);
    await action('Reject').waitFor();
    const prompt = editor.lastPrompt();
    assert.match(prompt, /\?\? 'EUR' \};\\n\}\\n\[\[\[ the lines to edit end/);
    await page.keyboard.press('Escape');
    await thread().waitFor({ state: 'detached' });
    await action('Reject').waitFor({ state: 'detached' });
    await isClean();
    assert.equal(await onDisk(editor, 'src/basket.ts'), before);
  });

  it('is stopped in the middle at its socket, and leaves nothing', async () => {
    const { page } = editor;
    await openFile(page, 'src/basket.ts');
    answer = () => answerWith(reduced + '\n// more'.repeat(600), 200);
    await ask('go on and on', 4, 10);
    await written().filter({ hasText: 'prices.reduce' }).waitFor();
    await page.keyboard.press('Escape');
    await thread().waitFor({ state: 'detached' });
    await editor.standin.requests.at(-1)?.abandoned;
    await isClean();
  });

  it('goes on while the user types elsewhere in the file, and keeps what was typed', async () => {
    const { page } = editor;
    await openFile(page, 'src/basket.ts');
    answer = () => answerWith(reduced, 400);
    await ask('use reduce', 4, 10);
    await written().filter({ hasText: 'export function' }).waitFor();
    await goToLine(page, 1);
    await typeText(page, '\n// Typed above.');
    await action('Accept').waitFor();
    await goToLine(page, 16);
    await typeText(page, '\n// Typed below.');
    // Escape is for the edit only where the cursor is at it.
    await page.keyboard.press('Escape');
    // A click in the status bar leads back to it.
    await status('The edit is ready').click();
    await cursorAt(page, 5).waitFor();
    await leave('Accept');
    await isSavedAs(editor, 'src/basket.ts', (text) => {
      assert.ok(text.includes('// Typed above.\n') && text.includes(reduced) && text.includes('// Typed below.'));
      assert.equal(text.match(/basketTotal\(prices: /g)?.length, 1);
    });
  });

  it('is not written over what the user changed in the same lines', async () => {
    const { page } = editor;
    await openFile(page, 'src/stock.ts');
    answer = () => answerWith('  add(article: string, count = 1): void {\n    this.counts.set(article, count);\n  }');
    await ask('give count a default', 5, 7);
    await action('Accept').waitFor();
    await goToLine(page, 5);
    await typeText(page, ' // mine');
    await written().filter({ hasText: 'You changed the same lines meanwhile' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await isTold(page, 'Nothing was changed');
    await openFile(page, 'src/stock.ts');
    await codeShows(page, /count: number\): void \{ \/\/ mine/);
    await action('Try Again').click();
    const input = page.locator('.quick-input-widget input');
    await page.locator('.quick-input-title', { hasText: 'Edit Here' }).waitFor();
    assert.equal(await input.inputValue(), 'give count a default');
    await input.press('Enter');
    // The edit before this one goes first, with what it said.
    await written()
      .filter({ hasText: /- .*\/\/ mine/ })
      .waitFor();
    await status('lines added').waitFor();
    await leave('Accept');
    await isSavedAs(editor, 'src/stock.ts', (text) =>
      assert.match(text, /add\(article: string, count = 1\): void \{\n/),
    );
  });

  it('says what went wrong in its place, and can be tried again; two files have one each', async () => {
    const { page } = editor;
    answer = () => ({ status: 400, type: 'application/json', pieces: ['{"error":{"code":"1214","message":"bad"}}'] });
    await openFile(page, 'src/price.ts');
    await ask('round up', 8, 10);
    await action('Try Again').waitFor();
    await written().locator('a', { hasText: 'Choose Backend' }).waitFor();
    answer = () => answerWith('- Prices are kept in cents.\n- Taxes are not.');
    await openFile(page, 'README.md');
    await ask('make a list', 3);
    await action('Accept').waitFor();
    await openFile(page, 'src/price.ts');
    await leave('Close');
    await openFile(page, 'README.md');
    await leave('Accept');
    await page.locator('.tab.active.dirty').waitFor();
    await isSaved(editor, 'README.md', '# Shop\n\n- Prices are kept in cents.\n- Taxes are not.\n');
  });

  it('never writes what stands for a secret', async () => {
    const { page } = editor;
    const password = ['hunter2', 'Tr0ub4dor', 'Zebra99'].join('-');
    await openFile(page, 'notes.txt');
    await goToLine(page, 1);
    await typeText(page, `\npassword = '${password}'`);
    answer = () => answerWith(`secret = '${'*'.repeat(password.length)}'`);
    await ask('rename it', 2);
    await written().filter({ hasText: 'looks like a secret is not sent' }).waitFor();
    assert.ok(!JSON.stringify(editor.standin.requests.at(-1)?.body).includes(password));
    await codeShows(page, new RegExp(password));
    await leave('Close');
    await runCommand(page, 'File: Revert File');
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  });

  it('is gone after a reload in the middle, and the file is as it was', async () => {
    const { page } = editor;
    await openFile(page, 'src/price.ts');
    const before = await onDisk(editor, 'src/price.ts');
    answer = () => answerWith(reduced + '\n// more'.repeat(600), 200);
    await ask('go on and on', 8, 10);
    await written().filter({ hasText: 'prices.reduce' }).waitFor();
    await reloadWindow(page);
    await openFile(page, 'src/price.ts');
    await page.locator('.view-line', { hasText: 'withTax' }).first().waitFor();
    await isClean();
    assert.equal(await thread().count(), 0);
    assert.equal(await onDisk(editor, 'src/price.ts'), before);
    assert.ok(!(await visibleCode(page)).includes('reduce'));
  });
});
