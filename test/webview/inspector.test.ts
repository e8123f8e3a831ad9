import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { InspectorHostMessage, InspectorPageMessage } from '../../extension/protocol/inspector.ts';
import { launchChromium } from '../support/chromium.ts';
import { seriousFaults } from './support/axe.ts';
import { probeResult } from './support/diagnostics.ts';
import { choices, type InspectorPage, inspected, showPack } from './support/inspected.ts';
import { openPage, type PageOptions } from './support/page.ts';

const looks: Readonly<Record<string, PageOptions>> = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  'high contrast': { theme: 'contrast' },
  'forced colours': { theme: 'light', forcedColors: 'active' },
  narrow: { theme: 'dark', width: 420 },
};

describe('the page of the inspector', () => {
  let browser: Browser;
  let inspector: InspectorPage;
  const open = (options: PageOptions = {}): Promise<InspectorPage> =>
    openPage<InspectorHostMessage, InspectorPageMessage>(browser, 'inspector', {
      width: 1000,
      height: 900,
      ...options,
    });
  const rows = () => inspector.page.locator('tbody tr.row');
  const firstPath = () => rows().first().locator('.path').textContent();
  const said = async () => (await inspector.heard()).filter(({ type }) => type !== 'ready');
  const focused = () => inspector.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const activePath = () => inspector.page.locator('tr:focus .path').textContent();

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());
  beforeEach(async (context) => {
    inspector = await open();
    (context as { after?: (done: () => Promise<void>) => void }).after?.(() => inspector.close());
    await showPack(inspector, inspected(60, 40));
    await said();
  });

  it('tells the pack in numbers', async () => {
    const pack = inspected(60, 40);
    const text = (await inspector.page.locator('.summary').innerText()).replace(/\s+/g, ' ');
    const count = new Intl.NumberFormat('en');
    assert.ok(text.includes(`${count.format(pack.tokens)} of ${count.format(pack.budget)}`), text);
    assert.match(text, /60 in, 40 out/);
    assert.match(text, /60%, by the prompt sent 2 min ago/);
    assert.match(text, /\$0\.0421/);
    assert.match(text, /glm-4\.7, window 200,000/);
    const { cached: _, price: __, ...rest } = inspected(3, 0);
    await showPack(inspector, { ...rest, backend: { label: 'llama', kind: 'local', window: 8_192 } });
    const local = await inspector.page.locator('.summary').innerText();
    assert.match(local, /not known: nothing like it was sent yet[\s\S]*free \(local\)/);
    assert.deepEqual(inspector.errors, []);
    assert.deepEqual(inspector.requests, []);
  });

  it('sorts by every column, both ways', async () => {
    const { page } = inspector;
    const by = async (name: string) => {
      await page.getByRole('columnheader', { name }).getByRole('button').click();
      return page
        .locator('tbody tr.row')
        .evaluateAll((all) =>
          all.slice(0, 12).map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
        );
    };
    const number = (text = '') => Number(text.replaceAll(',', ''));
    // Tokens come first, the largest on top; a click turns that over.
    const ascending = (await by('Tokens')).map(([, , tokens]) => number(tokens));
    assert.deepEqual(
      ascending,
      [...ascending].sort((a, b) => a - b),
    );
    const descending = (await by('Tokens')).map(([, , tokens]) => number(tokens));
    assert.deepEqual(
      descending,
      [...descending].sort((a, b) => b - a),
    );
    const paths = (await by('File')).map(([path]) => path);
    assert.deepEqual(paths, [...paths].sort());
    assert.equal((await by('Detail'))[0]?.[1], 'whole');
    assert.match((await by('Why'))[0]?.[4] ?? '', /^imported by/);
    assert.equal(await page.locator('th[aria-sort="ascending"]').textContent(), 'Why');
  });

  it('filters by words, and by what is sent', async () => {
    const { page } = inspector;
    await page.getByLabel('Filter files').fill('PART3 over');
    const paths = await rows().locator('.path').allTextContents();
    assert.ok(paths.length > 0 && paths.every((path) => path.includes('part3')));
    assert.match((await page.locator('.found').textContent()) ?? '', new RegExp(`^${paths.length} files$`));
    await page.getByLabel('Filter files').fill('no such file');
    assert.equal(await page.locator('.none').textContent(), 'No file matches the filter.');
    await page.getByLabel('Filter files').fill('');
    await page.getByLabel('Files to list').selectOption('out');
    assert.match((await page.locator('.found').textContent()) ?? '', /^40 files$/);
    await page.getByLabel('Files to list').selectOption('in');
    assert.match((await page.locator('.found').textContent()) ?? '', /^60 files$/);
  });

  it('draws only the rows in view of ten thousand, and reaches the last one by keyboard', async () => {
    const { page } = inspector;
    await showPack(inspector, inspected(500, 9_500));
    assert.ok((await rows().count()) < 60, `${await rows().count()} rows`);
    await rows().first().focus();
    await page.keyboard.press('End');
    await page.locator('tr:focus').waitFor();
    assert.equal(await page.locator('tr:focus').getAttribute('aria-rowindex'), '10001');
    await page.keyboard.press('ArrowUp');
    assert.equal(await page.locator('tr:focus').getAttribute('aria-rowindex'), '10000');
    await page.keyboard.press('PageUp');
    assert.ok(Number(await page.locator('tr:focus').getAttribute('aria-rowindex')) < 10_000);
    await page.keyboard.press('Home');
    assert.equal(await page.locator('tr:focus').getAttribute('aria-rowindex'), '2');
    assert.ok(await page.locator('tr:focus').isVisible());
  });

  it('decides by keyboard and by button, for files in and out', async () => {
    const { page } = inspector;
    await page.getByRole('columnheader', { name: 'Detail' }).getByRole('button').click();
    await rows().first().focus();
    const path = (await activePath()) ?? '';
    for (const key of ['p', 'x', '-', 'Enter']) await page.keyboard.press(key);
    assert.deepEqual(await said(), [
      { type: 'steer', how: 'pin', path },
      { type: 'steer', how: 'exclude', path },
      { type: 'level', path, level: 'skeleton', pins: false },
      { type: 'openFile', path },
    ]);
    await page.getByLabel('Files to list').selectOption('out');
    const out = (await firstPath()) ?? '';
    await rows().first().getByRole('button', { name: 'Send More of It' }).click();
    await rows().first().getByRole('button', { name: 'Exclude' }).click();
    assert.ok(await rows().first().getByRole('button', { name: 'Send Less of It' }).isDisabled());
    assert.deepEqual(await said(), [
      { type: 'level', path: out, level: 'skeleton', pins: true },
      { type: 'steer', how: 'exclude', path: out },
    ]);
  });

  it('shows what is decided, takes it back, and keeps the keyboard where it was', async () => {
    const { page } = inspector;
    const pack = inspected(60, 40);
    await rows().nth(4).focus();
    const path = (await activePath()) ?? '';
    await showPack(inspector, { ...pack, decisions: { pinned: [path], excluded: ['lib'], levels: {} } });
    assert.equal(await activePath(), path);
    const pin = page.locator('tr:focus').getByRole('button', { name: 'Unpin' });
    assert.equal(await pin.getAttribute('aria-pressed'), 'true');
    await said();
    await pin.click();
    await page.getByLabel('Filter files').fill('part7/');
    // It is the folder's doing, and so not to be taken back for the file.
    assert.equal(await rows().first().getByRole('button', { name: 'Let In Again' }).count(), 0);
    assert.match((await rows().first().getAttribute('class')) ?? '', /excluded/);
    await page.getByRole('button', { name: 'Forget All Decisions' }).click();
    assert.deepEqual(await said(), [
      { type: 'steer', how: 'reset', path },
      { type: 'steer', how: 'reset', path: '' },
    ]);
  });

  it('draws a picture that is gone through by keyboard and by click', async () => {
    const { page } = inspector;
    const cells = page.locator('.cell');
    assert.ok((await cells.count()) > 30);
    const way = () => page.locator('.way').innerText();
    assert.match(await way(), /^Repository$/);
    await page.locator('.cell[tabindex="0"]').focus();
    assert.match(await focused(), /^src\/: \d+ files, [\d,]+ tokens, [\d.]+%$/);
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(), /^src\/area\d\//);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    assert.match((await way()).replace(/\s+/g, ''), /Repository\/?src/);
    assert.ok(await page.locator('.cell:focus').count());
    await page.keyboard.press('Escape');
    assert.match(await way(), /^Repository$/);
    await page.getByRole('button', { name: /^docs\/:/ }).click({ position: { x: 8, y: 8 } });
    assert.match((await way()).replace(/\s+/g, ''), /Repository\/?docs/);
    await page.locator('.cell:not(.folder)').first().hover();
    assert.match((await page.locator('.told').textContent()) ?? '', /^docs\/guide\d+\.md: [\d,]+ tokens/);
    await page.locator('.cell:not(.folder)').first().focus();
    await page.keyboard.press('x');
    const [message] = await said();
    assert.ok(message?.type === 'steer' && message.how === 'exclude' && message.path.startsWith('docs/'));
    await page.keyboard.press('Enter');
    await page.locator('tr:focus').waitFor();
    assert.equal(await activePath(), message.path);
  });

  it('asks for what is chosen, shows progress, and can be stopped', async () => {
    const { page } = inspector;
    await page.getByLabel('At the cursor: src/area0/file0.ts:12').check();
    await page.getByLabel('Question', { exact: true }).fill('and now?');
    await page.getByLabel('Question', { exact: true }).press('Enter');
    await inspector.say({ type: 'packing', done: 100, total: 400 });
    assert.match(await page.locator('.standing').innerText(), /Reading the repository: 100 of 400 files/);
    assert.ok((await rows().count()) > 0, 'what was there stays');
    await page.getByRole('button', { name: 'Stop' }).click();
    await inspector.say({ type: 'stopped' });
    assert.match(await page.locator('.standing').innerText(), /Stopped\./);
    assert.deepEqual(await said(), [
      { type: 'show', source: 'cursor', question: 'where is tax added?' },
      { type: 'show', source: 'question', question: 'and now?' },
      { type: 'stop' },
    ]);
  });

  it('says what is wrong, and that there is nothing', async () => {
    const { page } = inspector;
    await inspector.say({ type: 'failed', error: { summary: 'It broke.', nextStep: 'Mend it.' } });
    assert.match(await page.locator('.standing').innerText(), /It broke\. Mend it\./);
    assert.equal(await rows().count(), 0);
    await inspector.say({ type: 'choices', choices: { source: 'question', question: '', hasConversation: false } });
    await inspector.say({ type: 'nothing', why: 'Open a folder.' });
    assert.match(await page.locator('.standing').innerText(), /Open a folder\./);
    assert.ok(await page.getByLabel('In the chat').isDisabled());
    await showPack(inspector, inspected(0, 3));
    assert.equal(await rows().count(), 3);
    assert.equal(await page.locator('.picture').count(), 0);
    await showPack(inspector, inspected(0, 0));
    assert.equal(await page.locator('.none').textContent(), 'There is no file that may be read.');
    assert.deepEqual(inspector.errors, []);
  });

  it('has words on the left and numbers on the right, and room for paths on a narrow page', async () => {
    const alignment = (column: string) =>
      rows()
        .first()
        .locator(`td.${column}`)
        .evaluate((cell) => getComputedStyle(cell).textAlign);
    for (const column of ['path', 'level', 'reason']) assert.match(await alignment(column), /^(?:left|start)$/, column);
    for (const column of ['tokens', 'share']) assert.equal(await alignment(column), 'right', column);
    await inspector.page.setViewportSize({ width: 340, height: 800 });
    const box = await rows().first().locator('td.path').boundingBox();
    assert.ok((box?.width ?? 0) >= 100, `${box?.width} pixels`);
  });

  it('shows what was measured of the window, and offers to measure it where nothing was', async () => {
    await inspector.page.getByRole('button', { name: 'Measure It…' }).click();
    assert.deepEqual(await said(), [{ type: 'probe' }]);
    await showPack(inspector, inspected(60, 40, { measured: probeResult }));
    assert.equal(await inspector.page.getByRole('button', { name: 'Measure It…' }).count(), 0);
    await inspector.page.getByText('Measured: 32,000 tokens of the window are really read').click();
    const charts = inspector.page.locator('.measured figure');
    await charts.first().waitFor();
    assert.equal(await charts.count(), 3);
    assert.deepEqual(inspector.errors, []);
  });

  for (const [look, options] of Object.entries(looks)) {
    it(`has no serious fault in ${look}`, async () => {
      const own = await open(options);
      const decisions = { pinned: ['docs'], excluded: ['lib/part1'], levels: {} };
      await showPack(own, inspected(120, 60, { decisions, notes: ['Something to know.'], measured: probeResult }));
      await own.page.locator('.measured > summary').click();
      await own.page.screenshot({ path: `out/shots/inspector-${look.replaceAll(' ', '-')}.png` });
      assert.deepEqual(await seriousFaults(own.page), []);
      await own.page.locator('.cell').first().focus();
      await own.say({ type: 'choices', choices }, { type: 'packing' });
      assert.deepEqual(await seriousFaults(own.page), []);
      await own.close();
    });
  }
});
