import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { nextFrames } from './support/frames.ts';
import { type ChatPage, openChatPage } from './support/page.ts';
import { answer, question } from './support/turns.ts';

const code = 'const a = 1;\nconst b = 2;';
const turns = [
  question('q1', 'First?'),
  answer('a1', 'One.', { canRestore: true }),
  question('q2', 'Second?'),
  answer('a2', `Two.\n\n\`\`\`ts\n${code}\n\`\`\``),
];

describe('the actions of a conversation', () => {
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
  afterEach(() => chat.close());

  const turn = (at: number) => chat.page.locator('.turn').nth(at);
  const button = (at: number, name: string) => turn(at).getByRole('button', { name, exact: true });
  const opacity = (at: number) =>
    turn(at)
      .locator('.turn-actions')
      .evaluate((actions) => getComputedStyle(actions).opacity);

  it('are seen under the mouse and when the keyboard reaches them', async () => {
    await chat.page.mouse.move(5, 790);
    assert.equal(await opacity(1), '0');
    await turn(1).hover();
    assert.equal(await opacity(1), '1');
    await chat.page.mouse.move(5, 790);
    await button(0, 'Copy Question').focus();
    assert.equal(await opacity(1), '0');
    await chat.page.keyboard.press('Tab');
    assert.equal(await button(1, 'Copy Answer').evaluate((element) => element === document.activeElement), true);
    assert.equal(await opacity(1), '1');
  });

  it('copy, write the last answer anew, and put files back', async () => {
    assert.equal(await button(1, 'Regenerate').count(), 0);
    assert.equal(await button(3, 'Restore Files to Before This Answer').count(), 0);
    await button(0, 'Copy Question').click();
    await button(1, 'Copy Answer').click();
    await button(1, 'Restore Files to Before This Answer').click();
    await button(3, 'Regenerate').click();
    assert.equal(await chat.page.locator('.composer textarea:focus').count(), 1);
    assert.deepEqual(await chat.heard(), [
      { type: 'copy', text: 'First?' },
      { type: 'copy', text: 'One.' },
      { type: 'restore', turn: 'a1' },
      { type: 'regenerate' },
    ]);
  });

  it('that change the conversation wait until an answer is over', async () => {
    await chat.show(turns, { busy: true });
    assert.equal(await button(3, 'Regenerate').count(), 0);
    assert.equal(await button(1, 'Restore Files to Before This Answer').count(), 0);
    assert.equal(await button(0, 'Edit Question').isDisabled(), true);
  });

  it('use code where the user wants it', async () => {
    await button(3, 'Copy').click();
    await button(3, 'Insert at Cursor').click();
    await button(3, 'New File with This Code').click();
    assert.deepEqual(await chat.heard(), [
      { type: 'copy', text: code },
      { type: 'insert', text: code },
      { type: 'newFile', text: code, language: 'ts' },
    ]);
  });

  it('edit a question in its place', async () => {
    await button(0, 'Edit Question').press('Enter');
    const input = turn(0).locator('textarea');
    assert.equal(await input.inputValue(), 'First?');
    assert.equal(await input.evaluate((element) => element === document.activeElement), true);
    await input.press('Shift+Enter');
    await chat.page.keyboard.type('And more?');
    await input.press('Enter');
    assert.deepEqual(await chat.heard(), [{ type: 'edit', turn: 'q1', text: 'First?\nAnd more?' }]);
    assert.equal(await turn(0).locator('textarea').count(), 0);
    await nextFrames(chat.page, 4);
    assert.equal(await chat.page.locator('.composer textarea:focus').count(), 1);
  });

  it('leave a question as it was at Escape, and give the keyboard back', async () => {
    await button(2, 'Edit Question').press('Enter');
    await turn(2).locator('textarea').fill('Something else');
    await turn(2).locator('textarea').press('Escape');
    assert.equal(await turn(2).locator('.question').textContent(), 'Second?');
    await turn(2).locator('.edit:focus').waitFor();
    // The question is what it was the next time as well.
    await button(2, 'Edit Question').press('Enter');
    assert.equal(await turn(2).locator('textarea').inputValue(), 'Second?');
    assert.deepEqual(await chat.heard(), []);
  });

  it('open the history, from the input and from an empty chat', async () => {
    await chat.page.locator('.composer').getByRole('button', { name: 'Chat History' }).click();
    await chat.show([]);
    await chat.page.locator('.welcome').getByRole('button', { name: 'Chat History' }).click();
    const heard = (await chat.heard()).filter(({ type }) => type === 'command');
    assert.deepEqual(heard, Array(2).fill({ type: 'command', command: 'chatHistory' }));
  });
});
