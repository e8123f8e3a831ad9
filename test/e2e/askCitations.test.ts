import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Frame, Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { streamedAnswer } from '../support/hostedStandin.ts';
import { composer } from '../support/sidebar.ts';
import { answerInputBox, cursorAt, reloadWindow, runCommand, webviewFrame } from '../support/workbench.ts';

/** Four places that are there, one that has moved, and one for which a name is invented. */
const answer = [
  'Tax is added by `withTax` (`src/price.ts:8-10`)',
  ', and `formatPrice` writes it (`src/price.ts:13-15`).\n\n- The sum is made by `basketTotal`',
  ' (`src/basket.ts:4-10`).\n- `Stock.add` counts (`src/stock.ts:5-7`).\n',
  '- The receipt is printed by `receipt` (`src/basket.ts:30-32`).\n',
  '- `applyDiscount` lowers it (`src/price.ts:1-5`).\n\n',
];
/** Said until what stands above was looked at: places are marked as the answer goes on. */
const filler = 'More is not known. ';

describe('an answer about the repository, with its places', () => {
  let editor: HostedEditor;
  let chat: Frame;
  let page: Page;
  let isSeen = false;

  async function* said(): AsyncIterable<string> {
    const [more = '', ...end] = streamedAnswer([filler]);
    yield* streamedAnswer(answer).slice(0, answer.length);
    while (!isSeen) yield more;
    yield* end;
  }

  before(async () => {
    editor = await startHostedEditor(() => ({ pieces: said(), pause: 50 }), { size: { width: 1400, height: 860 } });
    ({ page } = editor);
  });
  after(() => editor?.dispose());

  const link = (text: string) => chat.locator('button.citation', { hasText: text });

  it('marks places while the answer is still being written', async () => {
    await runCommand(page, 'GLM Coder: Ask Repository…');
    await answerInputBox(page, 'Ask Repository', 'How does a price become a receipt?');
    chat = await webviewFrame(page, '.turn.assistant');
    await chat.locator('.turn.assistant.streaming button.citation', { hasText: 'src/price.ts:8-10' }).waitFor();
    await chat.locator('.turn.assistant.streaming s.citation.wrong').waitFor();
    isSeen = true;
  });

  it('shows four good places, one that has moved, and one that is wrong with the reason', async () => {
    await chat.locator('.turn.assistant.done').waitFor();
    // Places are looked for once the answer is whole.
    await link('src/basket.ts:30-32')
      .filter({ hasText: /→ .*13-15$/ })
      .waitFor();
    const good = await chat.locator('button.citation:not(.moved)').allTextContents();
    assert.deepEqual(good, ['src/price.ts:8-10', 'src/price.ts:13-15', 'src/basket.ts:4-10', 'src/stock.ts:5-7']);
    assert.equal(await chat.locator('.citation.moved').count(), 1);
    assert.deepEqual(await chat.locator('s.citation.wrong').allTextContents(), ['src/price.ts:1-5']);
    assert.match((await chat.locator('.citation-reason').textContent()) ?? '', /applyDiscount is not in this file/);
  });

  it('opens the lines of a good place, and those to which one has moved', async () => {
    await link('src/price.ts:8-10').click();
    await page.locator('.tab.active[data-resource-name="price.ts"]').waitFor();
    await cursorAt(page, 10, 2).waitFor();
    await link('src/basket.ts:30-32').click();
    await page.locator('.tab.active[data-resource-name="basket.ts"]').waitFor();
    await cursorAt(page, 15, 2).waitFor();
  });

  it('shows the lines of a place beside it, until Escape', async () => {
    await link('src/stock.ts:5-7').hover();
    const preview = chat.locator('.place-preview');
    await preview.filter({ hasText: /add\(article: string, count: number\): void/ }).waitFor();
    await mkdir('out/shots', { recursive: true });
    await page.screenshot({ path: 'out/shots/ask-citations.png' });
    await link('src/stock.ts:5-7').press('Escape');
    await preview.waitFor({ state: 'detached' });
  });

  it('keeps what it found with the chat', async () => {
    await reloadWindow(page);
    await runCommand(page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(page, '.turn.assistant');
    await chat.locator('button.citation').nth(4).waitFor();
    assert.equal(await chat.locator('button.citation').count(), 5);
    // A page that is still being drawn moves away below the mouse.
    await eventually(async () => {
      await composer(chat).hover();
      await link('src/price.ts:13-15').hover();
      await chat.locator('.place-preview', { hasText: 'formatPrice' }).waitFor({ timeout: 5_000 });
    });
    assert.equal(await chat.locator('s.citation.wrong').count(), 1);
  });
});
