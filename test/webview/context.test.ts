import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Chip, MeterView } from '../../extension/protocol/chat.ts';
import { launchChromium } from '../support/chromium.ts';
import { type ChatPage, openChatPage } from './support/page.ts';
import { answer, question } from './support/turns.ts';

const chips: Chip[] = [
  { id: 'selection', label: 'a.ts:1-2', tokens: 12, included: true },
  { id: 'file', label: '.env', included: false, refused: 'may hold secrets' },
  { id: 'added 1', label: 'src/', tokens: 23_456, included: true, isAdded: true, leftOut: 3 },
  { id: 'added 2', label: 'logo.png', included: false, isAdded: true, refused: 'binary' },
  { id: 'added 3', label: 'lib/', included: true, isAdded: true },
];

const meter = (more: Partial<MeterView> = {}): MeterView => ({
  window: 128_000,
  parts: [
    { kind: 'rules', tokens: 321, exact: true },
    { kind: 'repository', tokens: 60_000, exact: false },
    { kind: 'conversation', tokens: 1_234, exact: true },
    { kind: 'attachments', tokens: 23_468, exact: true },
    { kind: 'answer', tokens: 8_192, exact: true },
  ],
  over: 0,
  leftOut: [
    { name: 'src/.env', reason: 'may hold secrets' },
    { name: 'src/big.ts', reason: 'over the budget' },
  ],
  leftOutBeside: 7,
  ...more,
});

/** Something that is dragged or copied, by its kinds of data. */
type Data = Readonly<Record<string, string>>;

describe('what goes along, on the page', () => {
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    chat = await openChatPage(browser);
    await chat.show([question('q', 'Well?'), answer('a', 'Well.')], { chips, meter: meter() });
    await chat.heard();
  });
  afterEach(() => chat.close());

  const input = () => chat.page.locator('.composer textarea');
  const chip = (label: string) => chat.page.locator('.chip', { hasText: label });
  const isFocused = (selector: string) => chat.page.locator(`${selector}:focus`).count();

  /** Drags something onto an element, and drops it unless told otherwise. */
  const drag = (selector: string, data: Data, events: readonly string[] = ['dragenter', 'dragover', 'drop']) =>
    chat.page.evaluate(
      ([where, given, names]) => {
        const dataTransfer = new DataTransfer();
        for (const [type, text] of Object.entries(given)) dataTransfer.setData(type, text);
        const element = document.querySelector(where);
        return names.map((name) => {
          const event = new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
          element?.dispatchEvent(event);
          return event.defaultPrevented;
        });
      },
      [selector, data, events] as const,
    );

  it('tells exactly what it takes, and in place why something does not go along', async () => {
    const texts = await chat.page.locator('.chip').allTextContents();
    assert.deepEqual(texts, [
      'a.ts:1-212 tokens',
      '.envmay hold secrets',
      'src/23.5K tokens3 left out',
      'logo.pngbinary',
      'lib/…',
    ]);
    assert.equal(await chip('.env').getAttribute('aria-disabled'), 'true');
    assert.equal(await chip('a.ts').getAttribute('aria-pressed'), 'true');
    await chip('.env').press('Enter');
    await chip('logo.png').click();
    assert.deepEqual(await chat.heard(), [{ type: 'toggleChip', id: 'added 2' }]);
  });

  it('keeps the keyboard near when a chip is taken away', async () => {
    await chip('src/').press('Enter');
    assert.equal(await chip('logo.png').evaluate((element) => element === document.activeElement), true);
    await chat.say({ type: 'chips', chips: [chips[4] as Chip] });
    await chip('lib/').press('Enter');
    await chat.say({ type: 'chips', chips: [] });
    assert.equal(await isFocused('.composer textarea'), 1);
  });

  it('holds on to the repository that a conversation begins with', async () => {
    const repository = { id: 'repository', label: 'Whole repository', tokens: 128_000, included: true, isAdded: true };
    await chat.say({ type: 'chips', chips: [{ ...repository, isLimit: true }] });
    assert.equal(await chip('Whole').locator('.size').textContent(), 'up to 128K tokens');
    await chat.say({ type: 'chips', chips: [{ ...repository, isFixed: true }] });
    await chip('Whole').press('Enter');
    assert.deepEqual(await chat.heard(), []);
  });

  it('is measured: a bar, and a table with what each part takes and what is left out', async () => {
    const details = chat.page.locator('.meter');
    assert.equal(await details.locator('.meter-sum').textContent(), '93.2K of 128K tokens');
    const widths = await details
      .locator('.meter-part')
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().width));
    const bar = (await details.locator('.meter-bar').boundingBox())?.width ?? 0;
    assert.ok(Math.abs((widths[1] ?? 0) / (bar - 2) - 60 / 128) < 0.02, `${widths} of ${bar}`);
    await details.locator('summary').press('Enter');
    const rows = await details
      .locator('tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.deepEqual(rows, [
      ['Rules', '321', '0.3%'],
      ['Repository', 'about 60,000', '46.9%'],
      ['Conversation so far', '1,234', '1%'],
      ['Attached', '23,468', '18.3%'],
      ['Kept for the answer', '8,192', '6.4%'],
      ['Free', '34,785', '27.2%'],
    ]);
    assert.deepEqual(await details.locator('li').allTextContents(), [
      'src/.env may hold secrets',
      'src/big.ts over the budget',
      'and 7 more',
    ]);
    // It stays open while the figures change.
    await chat.say({ type: 'meter', meter: meter({ window: 256_000 }) });
    assert.equal(await details.locator('table').isVisible(), true);
    await chat.say({ type: 'meter', meter: undefined });
    assert.equal(await details.count(), 0);
  });

  it('warns of what does not fit, politely, and takes away what makes it fit', async () => {
    const warning = chat.page.locator('.meter-warning');
    assert.equal(await warning.getAttribute('role'), 'status');
    assert.equal(await warning.textContent(), '');
    const remove = { id: 'added 1', label: 'src/', tokens: 23_456 };
    await chat.say({ type: 'meter', meter: meter({ over: 12_000, remove }) });
    assert.match((await warning.textContent()) ?? '', /12,000 tokens more than the window/);
    await chat.page.getByRole('button', { name: 'Take Away src/ (23.5K tokens)' }).click();
    assert.deepEqual(await chat.heard(), [{ type: 'toggleChip', id: 'added 1' }]);
    await chat.say({ type: 'meter', meter: meter() });
    assert.equal(await warning.textContent(), '');
    assert.equal(await isFocused('.composer textarea'), 1);
  });

  it('is told of the input when that rests, not at each key', async () => {
    await input().pressSequentially('What is it?', { delay: 20 });
    assert.deepEqual(await chat.heard(), []);
    await chat.page.waitForTimeout(700);
    assert.deepEqual(await chat.heard(), [{ type: 'drafted', text: 'What is it?' }]);
  });

  it('takes files that are dropped anywhere, with a hint while they are above the page', async () => {
    const data = {
      'application/vnd.code.uri-list': 'file:///r/a.ts\r\nfile:///r/src',
      'text/uri-list': 'file:///r/a.ts',
      'text/plain': 'a.ts',
    };
    const hint = chat.page.locator('.drop-hint');
    assert.deepEqual(await drag('.log', data, ['dragenter', 'dragover']), [true, true]);
    await hint.waitFor();
    await drag('.log', data, ['dragleave']);
    await hint.waitFor({ state: 'detached' });
    await drag('.log', data);
    await hint.waitFor({ state: 'detached' });
    assert.deepEqual(await chat.heard(), [
      { type: 'addPaths', paths: ['file:///r/a.ts', 'file:///r/src'], text: 'a.ts' },
    ]);
    assert.equal(await isFocused('.composer textarea'), 1);
  });

  it('takes text that is dropped into the input, and leaves a drop on the input to the browser', async () => {
    await input().fill('Why ?');
    await input().evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(4, 4));
    await drag('.log', { 'text/plain': 'const a = 1;' });
    assert.equal(await input().inputValue(), 'Why const a = 1;?');
    assert.deepEqual(await drag('.composer textarea', { 'text/plain': 'x' }), [false, false, false]);
    // What is no file and no text is none of ours.
    assert.deepEqual(await drag('.log', { 'image/png': 'x' }), [false, false, false]);
  });

  it('takes copied files that are pasted; what is no file of the folder goes into the input', async () => {
    const paste = (data: Data) =>
      input().evaluate((element, given) => {
        const clipboardData = new DataTransfer();
        for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
        element.dispatchEvent(event);
        return event.defaultPrevented;
      }, data);
    assert.equal(await paste({ 'text/plain': 'just words, src/a.ts' }), false);
    assert.equal(await paste({ 'text/plain': '/r/a.ts\n/r/b.ts' }), true);
    assert.deepEqual(await chat.heard(), [
      { type: 'addPaths', paths: ['/r/a.ts', '/r/b.ts'], text: '/r/a.ts\n/r/b.ts' },
    ]);
    await chat.say({ type: 'insertText', text: '/r/a.ts\n/r/b.ts' });
    assert.equal(await input().inputValue(), '/r/a.ts\n/r/b.ts');
  });

  it('takes a sign away once what it asks for was chosen, and leaves one that was typed on', async () => {
    await input().pressSequentially('Look at @');
    assert.deepEqual(
      (await chat.heard()).filter(({ type }) => type === 'addContext'),
      [{ type: 'addContext', source: 'file' }],
    );
    await chat.say({ type: 'chosen' });
    assert.equal(await input().inputValue(), 'Look at ');
    await input().pressSequentially('#12');
    await chat.say({ type: 'chosen' });
    assert.equal(await input().inputValue(), 'Look at #12');
    await input().press('Home');
    await input().press('@');
    await chat.say({ type: 'chosen' });
    assert.equal(await input().inputValue(), 'Look at #12');
  });
});
