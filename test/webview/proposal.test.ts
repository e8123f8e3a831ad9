import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { FileView, ProposalView } from '../../extension/protocol/chat.ts';
import { launchChromium } from '../support/chromium.ts';
import { type ChatPage, openChatPage } from './support/page.ts';
import { answer, proposal, question } from './support/turns.ts';

describe('a proposal', () => {
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    chat = await openChatPage(browser, { width: 400 });
    await show();
    await chat.heard();
  });
  afterEach(() => chat.close());

  const { files } = proposal();
  const show = (more: Partial<ProposalView> = {}) =>
    chat.show([question('q', 'Rename it.'), answer('a', 'Done.', { proposal: proposal(more) })]);
  /** The files, with some properties of those that are named by their place changed. */
  const filesWith = (changes: Readonly<Record<number, Partial<FileView>>>): FileView[] =>
    files.map((file, at) => ({ ...file, ...changes[at] }));
  const button = (name: string) => chat.page.locator('.proposal').getByRole('button', { name, exact: true });
  const openHunks = () => chat.page.locator('.hunks summary').first().click();

  it('lists its files with what becomes of them, and opens their diffs', async () => {
    const rows = await chat.page.locator('.proposal-files > li').allTextContents();
    assert.match(rows[0] ?? '', /stock\.ts.*src\/warehouse.*\+4.*−2/);
    assert.match(rows[1] ?? '', /left\.ts.*\+12.*New.*Line 4: a closing bracket is missing\./);
    assert.match(rows[2] ?? '', /old\.ts.*−31.*Deleted/);
    assert.match(rows[3] ?? '', /basket\.ts →.*cart\.ts.*Renamed/);
    assert.match((await chat.page.locator('.refused').textContent()) ?? '', /src\/gone\.ts/);
    await button('old.ts src 0 lines added, 31 removed').click();
    await button('basket.ts → cart.ts src/names 1 lines added, 1 removed').click();
    assert.deepEqual(await chat.heard(), [
      { type: 'review', proposal: 'p1', path: 'src/old.ts' },
      { type: 'review', proposal: 'p1', path: 'src/names/basket.ts' },
    ]);
  });

  it('is judged as a whole, by file and by change', async () => {
    await button('Accept All').click();
    await button('Reject All').click();
    await button('Accept the changes to src/left.ts').click();
    await button('Reject the changes to src/old.ts').click();
    await chat.page.locator('.hunks summary').first().press('Enter');
    await button('Accept the change at line 12 of src/warehouse/stock.ts').click();
    await button('Reject the change at line 30 of src/warehouse/stock.ts').click();
    const decide = { type: 'decide', proposal: 'p1' } as const;
    assert.deepEqual(await chat.heard(), [
      { ...decide, decision: 'accepted', judged: {} },
      { ...decide, decision: 'rejected', judged: {} },
      { ...decide, decision: 'accepted', judged: { path: 'src/left.ts' } },
      { ...decide, decision: 'rejected', judged: { path: 'src/old.ts' } },
      { ...decide, decision: 'accepted', judged: { path: 'src/warehouse/stock.ts', hunk: 0 } },
      { ...decide, decision: 'rejected', judged: { path: 'src/warehouse/stock.ts', hunk: 1 } },
    ]);
  });

  it('shows the lines that come and go, by more than their colours', async () => {
    await openHunks();
    const hunk = chat.page.locator('.hunk').first();
    assert.equal(await hunk.locator('.hunk-header').textContent(), 'Line 12');
    assert.match((await hunk.locator('del').textContent()) ?? '', /^- {2}private readonly counts/);
    assert.equal(await hunk.locator('ins').count(), 2);
    const styles = await hunk.evaluate((element) =>
      [...element.querySelectorAll('ins, del')].map((line) => getComputedStyle(line).borderLeftStyle),
    );
    assert.deepEqual(styles, ['dashed', 'solid', 'solid']);
    const unchanged = hunk.locator('.hunk-lines > span').first();
    assert.equal(await unchanged.evaluate((line) => getComputedStyle(line).borderLeftWidth), '0px');
  });

  it('says what was decided, and offers what is left', async () => {
    await openHunks();
    const [first, ...rest] = files[0]?.hunks ?? [];
    assert.ok(first);
    const hunks = [{ ...first, decision: 'accepted' as const }, ...rest];
    await show({
      decision: 'partly',
      files: filesWith({ 0: { decision: 'partly', hunks }, 1: { decision: 'rejected' } }),
    });
    const rows = chat.page.locator('.proposal-files > li');
    assert.match((await rows.nth(0).textContent()) ?? '', /Partly accepted.*1 of 2 judged.*Line 12.*Accepted/s);
    assert.equal(await button('Accept the change at line 12 of src/warehouse/stock.ts').count(), 0);
    assert.match((await rows.nth(1).textContent()) ?? '', /Rejected/);
    await button('Accept the Rest').click();

    const decided = files.map((file) => ({ ...file, decision: 'accepted' as const, hunks: [] }));
    await show({
      decision: 'partly',
      files: [{ ...decided[0], decision: 'rejected' } as FileView, ...decided.slice(1)],
    });
    assert.equal(await chat.page.locator('.judge button').count(), 0);
    assert.match((await chat.page.locator('.proposal > .judge').textContent()) ?? '', /Partly accepted/);
  });

  it('takes the keyboard to what is to be judged next', async () => {
    await openHunks();
    await button('Accept the change at line 12 of src/warehouse/stock.ts').press('Enter');
    const judged = (count: number) =>
      files[0]?.hunks.map((hunk, at) => (at < count ? { ...hunk, decision: 'accepted' as const } : hunk)) ?? [];
    const focused = () => chat.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await show({ decision: 'partly', files: filesWith({ 0: { decision: 'partly', hunks: judged(1) } }) });
    assert.equal(await focused(), 'Accept the change at line 30 of src/warehouse/stock.ts');
    await chat.page.keyboard.press('Enter');
    await show({ decision: 'partly', files: filesWith({ 0: { decision: 'accepted', hunks: judged(2) } }) });
    assert.equal(await focused(), 'Accept the changes to src/left.ts');
  });

  it('of one file asks once, and of many both above and below them', async () => {
    await show({ files: files.slice(0, 1) });
    assert.deepEqual(await chat.page.locator('.judge button').allTextContents(), ['Accept', 'Reject']);
    const many = Array.from({ length: 6 }, (_, at) => ({ ...files[2], path: `src/${at}.ts` }) as FileView);
    await show({ files: many });
    assert.equal(await button('Accept All').count(), 2);
  });
});
