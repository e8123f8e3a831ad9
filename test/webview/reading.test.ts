import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { type ChatPage, openChatPage } from './support/page.ts';
import { coverage, missing, readings, survey } from './support/reading.ts';
import { answer, question } from './support/turns.ts';

describe('what an answer was made from', () => {
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await launchChromium();
    chat = await openChatPage(browser);
  });
  after(() => browser?.close());

  const told = async () => (await chat.heard()).filter(({ type }) => type !== 'ready');
  const button = (name: string) => chat.page.getByRole('button', { name });

  it('is told in one line, and unfolds to counts, reasons and what can be done', async () => {
    await chat.show([question('1', 'q'), answer('2', 'a', { coverage })]);
    const fold = chat.page.locator('.coverage > summary');
    assert.equal(await fold.textContent(), 'Read 128,000 tokens of about 412,000: 217 of 10,512 files');
    await fold.click();
    const detail = (await chat.page.locator('.coverage-detail > p').first().textContent()) ?? '';
    assert.equal(detail, '120 files whole · 93 in part · 4 by name only · 10,295 not at all');
    await chat.page.locator('.unread > summary', { hasText: 'over the budget (10,295)' }).click();
    assert.equal(await chat.page.locator('.unread li').first().isVisible(), true);
    assert.equal(await chat.page.locator('.unread .more').first().textContent(), '… and 10,265 more');
    assert.equal(
      (await chat.page.locator('.coverage .again-cost').textContent())?.trim(),
      'Asking again with other files reads about 128,000 tokens anew. About $0.08.',
    );
    await told();
    await button('Show All Files Left Out').click();
    for (const [name, way] of [
      ['Read More…', 'widen'],
      ['Choose Files…', 'choose'],
      ['Leave Files Out…', 'exclude'],
      ['Ask About Every File…', 'everything'],
    ] as const) {
      await button(name).click();
      assert.deepEqual((await told()).at(-1), { type: 'askAgain', way });
    }
  });

  it('offers nothing where all was read, while an answer is on its way, and for earlier answers', async () => {
    const whole = { ...coverage, files: 12, whole: 12, inPart: 0, nameOnly: 0, canWiden: false, leftOut: [] };
    await chat.show([question('1', 'q'), answer('2', 'a', { coverage: whole })]);
    await chat.page.locator('.coverage > summary', { hasText: 'Read the whole repository: 12 files' }).click();
    assert.equal(await button('Read More…').count(), 0);
    assert.equal(await button('Choose Files…').count(), 0);
    await chat.show([question('3', 'q'), answer('4', 'a', { coverage }), question('5', 'q'), answer('6', 'b')]);
    await chat.page.locator('.coverage > summary').click();
    await button('Show All Files Left Out').waitFor();
    assert.equal(await button('Read More…').count(), 0);
  });

  it('says what is missing, what was searched, and asks again with the likely files', async () => {
    await chat.show([question('1', 'q'), answer('2', 'a', { coverage, missing })]);
    const box = chat.page.locator('.missing-evidence');
    const text = (await box.textContent()) ?? '';
    assert.match(text, /RetryPolicy[\s\S]*where its limits are set[\s\S]*Searched for: retry, policy, limit, 重试\./);
    assert.match(text, /217 of 10,512 files were read/);
    await told();
    await box.getByRole('button', { name: 'src/server/retryPolicy.ts' }).click();
    await box.getByRole('button', { name: 'Ask Again With These Files' }).click();
    assert.deepEqual(await told(), [
      { type: 'open', path: 'src/server/retryPolicy.ts', startLine: 1, endLine: 1 },
      { type: 'askAgain', way: 'likely' },
    ]);
  });

  it('tells the cost of asking about every file, and waits for a decision', async () => {
    await chat.show([question('1', 'q'), answer('2', '', { status: 'waiting', survey: survey() })], { busy: true });
    const plan = chat.page.locator('.survey-plan');
    assert.match(
      (await plan.textContent()) ?? '',
      /10,512 files in 9 parts: 10 requests and about 1,124,000 tokens\. About \$0\.67\./,
    );
    await told();
    await plan.getByRole('button', { name: 'Ask About Every File' }).click();
    await plan.getByRole('button', { name: 'Read Only What Matches Best' }).click();
    await plan.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(await told(), [
      { type: 'survey', decision: 'all' },
      { type: 'survey', decision: 'best' },
      { type: 'stop' },
    ]);
  });

  it('tells how far each part is', async () => {
    await chat.show(readings().slice(4, 6), { busy: true });
    const fold = chat.page.locator('.parts > summary');
    assert.match((await fold.textContent()) ?? '', /Part 4 of 9: 45 % read…/);
    await fold.click();
    const states = await chat.page.locator('.part-state').allTextContents();
    assert.deepEqual(states.slice(0, 5), [
      'found something',
      'found nothing',
      'The server refused the prompt.',
      '45 % read',
      '1,168 files, 124,000 tokens',
    ]);
    await chat.show(readings().slice(6, 8));
    assert.match((await chat.page.locator('.parts > summary').textContent()) ?? '', /Asked 2 of 9 parts; 1 failed/);
    await chat.page.locator('.findings > summary').click();
    assert.equal(await chat.page.locator('.findings-text code').textContent(), 'src/price.ts:8');
    await told();
    await chat.page.locator('.findings-text').getByRole('button', { name: 'src/price.ts:8' }).click();
    assert.deepEqual(await told(), [{ type: 'open', path: 'src/price.ts', startLine: 8, endLine: 8 }]);
  });
});
