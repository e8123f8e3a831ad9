import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { type ChatPage, openChatPage } from './support/page.ts';
import { answer, citations } from './support/turns.ts';

const text = [
  'Tax is added in `src/price.ts:8-10`.',
  'The sum is in `src/basket.ts:20-24`, the stock in lib/stock.ts:5.',
  'There is nothing in `src/tax.ts:1-2`, and `src/other.ts:3` was not looked at.',
].join('\n\n');
const turns = [answer('1', text, { citations })];

describe('cited places in the page', () => {
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    chat = await openChatPage(browser);
    await chat.show(turns);
    await chat.heard();
  });
  afterEach(async () => {
    assert.deepEqual([...chat.errors], []);
    await chat.close();
  });

  const link = (name: string) => chat.page.locator('button.citation', { hasText: name });
  const preview = () => chat.page.locator('.place-preview');

  it('are told of when the answer is read out', async () => {
    const spoken = (await chat.page.locator('[role="status"]').allTextContents()).join();
    assert.match(spoken, /1 of 4 cited places were not found\./);
  });

  it('open where they are: good ones at their lines, moved ones where they are by now', async () => {
    for (const name of ['src/price.ts:8-10', 'src/basket.ts:20-24', 'lib/stock.ts:5']) await link(name).click();
    assert.deepEqual(await chat.heard(), [
      { type: 'open', path: 'src/price.ts', startLine: 8, endLine: 10 },
      { type: 'open', path: 'src/basket.ts', startLine: 4, endLine: 8 },
      { type: 'open', path: 'src/stock.ts', startLine: 5, endLine: 5 },
    ]);
  });

  it('say where they have moved to', async () => {
    assert.match(
      (await link('src/basket.ts:20-24').textContent()) ?? '',
      /^src\/basket\.ts:20-24 → .*other lines.*4-8$/,
    );
    assert.match((await link('lib/stock.ts:5').textContent()) ?? '', /→ .*another file.*src\/stock\.ts:5$/);
    const name = await link('lib/stock.ts:5').evaluate((element) => (element as HTMLElement).ariaLabel);
    assert.equal(name, null, 'its name is what it says');
  });

  it('are struck out with the reason where they are wrong, and are no links', async () => {
    const wrong = chat.page.locator('s.citation.wrong');
    assert.equal(await wrong.textContent(), 'src/tax.ts:1-2');
    assert.equal(await wrong.evaluate((element) => getComputedStyle(element).textDecorationLine), 'line-through');
    assert.equal((await chat.page.locator('.citation-reason').textContent())?.trim(), '(there is no such file)');
    assert.equal(await chat.page.locator('button', { hasText: 'src/tax.ts' }).count(), 0);
    assert.equal(await chat.page.locator('button', { hasText: 'src/other.ts' }).count(), 0);
  });

  it('show their lines to the mouse, which may go there, and hide them when it leaves', async () => {
    await link('src/price.ts:8-10').hover();
    await preview().waitFor();
    assert.match((await preview().textContent()) ?? '', /src\/price\.ts:8-10.*8\n9\n10\n.*withTax/s);
    assert.ok((await preview().locator('.hljs-keyword').count()) > 0, 'the code is coloured');
    await preview().hover();
    await chat.page.waitForTimeout(400);
    assert.equal(await preview().count(), 1);
    await chat.page.mouse.move(5, 790);
    await preview().waitFor({ state: 'detached' });
  });

  it('show their lines to the keyboard, until Escape, which does not stop the answer', async () => {
    await chat.show(turns, { busy: true });
    await chat.heard();
    await chat.page.keyboard.press('Tab');
    await link('src/price.ts:8-10').focus();
    await preview().waitFor();
    const id = await link('src/price.ts:8-10').getAttribute('aria-describedby');
    assert.equal(await preview().getAttribute('id'), id);
    await chat.page.keyboard.press('Escape');
    await preview().waitFor({ state: 'detached' });
    assert.deepEqual(await chat.heard(), []);
    assert.equal(await link('src/price.ts:8-10').evaluate((element) => element === document.activeElement), true);
    await chat.page.keyboard.press('Escape');
    assert.deepEqual(await chat.heard(), [{ type: 'stop' }]);
  });

  it('show their lines within the page, however narrow and wherever they stand', async () => {
    const low = [answer('1', `${'Word.\n\n'.repeat(40)}See \`src/price.ts:8-10\`.`, { citations })];
    for (const width of [240, 340, 900]) {
      const narrow = await openChatPage(browser, { width, height: 400 });
      await narrow.show(low);
      const last = narrow.page.locator('button.citation');
      await last.scrollIntoViewIfNeeded();
      await last.hover();
      const box = await narrow.page.locator('.place-preview').boundingBox();
      assert.ok(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= 400, `${width}`);
      await narrow.close();
    }
  });

  it('are marked while the answer still grows', async () => {
    const [good] = citations;
    assert.ok(good);
    const growing = answer('2', 'Tax is in `src/price.ts:8-10`. It', { status: 'streaming' });
    await chat.show([growing], { busy: true });
    assert.equal(await chat.page.locator('.citation').count(), 0);
    await chat.say({ type: 'turn', turn: { ...growing, citations: [good] }, busy: true });
    assert.equal(await link('src/price.ts:8-10').count(), 1);
    await chat.say({ type: 'append', id: '2', to: 'text', text: ' is rounded.' });
    assert.match((await chat.page.locator('.markdown').textContent()) ?? '', /It is rounded\./);
    assert.equal(await link('src/price.ts:8-10').count(), 1);
  });

  it('spell out marks that would turn text around', async () => {
    const hidden = {
      path: 'a\u202Eb.ts',
      startLine: 1,
      endLine: 1,
      verified: false,
      status: 'wrong',
      reason: 'no\u2066pe',
    } as const;
    await chat.show([answer('1', 'See `a\u202Eb.ts:1`.', { citations: [hidden] })]);
    assert.equal(await chat.page.locator('s.citation.wrong').textContent(), 'a[U+202E]b.ts:1');
    assert.equal((await chat.page.locator('.citation-reason').textContent())?.trim(), '(no[U+2066]pe)');
  });

  it('are drawn in every theme', async () => {
    await mkdir('out/shots', { recursive: true });
    for (const theme of ['light', 'dark', 'contrast'] as const) {
      const themed = await openChatPage(browser, { theme, width: 420, height: 420 });
      await themed.show(turns);
      await themed.page.screenshot({ path: `out/shots/citations-${theme}-still.png` });
      await themed.page.locator('button.citation', { hasText: 'src/basket.ts' }).hover();
      await themed.page.locator('.place-preview').waitFor();
      await themed.page.screenshot({ path: `out/shots/citations-${theme}.png` });
      const colours = await themed.page
        .locator('.place-preview')
        .evaluate((element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).color]);
      assert.notEqual(colours[0], colours[1]);
      assert.notEqual(colours[0], 'rgba(0, 0, 0, 0)');
      await themed.close();
    }
  });
});
