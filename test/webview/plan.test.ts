import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { ChatState, TurnView } from '../../extension/protocol/chat.ts';
import { launchChromium } from '../support/chromium.ts';
import { type ChatPage, openChatPage } from './support/page.ts';
import { answer, arriving, plan, proposal, question } from './support/turns.ts';

describe('a plan', () => {
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    chat = await openChatPage(browser, { width: 400 });
  });
  afterEach(() => chat.close());

  const planned = 'I rename it.\n\nFILES\n- src/stock.ts: rename\n';
  const show = (more: Partial<TurnView> = {}, state: Partial<ChatState> = {}) =>
    chat.show(
      [question('q', 'Rename it.'), answer('a', planned, { plan: plan({ length: planned.length }), ...more })],
      {
        kind: 'edit',
        ...state,
      },
    );
  const box = (name: string) => chat.page.locator('.plan-files > li', { hasText: name }).locator('input');

  it('is a list to tick in place of its words', async () => {
    await show();
    await chat.heard();
    assert.deepEqual(await chat.page.locator('.turn.assistant .markdown').allTextContents(), [
      'I rename counts to left, and what names it.',
    ]);
    assert.equal(
      await chat.page
        .getByRole('status')
        .filter({ hasText: /^Plan: 3 of 5 files$/ })
        .count(),
      1,
    );
    assert.match((await chat.page.locator('.plan h3').textContent()) ?? '', /3 of 5/);
    const rows = await chat.page.locator('.plan-files > li').allTextContents();
    assert.match(rows[1] ?? '', /left\.ts.*New.*the type of what is left/);
    assert.match(rows[3] ?? '', /basket\.ts →.*cart\.ts.*Renamed/);
    assert.match(rows[4] ?? '', /may hold secrets/);
    await box('stock.ts').uncheck();
    await box('old.ts').focus();
    await chat.page.keyboard.press('Space');
    assert.equal(await box('.env').isDisabled(), true);
    await chat.page.getByRole('button', { name: 'Add a File…' }).click();
    await chat.page.getByRole('button', { name: 'Write the Edits' }).click();
    assert.deepEqual(await chat.heard(), [
      { type: 'planFile', turn: 'a', path: 'src/warehouse/stock.ts', chosen: false },
      { type: 'planFile', turn: 'a', path: 'src/old.ts', chosen: true },
      { type: 'addToPlan', turn: 'a' },
      { type: 'writePlan', turn: 'a' },
    ]);
  });

  it('is fixed while its edits are written, after they were, and where the chat has gone on', async () => {
    const writes = () => chat.page.getByRole('button', { name: 'Write the Edits' }).count();
    await show({ status: 'streaming', plan: plan({ length: planned.length, state: 'writing' }) }, { busy: true });
    assert.deepEqual([await writes(), await box('stock.ts').isDisabled()], [0, true]);
    await show({ status: 'stopped', plan: plan({ length: planned.length, state: 'writing' }) });
    assert.deepEqual(
      [await writes(), await box('stock.ts').isDisabled()],
      [1, false],
      'what was stopped can be begun anew',
    );
    await show({ plan: plan({ length: planned.length, state: 'written' }) });
    assert.deepEqual([await writes(), await box('stock.ts').isDisabled()], [0, true]);
    await chat.show([answer('a', planned, { plan: plan() }), question('q', 'More'), answer('b', 'More.')]);
    assert.equal(await writes(), 0);
  });

  it('waits for a file that is chosen', async () => {
    const files = plan().files.map((file) => ({ ...file, chosen: false }));
    await show({ plan: plan({ files }) });
    assert.equal(await chat.page.getByRole('button', { name: 'Write the Edits' }).isDisabled(), true);
  });

  it('shows its edits as they arrive, until the proposal is there', async () => {
    await show({ status: 'streaming', text: `${planned}\n\nI do it.` }, { busy: true });
    assert.equal(await chat.page.locator('.arriving').count(), 0);
    await chat.say({ type: 'arriving', ...arriving('a') });
    const rows = await chat.page.locator('.arriving li').allTextContents();
    assert.match(rows[0] ?? '', /^Fits.*stock\.ts.*\+4.*−2/);
    assert.match(rows[1] ?? '', /asked for again.*gone\.ts/);
    assert.match(rows[3] ?? '', /^Being written.*left\.ts.*New/);
    await chat.say({ type: 'append', id: 'a', to: 'text', text: ' More.' });
    assert.equal(await chat.page.locator('.arriving li').count(), 4);
    await show({ proposal: proposal({ isChecking: true }) }, { arriving: arriving('a') });
    assert.equal(await chat.page.locator('.arriving').count(), 0);
    assert.match((await chat.page.locator('.checking').textContent()) ?? '', /new problems/);
    await show({ proposal: proposal() });
    assert.equal(await chat.page.locator('.checking').count(), 0);
  });
});
