import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { ChatState, MeterView } from '../../extension/protocol/chat.ts';
import { launchChromium } from '../support/chromium.ts';
import { nextFrames } from './support/frames.ts';
import { type ChatPage, openChatPage } from './support/page.ts';
import { answer, everything, question } from './support/turns.ts';

const meter: MeterView = {
  window: 128_000,
  parts: [{ kind: 'answer', tokens: 8_192, exact: true }],
  over: 0,
  leftOut: [{ name: 'a', reason: 'binary' }],
  leftOutBeside: 0,
};
const chips: ChatState['chips'] = [
  { id: 'selection', label: 'a.ts:1-2', tokens: 12, included: true },
  { id: 'added 1', label: 'src/', tokens: 100, included: true, isAdded: true },
];

describe('the page, from the keyboard alone', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  /** What has the keyboard: its name for screen readers. */
  const focused = ({ page }: ChatPage) =>
    page.evaluate(() => {
      const { activeElement: element } = document;
      if (!element || element === document.body) return '';
      return (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
    });

  /** Where the tab key leads, from the beginning until it leaves the page or comes to the place again. */
  async function tabOrder(chat: ChatPage, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<string[]> {
    const order: string[] = [];
    for (let pressed = 0; pressed < 120; pressed++) {
      await chat.page.keyboard.press(key);
      const name = await focused(chat);
      if (name === '' || (order.length > 0 && name === order[0])) break;
      order.push(name);
    }
    return order;
  }

  it('goes from the conversation through its actions to the context, the input and its actions', async () => {
    const chat = await openChatPage(browser);
    await chat.show([question('q', 'Well?'), answer('a', 'Well.')], { chips, meter });
    await chat.page.locator('.composer textarea').fill('x');
    // From the beginning of the page.
    await chat.page.locator('.log').focus();
    await chat.page.keyboard.press('Shift+Tab');
    assert.deepEqual(await tabOrder(chat), [
      'Conversation',
      'Edit Question',
      'Copy Question',
      'Copy Answer',
      'Regenerate',
      'a.ts:1-212 tokens',
      'src/100 tokens',
      'Ask GLM Coder…',
      'New Chat',
      'Add Context',
      'Chat History',
      'Send',
      'glm-4.7',
      '8.2K of 128K tokens',
    ]);
    await chat.close();
  });

  it('reaches everything that can be clicked, with a name, in the order in which it is read', async () => {
    const chat = await openChatPage(browser, { height: 3000 });
    await chat.show(everything(), { chips, meter });
    for (const fold of await chat.page.locator('summary').all()) await fold.click();
    await chat.page.locator('.composer textarea').fill('x');
    await chat.page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
      Object.assign(globalThis, { reached: new Set<Element>(), tops: [] as number[] });
      document.addEventListener('focusin', ({ target }) => {
        const { reached, tops } = globalThis as unknown as { reached: Set<Element>; tops: number[] };
        if (!(target instanceof Element)) return;
        reached.add(target);
        tops.push(target.closest('.turn, .composer')?.getBoundingClientRect().top ?? 0);
      });
    });
    for (let pressed = 0; pressed < 150; pressed++) await chat.page.keyboard.press('Tab');
    const missed = await chat.page.evaluate(() => {
      const { reached } = globalThis as unknown as { reached: Set<Element> };
      const clickable = document.querySelectorAll<HTMLElement>('button:enabled, summary, textarea, a[href]');
      return [...clickable]
        .filter((element) => !reached.has(element))
        .map((element) => element.outerHTML.slice(0, 200));
    });
    assert.deepEqual(missed, []);
    const { tops, unnamed } = await chat.page.evaluate(() => {
      const { reached, tops: all } = globalThis as unknown as { reached: Set<Element>; tops: number[] };
      const nameless = [...reached].filter((e) => !(e.getAttribute('aria-label') ?? e.textContent ?? '').trim());
      return { tops: all, unnamed: nameless.map((element) => element.outerHTML.slice(0, 200)) };
    });
    assert.deepEqual(unnamed, []);
    const round = tops.slice(0, tops.indexOf(Math.max(...tops)));
    assert.deepEqual(
      round,
      round.toSorted((a, b) => a - b),
      'the keyboard goes down the page',
    );
    await chat.close();
  });

  it('keeps the keyboard in the input after sending, stopping and new chats', async () => {
    const chat = await openChatPage(browser);
    const turns = [question('q', 'Well?'), answer('a', 'Well.')];
    await chat.show(turns);
    const isInput = async () => assert.equal(await focused(chat), 'Ask GLM Coder…');
    await chat.page.locator('.composer textarea').fill('And?');
    await chat.page.getByRole('button', { name: 'Send' }).press('Enter');
    await isInput();
    await chat.show(turns, { busy: true });
    await chat.page.getByRole('button', { name: 'Stop' }).press('Enter');
    await isInput();
    // It ends by itself while the keyboard is on the button that stops it.
    await chat.page.getByRole('button', { name: 'Stop' }).focus();
    await chat.show(turns, { busy: false });
    await isInput();
    await chat.page.locator('.composer').getByRole('button', { name: 'New Chat' }).press('Enter');
    await isInput();
    await chat.page.getByRole('button', { name: 'Regenerate' }).press('Enter');
    await isInput();
    await chat.close();
  });

  it('keeps the keyboard when files were put back', async () => {
    const chat = await openChatPage(browser);
    const turns = (canRestore: boolean) => [
      question('q', 'Well?'),
      answer('a', 'Well.', canRestore ? { canRestore } : {}),
    ];
    await chat.show(turns(true));
    await chat.page.getByRole('button', { name: 'Restore Files' }).focus();
    await chat.show(turns(false));
    assert.equal(await focused(chat), 'Ask GLM Coder…');
    await chat.close();
  });

  it('leaves the keyboard where it is while an answer streams and ends', async () => {
    const chat = await openChatPage(browser);
    await chat.show([question('q', 'Well?'), answer('a', 'One.'), question('q2', 'And?')], { busy: true });
    await chat.page.getByRole('button', { name: 'Copy Answer' }).focus();
    await chat.say({ type: 'turn', turn: answer('a2', '', { status: 'streaming' }), busy: true });
    for (let i = 0; i < 5; i++) await chat.say({ type: 'append', id: 'a2', to: 'text', text: 'Words. ' });
    await chat.say({ type: 'turn', turn: answer('a2', 'Words.'), busy: false });
    await nextFrames(chat.page, 2);
    assert.equal(await focused(chat), 'Copy Answer');
    await chat.close();
  });

  it('speaks an answer in sentences while it comes, not in tokens, and not once more at its end', async () => {
    const chat = await openChatPage(browser);
    await chat.show([question('q', 'Well?')], { busy: true });
    await chat.page.evaluate(() => {
      const added: string[] = [];
      Object.assign(globalThis, { added });
      const region = document.querySelector('.spoken');
      if (!region) throw new Error('no live region');
      new MutationObserver((records) => {
        for (const { addedNodes } of records) for (const node of addedNodes) added.push(node.textContent ?? '');
      }).observe(region, { childList: true, subtree: true, characterData: true });
    });
    const sentences = ['The tax is added in the file of the prices, and nowhere else in the shop. ', 'Mind it.\n\n'];
    await chat.say({ type: 'turn', turn: answer('a', '', { status: 'streaming' }), busy: true });
    for (const token of sentences.join('').match(/\S+\s*/g) ?? []) {
      await chat.say({ type: 'append', id: 'a', to: 'text', text: token });
    }
    await chat.page.waitForTimeout(1_300);
    const text = sentences.join('');
    await chat.say({ type: 'turn', turn: answer('a', text), busy: false });
    await nextFrames(chat.page, 2);
    const added = await chat.page.evaluate(() => (globalThis as unknown as { added: string[] }).added);
    assert.deepEqual(
      added.filter(Boolean),
      sentences.map((sentence) => sentence.trim()),
    );
    assert.equal(await chat.page.locator('[role="status"]').first().textContent(), 'The answer is complete.');
    await chat.close();
  });

  it('reads out no answer that was there when the page was opened', async () => {
    const chat = await openChatPage(browser);
    await chat.show(everything());
    assert.equal(await chat.page.locator('.spoken').textContent(), '');
    await chat.close();
  });

  for (const width of [200, 340, 900]) {
    it(`fits ${width} pixels: nothing sticks out to the side, and every button can be hit`, async () => {
      const chat = await openChatPage(browser, { width, height: 3000 });
      const long = { ...chips[1], id: 'added 2', label: `${'very/'.repeat(20)}long.ts`, leftOut: 12 } as const;
      const refused = {
        id: 'added 3',
        label: 'picture.png',
        included: false,
        isAdded: true,
        refused: 'not a text file',
      };
      const over = { ...meter, over: 12_345, remove: { id: 'added 1', label: 'src/', tokens: 100 } };
      await chat.show(everything(), { chips: [...chips, long as never, refused], meter: over });
      for (const fold of await chat.page.locator('summary').all()) await fold.click();
      const found = await chat.page.evaluate(() => {
        const right = document.documentElement.clientWidth;
        const outside = [...document.querySelectorAll<HTMLElement>('#app *')].filter((element) => {
          if (element.closest('.visually-hidden, pre, .table, .meter-bar')) return false;
          const { left, right: own, width: wide } = element.getBoundingClientRect();
          return wide > 0 && (own > right + 1 || left < -1);
        });
        const small = [...document.querySelectorAll<HTMLElement>('button, summary')].filter((element) => {
          if (element.matches('.citation')) return false;
          const { width: wide, height } = element.getBoundingClientRect();
          return wide < 16 || height < 16;
        });
        const name = (element: Element) => element.outerHTML.slice(0, 160);
        return { outside: outside.map(name), small: small.map(name) };
      });
      assert.deepEqual(found, { outside: [], small: [] });
      await chat.close();
    });
  }
});
