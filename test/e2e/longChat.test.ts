import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, startEditor } from '../support/editor.ts';
import { eventually } from '../support/eventually.ts';
import { ask } from '../support/sidebar.ts';
import { openStoredChat } from '../support/storedChat.ts';
import { longChat } from '../webview/support/turns.ts';

/** Questions, each with its answer. */
const pairs = 250;

/** Elements that the page may consist of at any time, beside one for each turn. */
const mostElements = 1_500;

describe('a chat of 500 turns that was kept, in VS Code', () => {
  let editor: Editor;
  let chat: Frame;
  before(async () => {
    editor = await startEditor();
    chat = await openStoredChat(editor, longChat(pairs));
  });
  after(() => editor?.dispose());

  const state = () =>
    chat.evaluate(() => {
      const log = document.querySelector('.log');
      if (!log) throw new Error('no log');
      const { top, bottom } = log.getBoundingClientRect();
      const inView = [...document.querySelectorAll('.turn')].filter((turn) => {
        const place = turn.getBoundingClientRect();
        return place.bottom > top && place.top < bottom;
      });
      return {
        top: log.scrollTop,
        fromEnd: Math.round(log.scrollHeight - log.scrollTop - log.clientHeight),
        elements: document.querySelectorAll('*').length,
        empty: inView.filter((turn) => !turn.firstElementChild).length,
        titles: inView.flatMap((turn) => [...turn.querySelectorAll('h2')].map(({ textContent }) => textContent)),
      };
    });

  const isAtEnd = () =>
    eventually(async () => {
      const { fromEnd } = await state();
      assert.ok(fromEnd <= 1, `${fromEnd} pixels from the end`);
    });

  it('opens at its end, and goes on from there', async () => {
    await isAtEnd();
    const { elements, titles } = await state();
    assert.equal(titles.at(-1), `Answer ${pairs - 1}`);
    assert.ok(elements < 2 * pairs + mostElements, `${elements} elements`);
    const turn = await ask(chat, 'Where is tax added?');
    await turn.locator('.citation').first().waitFor();
    await isAtEnd();
  });

  it('is scrolled to its beginning with the wheel, and is drawn wherever it is looked at', async () => {
    const box = await editor.page.locator('iframe.webview').first().boundingBox();
    assert.ok(box);
    await editor.page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
    let last = Number.POSITIVE_INFINITY;
    for (let turned = 0; turned < 600; turned++) {
      await editor.page.mouse.wheel(0, -2_400);
      if (turned % 10 !== 9) continue;
      const top = await eventually(async () => {
        const now = await state();
        assert.equal(now.empty, 0, 'turns in view that are not drawn');
        assert.ok(now.elements < 2 * pairs + mostElements, `${now.elements} elements`);
        assert.ok(now.top === 0 || now.top < last, `at ${now.top} after ${last}`);
        return now.top;
      });
      if (top === 0) break;
      last = top;
    }
    const { top, titles } = await state();
    assert.deepEqual([top, titles[0]], [0, 'Answer 0']);
    await chat.locator('.to-end').click();
    await isAtEnd();
  });
});
