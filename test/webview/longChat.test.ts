import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { frameTimes, nextFrames, wheel } from './support/frames.ts';
import { type ChatPage, openChatPage } from './support/page.ts';
import { answer, longChat, question } from './support/turns.ts';

/** Elements that the page may consist of at any time, beside one for each turn. */
const mostElements = 1500;

describe('a long conversation', () => {
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  const open = async (pairs: number) => {
    chat = await openChatPage(browser);
    await chat.show(longChat(pairs));
    await nextFrames(chat.page, 10);
  };
  const measure = () =>
    chat.page.evaluate(() => {
      const log = document.querySelector('.log');
      if (!log) throw new Error('no log');
      const { top, bottom } = log.getBoundingClientRect();
      const inView = [...document.querySelectorAll('.turn')].filter((turn) => {
        const place = turn.getBoundingClientRect();
        return place.bottom > top && place.top < bottom;
      });
      return {
        elements: document.querySelectorAll('*').length,
        fromEnd: log.scrollHeight - log.scrollTop - log.clientHeight,
        top: log.scrollTop,
        drawn: document.querySelectorAll('.turn > :first-child').length,
        empty: inView.filter((turn) => !turn.firstElementChild).length,
        titles: inView.flatMap((turn) => [...turn.querySelectorAll('h2')].map((title) => title.textContent)),
      };
    });

  it('opens at its end, and draws little of the rest', async (t) => {
    chat = await openChatPage(browser);
    const turns = longChat(500);
    const began = Date.now();
    await chat.show(turns);
    t.diagnostic(`1000 turns were there after ${Date.now() - began} ms, with their way to the browser`);
    await nextFrames(chat.page, 10);
    const { elements, fromEnd, titles } = await measure();
    assert.ok(fromEnd <= 1, `${fromEnd} pixels from the end`);
    assert.equal(titles.at(-1), 'Answer 499');
    assert.ok(elements < turns.length + mostElements, `${elements} elements`);

    const wheeled = await frameTimes(chat.page, async () => {
      for (let turned = 0; turned < 60; turned++) await wheel(chat.page, -300, 1);
    });
    t.diagnostic(`frames while the wheel turned: ${JSON.stringify(wheeled)}`);
    const later = await measure();
    assert.ok(later.elements < turns.length + mostElements, `${later.elements} elements`);
    assert.ok(later.top > 0);
    await chat.close();
  });

  it('is all there for who scrolls, and no more than its neighbourhood is drawn', async () => {
    await open(40);
    const seen = new Set<string | null>();
    for (let turned = 0; turned < 200; turned++) {
      const { titles, elements, empty, top } = await measure();
      for (const title of titles) seen.add(title);
      assert.ok(elements < 80 + mostElements, `${elements} elements`);
      assert.equal(empty, 0, 'turns in view that are not drawn');
      if (top === 0) break;
      await wheel(chat.page, -500);
    }
    assert.deepEqual([...seen].sort(), Array.from({ length: 40 }, (_, number) => `Answer ${number}`).sort());
    await chat.page.locator('.to-end').click();
    await nextFrames(chat.page, 20);
    const { fromEnd, titles, empty } = await measure();
    assert.ok(fromEnd <= 1, `${fromEnd} pixels from the end`);
    assert.deepEqual([titles.at(-1), empty], ['Answer 39', 0]);
    await chat.close();
  });

  it('does not move under the eye while what is above is drawn', async () => {
    await open(40);
    const seen = () =>
      chat.page.evaluateHandle(() => document.elementFromPoint(100, 200)?.closest('.markdown > *, .turn > *') ?? null);
    for (let turned = 0; turned < 25; turned++) {
      const element = (await seen()).asElement();
      const top = () => element?.evaluate((found) => found.getBoundingClientRect().top) ?? 0;
      const before = await top();
      await wheel(chat.page, -300, 15);
      const moved = (await top()) - before;
      assert.ok(Math.abs(moved - (element ? 300 : 0)) <= 2, `moved by ${moved} pixels`);
    }
    await chat.close();
  });

  it('follows an answer to its end, unless the user reads further up, and leaves other turns alone', async () => {
    await open(40);
    await chat.say({ type: 'turn', turn: question('q', 'And now?'), busy: true });
    await chat.say({ type: 'turn', turn: answer('a', '', { status: 'streaming' }), busy: true });
    const changed = chat.page.evaluate(async () => {
      const touched = new Set<string>();
      const observer = new MutationObserver((records) => {
        for (const { target } of records) {
          const turn = (target instanceof Element ? target : target.parentElement)?.closest('.turn');
          if (turn && turn !== document.querySelector('.turn:last-of-type')) touched.add(turn.outerHTML.slice(0, 99));
        }
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      const append = (text: string) =>
        window.dispatchEvent(
          new MessageEvent('message', { data: { type: 'append', id: 'a', to: 'text', text: `${text}\n\n` } }),
        );
      // Too little for another turn to leave the neighbourhood of the view.
      for (let i = 0; i < 5; i++) {
        append('Words.');
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      observer.disconnect();
      return [...touched];
    });
    assert.deepEqual(await changed, []);
    const text = 'More words.\n\n'.repeat(40);
    for (let i = 0; i < 5; i++) await chat.say({ type: 'append', id: 'a', to: 'text', text });
    assert.ok((await measure()).fromEnd <= 1);

    await wheel(chat.page, -3000, 20);
    const { top } = await measure();
    await chat.say({ type: 'append', id: 'a', to: 'text', text });
    assert.ok(Math.abs((await measure()).top - top) <= 1);
    await chat.page.locator('.to-end').waitFor();
    await chat.close();
  });

  it('keeps what the user has unfolded and selected, however far away it is', async () => {
    chat = await openChatPage(browser);
    const turns = longChat(40);
    await chat.show([...turns, answer('last', 'Well.', { reasoning: 'Hm.', reasoningTime: 1000 })]);
    await chat.page.locator('.reasoning summary').click();
    await chat.page.locator('.reasoning-text', { hasText: 'Hm.' }).waitFor();
    for (let turned = 0; turned < 8; turned++) await wheel(chat.page, -2000);
    assert.equal(await chat.page.locator('.reasoning-text').textContent(), 'Hm.');
    const { drawn } = await measure();
    assert.ok(drawn < 30, `${drawn} turns are drawn`);
    await chat.close();
  });
});
