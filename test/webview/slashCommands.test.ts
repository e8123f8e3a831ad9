import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { type ChatPage, openChatPage } from './support/page.ts';
import { answer, question } from './support/turns.ts';

const commands = [
  { name: 'refactor', what: 'Refactor the open file' },
  { name: 'review', what: 'Review the open code' },
  { name: 'release', what: '.glm/prompts/release.md' },
];

describe('a message that begins with a slash', () => {
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    chat = await openChatPage(browser);
    await chat.show([question('q', 'Well?'), answer('a', 'Well.')]);
    await chat.heard();
  });
  afterEach(() => chat.close());

  const input = () => chat.page.locator('.composer textarea');
  const options = () => chat.page.locator('.slash-commands [role=option]').allTextContents();
  const marked = () => chat.page.locator('.slash-commands [aria-selected=true] .name').textContent();
  const sent = async () => (await chat.heard()).flatMap((message) => (message.type === 'send' ? [message.text] : []));
  const begin = async (text: string) => {
    await input().pressSequentially(text);
    await chat.say({ type: 'commands', commands });
  };

  it('offers the commands, asked for anew each time, and the keyboard stays in the input', async () => {
    await begin('/');
    assert.equal((await chat.heard()).filter(({ type }) => type === 'askCommands').length, 1);
    assert.equal((await options()).length, 3);
    assert.equal(await marked(), '/refactor');
    const active = await input().getAttribute('aria-activedescendant');
    assert.equal(await chat.page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
    await input().press('ArrowDown');
    assert.equal(await marked(), '/review');
    await input().press('ArrowUp');
    await input().press('ArrowUp');
    assert.equal(await marked(), '/release');
    await input().press('Enter');
    assert.equal(await input().inputValue(), '/release ');
    assert.deepEqual(await options(), []);
    await input().pressSequentially('now');
    await input().press('Enter');
    assert.deepEqual(await sent(), ['/release now']);
  });

  it('narrows as it is typed; what is written out is sent, and what is none is a message', async () => {
    await begin('/rev');
    assert.deepEqual(await options(), ['/reviewReview the open code']);
    await input().press('Tab');
    assert.equal(await input().inputValue(), '/review ');
    assert.equal(await chat.page.locator('.composer textarea:focus').count(), 1);
    await input().fill('/review');
    await input().press('Enter');
    assert.deepEqual(await sent(), ['/review']);
    await begin('/nothing');
    assert.deepEqual(await options(), []);
    await input().press('Enter');
    assert.deepEqual(await sent(), ['/nothing']);
    await begin('a/');
    assert.deepEqual(await options(), []);
  });

  it('is sent away with Escape until the next one, and a command is taken with the mouse', async () => {
    await begin('/');
    await input().press('Escape');
    assert.deepEqual(await options(), []);
    assert.deepEqual(
      (await chat.heard()).filter(({ type }) => type === 'stop'),
      [],
    );
    await input().fill('');
    await begin('/');
    await chat.page.locator('.slash-commands [role=option]', { hasText: '/review' }).click();
    assert.equal(await input().inputValue(), '/review ');
    assert.equal(await chat.page.locator('.composer textarea:focus').count(), 1);
  });
});
