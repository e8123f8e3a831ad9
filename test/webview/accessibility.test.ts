import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { launchChromium } from '../support/chromium.ts';
import { seriousFaults } from './support/axe.ts';
import { type ChatPage, openChatPage, type PageOptions } from './support/page.ts';
import { readings } from './support/reading.ts';
import { answer, arriving, everything, plan, question } from './support/turns.ts';

const looks: Readonly<Record<string, PageOptions>> = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  'high contrast': { theme: 'contrast' },
  'forced colours': { theme: 'light', forcedColors: 'active' },
};

describe('the page, for who does not see or point', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  const scenes: Readonly<Record<string, (chat: ChatPage) => Promise<void>>> = {
    'an empty chat': (chat) =>
      chat.show([], {
        chips: [
          { id: 'selection', label: 'a.ts:1-2', tokens: 12, included: true },
          { id: 'file', label: 'a.ts', included: false },
        ],
      }),
    async 'a message that does not fit, with context that is refused, cut, fixed and still read'(chat) {
      await chat.show(everything().slice(0, 1), {
        chips: [
          {
            id: 'repository',
            label: 'Whole repository',
            tokens: 120_000,
            included: true,
            isAdded: true,
            isFixed: true,
          },
          { id: 'file', label: '.env', included: false, refused: 'may hold secrets' },
          { id: 'added 1', label: 'src/', tokens: 24_000, included: true, isAdded: true, leftOut: 3 },
          { id: 'added 2', label: 'logo.png', included: false, isAdded: true, refused: 'binary' },
          { id: 'added 3', label: 'lib/', included: true, isAdded: true },
        ],
        meter: {
          window: 128_000,
          parts: (['rules', 'repository', 'conversation', 'attachments', 'message', 'answer'] as const).map(
            (kind, at) => ({ kind, tokens: (at + 1) * 8_000, exact: at % 2 === 0 }),
          ),
          over: 40_000,
          remove: { id: 'added 1', label: 'src/', tokens: 24_000 },
          leftOut: [{ name: 'src/.env', reason: 'may hold secrets' }],
          leftOutBeside: 2,
        },
      });
      await chat.page.locator('.meter summary').click();
    },
    async 'a chat with code, reasoning, places, a proposal and an error'(chat) {
      await chat.show(everything());
      await chat.page.locator('.hunks summary').first().click();
      await chat.page.locator('.reasoning summary').first().click();
    },
    'a plan that waits': (chat) => chat.show([question('q', 'Rename it.'), answer('p', '', { plan: plan() })]),
    'edits that arrive': (chat) =>
      chat.show([question('q', 'Rename it.'), answer('p', 'I rename it.', { status: 'streaming' })], {
        ...{ busy: true, arriving: arriving('p') },
      }),
    async 'what was read, what is missing, and a question about every file'(chat) {
      await chat.show(readings());
      for (const summary of await chat.page.locator('.coverage > summary, .parts > summary').all())
        await summary.click();
    },
    async 'a chat that is judged in part, edited and answered'(chat) {
      const turns = everything();
      const judged = turns.map((turn): TurnView => {
        const { proposal } = turn;
        if (!proposal) return turn;
        const files = proposal.files.map((file, at) => ({
          ...file,
          decision: (['partly', 'accepted', 'rejected', 'pending'] as const)[at] ?? 'pending',
        }));
        return { ...turn, proposal: { ...proposal, decision: 'partly', files } };
      });
      await chat.show([...judged, { ...turns[1], id: '9', status: 'waiting', text: '', reasoning: '' } as TurnView]);
      await chat.page.locator('.edit').first().click();
      await chat.page.locator('.hunks summary').first().click();
    },
  };

  for (const [look, options] of Object.entries(looks)) {
    for (const [scene, set] of Object.entries(scenes)) {
      it(`has no serious fault in ${look}: ${scene}`, async () => {
        const chat = await openChatPage(browser, { ...options, height: 3000 });
        await set(chat);
        assert.deepEqual(await seriousFaults(chat.page), []);
        await chat.close();
      });
    }
  }

  it('stays still for who asked for less motion', async () => {
    const chat = await openChatPage(browser);
    await chat.page.emulateMedia({ reducedMotion: 'reduce' });
    const [, done] = everything();
    assert.ok(done);
    await chat.show([
      { ...done, id: '1', status: 'streaming', text: '' },
      { ...done, id: '2', status: 'streaming', reasoning: '' },
      { ...done, id: '3', status: 'waiting', text: '', reasoning: '' },
    ]);
    const moving = await chat.page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    assert.equal(moving, 0);
    await chat.close();
  });
});
