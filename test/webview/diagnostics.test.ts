import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import type { DiagnosticsState } from '../../extension/protocol/diagnostics.ts';
import { launchChromium } from '../support/chromium.ts';
import {
  type DiagnosticsPage,
  doctorView,
  fill,
  openDiagnostics,
  probeResult,
  probeView,
} from './support/diagnostics.ts';
import type { PageOptions } from './support/page.ts';

interface Axe {
  run(options: object): Promise<{
    violations: { id: string; impact: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
  }>;
}

const probe = (more: object): DiagnosticsState => ({ view: 'probe', probe: { ...probeView, ...more } });
const doctor = (more: object): DiagnosticsState => ({ view: 'doctor', doctor: { ...doctorView, ...more } });

const scenes: Readonly<Record<string, DiagnosticsState>> = {
  'probe-plan': probe({}),
  'probe-running': probe({
    phase: 'running',
    progress: { text: '3 of 6: 32,000 tokens… 45 % read', share: 0.2 },
    result: { ...probeResult, measured: '', fills: probeResult.fills.slice(0, 2), notes: [] },
  }),
  'probe-done': probe({ result: probeResult }),
  'probe-failed': probe({ phase: 'failed', error: { summary: 'It is not there.', nextStep: 'Start it.' } }),
  doctor: doctor({ probe: probeResult }),
  'doctor-empty': doctor({ isOk: false, failures: [], backend: undefined, isLooking: true, lines: [] }),
};

const looks: Readonly<Record<string, PageOptions>> = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  contrast: { theme: 'contrast' },
  forced: { theme: 'light', forcedColors: 'active' },
};

describe('the pages of Doctor and of the window probe', () => {
  let browser: Browser;
  let axe: string;
  let open: DiagnosticsPage;
  before(async () => {
    axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    browser = await launchChromium();
    open = await openDiagnostics(browser);
  });
  after(() => browser?.close());

  for (const [look, options] of Object.entries(looks)) {
    for (const [scene, state] of Object.entries(scenes)) {
      it(`have no serious fault in ${look}: ${scene}`, async () => {
        const shown = await openDiagnostics(browser, options);
        await shown.draw(state);
        await shown.page.evaluate(axe);
        const { violations } = await shown.page.evaluate(() =>
          (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
        );
        const serious = violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
        assert.deepEqual(serious, []);
        assert.deepEqual(shown.errors, []);
        const { SHOTS } = process.env;
        if (SHOTS) {
          await mkdir(SHOTS, { recursive: true });
          await shown.page.screenshot({ path: `${SHOTS}/${scene}-${look}.png`, fullPage: true });
        }
        await shown.close();
      });
    }
  }

  it('say what a probe takes before it starts, and start it at a click', async () => {
    await open.draw(probe({}));
    await open.asked();
    const text = (await open.page.locator('main').textContent()) ?? '';
    for (const told of ['Requests12', '894,800', 'about $0.32, at most $0.55', '8K, 16K, 32K, 64K, 128K, 199.4K'])
      assert.ok(text.includes(told), told);
    await open.page.getByRole('button', { name: 'Start' }).click();
    assert.deepEqual(await open.asked(), ['start']);
  });

  it('draw the curves, the grid and the figures of what was measured', async () => {
    await open.draw(probe({ result: probeResult }));
    const { page } = open;
    assert.match((await page.locator('.verdict').textContent()) ?? '', /32,000 of 131,072 tokens/);
    assert.deepEqual(await page.locator('.chart figcaption').allTextContents(), [
      'Right answers',
      'Time to the first token',
      'Tokens read a second',
    ]);
    // Two lines of five sizes each, and the effective window over the third.
    const recall = page.locator('.chart').first();
    assert.equal(await recall.locator('polyline').count(), 2);
    const [x = ''] =
      (await recall.locator('.series.circle polyline').getAttribute('points'))?.split(' ')[2]?.split(',') ?? [];
    assert.equal(await recall.locator('.marked line').getAttribute('x1'), x);
    assert.equal(await page.locator('.grid tbody td').count(), 25);
    assert.equal(await page.locator('.grid tbody tr').last().locator('td').first().textContent(), '100 %');
    const row = page.locator('.fills tbody tr').first();
    assert.deepEqual(await row.locator('th, td').allTextContents(), [
      '8,000',
      '7,996',
      '100 %',
      '90 %',
      '20',
      '3.6 s',
      '0.07 s',
      '99 %',
      '2,267',
    ]);
  });

  it('draw one size, a size that failed, and a server that tells nothing', async () => {
    const silent = { fill: 8_000, countedTokens: 7_990, firstTokenCold: 100 };
    const failed = { fill: 16_000, countedTokens: 15_990, failure: 'It did not answer in time.' };
    const { effectiveWindow: _, ...unknown } = probeResult;
    for (const fills of [[silent], [fill(8_000, 0), failed], [failed]]) {
      await open.draw(probe({ result: { ...unknown, fills } }));
      assert.equal(await open.page.locator('.fills tbody tr').count(), fills.length);
      assert.equal((await open.page.content()).includes('NaN'), false);
    }
    assert.match((await open.page.locator('.verdict').textContent()) ?? '', /not known/);
    assert.equal(await open.page.locator('.offer').count(), 0);
    assert.deepEqual(open.errors, []);
  });

  it('offer the effective window as the budget, unless it is that already', async () => {
    await open.draw(probe({ result: probeResult }));
    await open.asked();
    await open.page.getByRole('button', { name: 'Use 32,000 Tokens' }).click();
    assert.deepEqual(await open.asked(), ['setBudget']);
    await open.draw(probe({ result: probeResult, budget: 32_000 }));
    assert.equal(await open.page.getByRole('button', { name: 'Use 32,000 Tokens' }).count(), 0);
    assert.match((await open.page.locator('main').textContent()) ?? '', /up to 32,000 tokens .* as was measured/);
  });

  it('can be cancelled once, by keyboard as well', async () => {
    await open.draw(scenes['probe-running'] as DiagnosticsState);
    await open.asked();
    await open.page.getByRole('button', { name: 'Cancel' }).focus();
    await open.page.keyboard.press('Enter');
    assert.deepEqual(await open.asked(), ['stop']);
    await open.draw(probe({ phase: 'stopping', progress: { text: '', share: 0.2 } }));
    assert.equal(await open.page.getByRole('button', { name: 'Cancel' }).isDisabled(), true);
    assert.equal(await open.page.locator('[role=status]').textContent(), 'Stopping…');
  });

  it('tell what Doctor found, and ask for the report', async () => {
    await open.draw(doctor({}));
    await open.asked();
    const text = (await open.page.locator('main').textContent()) ?? '';
    for (const told of ['glm-4.7 at 127.0.0.1:8080', 'From cache92 %', '$0.12', 'timeout', 'not measured yet'])
      assert.ok(text.includes(told), told);
    await open.page.getByRole('button', { name: 'Copy a Redacted Report' }).click();
    await open.page.getByRole('button', { name: 'Copied' }).waitFor();
    await open.page.getByRole('button', { name: 'Open the Report' }).click();
    await open.page.getByRole('button', { name: 'Look Again' }).click();
    await open.page.getByRole('button', { name: 'Probe Context Window' }).click();
    assert.deepEqual(await open.asked(), ['copyReport', 'openReport', 'look', 'probe']);
  });

  it('draw what the host says as text, in the language of the user', async () => {
    await open.draw(doctor({ lines: ['<img src=x onerror=alert(1)>'] }), { 'This session': '本次会话' });
    assert.equal(await open.page.locator('img').count(), 0);
    assert.equal(await open.page.getByRole('heading', { name: '本次会话' }).count(), 1);
  });

  it('fit a narrow column without scrolling sideways', async () => {
    const narrow = await openDiagnostics(browser, { width: 320 });
    for (const state of Object.values(scenes)) {
      await narrow.draw(state);
      const wide = await narrow.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 320, `${wide} px`);
    }
    await narrow.draw(scenes['probe-done'] as DiagnosticsState);
    const { SHOTS } = process.env;
    if (SHOTS) await narrow.page.screenshot({ path: `${SHOTS}/probe-narrow.png`, fullPage: true });
    await narrow.close();
  });
});
