import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { hostile } from './support/hostile.ts';
import { openChatPage } from './support/page.ts';
import { answer, proposal, question } from './support/turns.ts';

/** Milliseconds in which the page must answer, whatever it shows; a broken one takes for ever. */
const patience = 15_000;

describe('hostile text', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  for (const [name, text] of Object.entries(hostile)) {
    it(`is inert: ${name}`, { timeout: 60_000 }, async (t) => {
      const chat = await openChatPage(browser);
      const { page } = chat;
      page.setDefaultTimeout(patience);
      await chat.show([question('q', text.slice(0, 20_000))]);
      const began = Date.now();
      await chat.say({ type: 'turn', turn: answer('a', text, { status: 'streaming', reasoning: text }), busy: true });
      t.diagnostic(`drawn after ${Date.now() - began} ms`);
      // It arrives in pieces as well.
      for (const piece of ['\n', 'end', '.']) await chat.say({ type: 'append', id: 'a', to: 'text', text: piece });
      await chat.say({ type: 'turn', turn: answer('a', text, { reasoning: text }), busy: false });
      const found = await page.evaluate(() => {
        const app = document.querySelector('#app');
        const elements = [...(app?.querySelectorAll('*') ?? [])];
        return {
          harmed: 'harmed' in window,
          tags: elements.filter(
            (element) =>
              /^(script|img|svg|iframe|object|embed|style|link|base|form)$/i.test(element.tagName) &&
              !element.matches('.composer'),
          ).length,
          handlers: elements.flatMap((element) => element.getAttributeNames().filter((name) => /^on/i.test(name))),
          links: elements.flatMap((element) => element.getAttribute('href') ?? []),
          sources: elements.filter((element) => element.hasAttribute('src') || element.hasAttribute('srcset')).length,
        };
      });
      assert.deepEqual({ ...found, links: [] }, { harmed: false, tags: 0, handlers: [], links: [], sources: 0 });
      for (const link of found.links) assert.match(link, /^https:\/\//);
      await page.locator('.composer textarea').fill('Still there?');
      await page.locator('.composer textarea').press('Enter');
      assert.ok((await chat.heard()).some((message) => message.type === 'send'));
      assert.deepEqual(chat.requests, []);
      assert.deepEqual(chat.errors, []);
      await chat.close();
    });
  }

  it('shows the marks that would reorder it', async () => {
    const chat = await openChatPage(browser);
    const marks = 'Safe \u202Egnp.exe\u202C, `a\u2066b`\n\n```ts\n/*\u202E } \u2066if\u2069 */\n```';
    const shown = proposal();
    await chat.show([
      question('q', 'x\u202Ey'),
      answer('a', marks, {
        proposal: { ...shown, files: shown.files.map((file) => ({ ...file, path: `${file.path}\u202E` })) },
      }),
    ]);
    const text = (await chat.page.locator('.log').textContent()) ?? '';
    assert.doesNotMatch(text, /[\u202A-\u202E\u2066-\u2069]/);
    assert.match(text, /Safe \[U\+202E\]gnp\.exe\[U\+202C\], a\[U\+2066\]b/);
    assert.match(text, /x\[U\+202E\]y/);
    await chat.close();
  });
});
