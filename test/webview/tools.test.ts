import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import type { ToolUseView, TurnView } from '../../extension/protocol/chat.ts';
import { launchChromium } from '../support/chromium.ts';
import { type ChatPage, openChatPage, type PageOptions } from './support/page.ts';
import { answer, question } from './support/turns.ts';

const before1 = 'I look where tax is added.\n\n';
const use = (id: string, more: Partial<ToolUseView> = {}): ToolUseView => ({
  id,
  name: 'read_file',
  arguments: '{"path":"src/price.ts","firstLine":1,"lastLine":40}',
  state: 'done',
  result: `src/price.ts, lines 1 to 40 of 90:\n${Array.from({ length: 40 }, (_, at) => `${at + 1}\tconst line${at} = ${at};`).join('\n')}`,
  tokens: 1_234,
  after: before1.length,
  ...more,
});

/** Calls of every kind in one answer, between two texts. */
const uses: ToolUseView[] = [
  use('a'),
  use('b', {
    name: 'search',
    arguments: '{"text":"withTax(","path":"src"}',
    result:
      '2 lines:\nsrc/basket.ts:14: return formatPrice(withTax(basketTotal(prices), rate));\nsrc/price.ts:8: export function withTax()',
    tokens: 38,
  }),
  use('c', {
    arguments: '{"path":".env"}',
    state: 'refused',
    result: '.env may not be read: may hold secrets.',
    tokens: 11,
  }),
  use('d', {
    name: 'find_symbol',
    arguments: '{"name": broken',
    state: 'refused',
    result: 'The arguments are not valid JSON.',
    tokens: 7,
  }),
];
const turns = (more: Partial<TurnView> = {}): TurnView[] => [
  question('1', 'Where is tax added?'),
  answer('2', `${before1}Tax is added in \`src/price.ts:8-10\`.`, {
    tools: uses,
    citations: [{ path: 'src/price.ts', startLine: 8, endLine: 10, verified: true, status: 'verified' }],
    note: '2,468 tokens in, 120 out, 1,900 from cache',
    ...more,
  }),
];
const tools = { isOn: true, isOnNext: true };

describe('the tools of an answer', () => {
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await launchChromium();
    chat = await openChatPage(browser);
  });
  after(() => browser?.close());

  it('stand between the texts around them, with name, arguments, and what became of each in words', async () => {
    await chat.show(turns(), { tools });
    const { page } = chat;
    const order = await page
      .locator('.turn.assistant > :is(.markdown, .tools-used, .note)')
      .evaluateAll((all) => all.map(({ className }) => className.trim()));
    assert.deepEqual(order, ['markdown', 'tools-used', 'markdown', 'note']);
    const lines = await page.locator('.tool summary').allTextContents();
    assert.deepEqual(lines, [
      'read_filesrc/price.ts · firstLine 1 · lastLine 401,234 tokens',
      'searchwithTax( · src38 tokens',
      'read_file.envRefused',
      'find_symbol{"name": brokenRefused',
    ]);
  });

  it('unfold their result by keyboard', async () => {
    const { page } = chat;
    await page.locator('.tool summary').nth(2).focus();
    assert.equal(await page.locator('.tool-result').count(), 0);
    await page.keyboard.press('Enter');
    assert.equal(
      await page.getByRole('region', { name: 'Result of read_file' }).textContent(),
      '.env may not be read: may hold secrets.',
    );
    await page.keyboard.press('Space');
    await page.locator('.tool-result').waitFor({ state: 'detached' });
  });

  it('show one that runs, and as stopped once the answer is', async () => {
    const running = [use('a'), use('b', { state: 'running', result: undefined as never, tokens: undefined as never })];
    const [asked, said] = turns({ tools: running, text: before1, status: 'waiting', waitsFor: 'A tool is at work…' });
    assert.ok(asked && said);
    await chat.show([asked, said], { tools, busy: true });
    const { page } = chat;
    assert.match((await page.locator('.tool[data-state="running"]').textContent()) ?? '', /Running…/);
    assert.equal(await page.locator('.turn.assistant > :last-child').count(), 1);
    assert.ok(await page.locator('.waiting-for', { hasText: 'A tool is at work…' }).isVisible());
    assert.match(
      (await page.locator('.visually-hidden[role="status"]').textContent()) ?? '',
      /Using the tool read_file…/,
    );
    await chat.say({ type: 'turn', turn: { ...said, status: 'stopped' }, busy: false });
    assert.match((await page.locator('.tool[data-state="stopped"]').textContent()) ?? '', /Stopped/);
  });

  it('are inert, whatever the model or a file says', async () => {
    const hostile = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    const bad = [use('a', { name: hostile, arguments: `{"path":"${hostile}"}`, result: hostile })];
    await chat.show(turns({ tools: bad }), { tools });
    await chat.page.locator('.tool summary').click();
    assert.equal(await chat.page.locator('.tool-result').textContent(), hostile);
    assert.equal(await chat.page.locator('.tools-used img, .tools-used script').count(), 0);
    assert.deepEqual([chat.requests, chat.errors], [[], []]);
  });

  it('are on or off as the line below the input says, which opens the choice', async () => {
    const { page } = chat;
    const line = page.locator('.tools-line');
    await chat.show([], { tools: { isOn: false, isOnNext: false } });
    assert.equal(await line.textContent(), 'Tools: off');
    await chat.heard();
    await line.click();
    assert.deepEqual(await chat.heard(), [{ type: 'command', command: 'chatTools' }]);
    await chat.say({ type: 'tools', tools: { isOn: false, isOnNext: true } });
    assert.equal(await line.textContent(), 'Tools: off (On in new chats)');
    await chat.say({ type: 'tools', tools: { isOn: true, isOnNext: true } });
    assert.equal(await line.textContent(), 'Tools: on');
  });

  const looks: Readonly<Record<string, PageOptions>> = {
    light: { theme: 'light' },
    dark: { theme: 'dark' },
    contrast: { theme: 'contrast' },
    narrow: { theme: 'dark', width: 200 },
    wide: { theme: 'light', width: 700 },
  };
  for (const [name, options] of Object.entries(looks)) {
    it(`has nothing serious for axe, and fits: ${name}`, async () => {
      const shown = await openChatPage(browser, options);
      const running = [...uses, use('e', { state: 'running', name: 'problems', arguments: '{}' })];
      await shown.show(turns({ tools: running, status: 'waiting', waitsFor: 'A tool is at work…' }), {
        tools: { isOn: true, isOnNext: false },
        busy: true,
      });
      await shown.page.locator('.tool summary').nth(1).click();
      const source = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
      await shown.page.evaluate(source);
      const { violations } = await shown.page.evaluate(() =>
        (
          globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> } }
        ).axe.run(),
      );
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      assert.deepEqual(
        serious.map(({ id }) => id),
        [],
      );
      const overflow = await shown.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      const cut = await shown.page
        .locator('.tool-state')
        .evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().right > window.innerWidth - 16).length);
      assert.equal(cut, 0);
      await mkdir('out/shots', { recursive: true });
      await shown.page.screenshot({ path: `out/shots/tools-${name}.png` });
      await shown.close();
    });
  }
});
