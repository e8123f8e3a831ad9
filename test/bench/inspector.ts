import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import type { Pack } from '../../extension/core/pack.ts';
import { packTable } from '../../extension/editor/inspector/packTable.ts';
import { launchChromium } from '../support/chromium.ts';
import { startCodeServer } from '../support/codeServer.ts';
import { run } from '../support/processes.ts';
import { extensionStarted, openWorkbench, runCommand } from '../support/workbench.ts';
import { commitAll } from './corpora.ts';

/** Files of the repository, and milliseconds in which the view of it has to be drawn. */
const fileCount = 10_000;
const bound = 500;

/** How often it is opened on a warm index. */
const times = 7;

const budget = 128_000;
const question = 'where is the invoice of an order settled?';
const topics = ['order', 'invoice', 'customer', 'parcel', 'ledger', 'refund', 'tariff', 'voucher', 'depot', 'courier'];

/** A module of about fifty lines that imports its neighbour. */
function module(area: number, at: number): string {
  const topic = topics[(area + at) % topics.length] ?? '';
  const name = topic[0]?.toUpperCase() + topic.slice(1);
  const functions = Array.from(
    { length: 4 + ((area * 31 + at * 17) % 6) },
    (_, i) => `/** Settles the ${topic} number ${i} of the area. */
export function settle${name}${at}_${i}(${topic}: ${name}, amount: number): ${name} {
  const settled = ${topic}.entries.filter((entry) => entry.value > amount + ${i});
  return { ...${topic}, entries: settled, total: ${topic}.total - amount };
}
`,
  );
  return `import { helper } from './module${(at + 1) % 100}.ts';

export interface ${name} {
  readonly entries: readonly { readonly value: number }[];
  readonly total: number;
}

${functions.join('\n')}`;
}

async function makeRepository(folder: string): Promise<void> {
  for (let area = 0; area < fileCount / 100; area++) {
    const own = join(folder, 'packages', `area${area}`, 'src');
    await mkdir(own, { recursive: true });
    const all = Array.from({ length: 100 }, (_, at) => writeFile(join(own, `module${at}.ts`), module(area, at)));
    await Promise.all(all);
  }
  await commitAll(folder);
}

/** Waits until a webview shows the picture and its table, looking every few milliseconds. */
async function drawn(page: Page): Promise<Frame> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      // The window's own frame is busy, and would answer late.
      if (frame === page.mainFrame()) continue;
      const isThere = await frame
        .evaluate(
          () => document.querySelector('.treemap .cell') !== null && document.querySelector('tbody tr.row') !== null,
        )
        .catch(() => false);
      if (isThere) return frame;
    }
    await wait(4);
  }
  throw new Error('the inspector was not drawn within a minute');
}

/** Opens the view by its command, and returns the milliseconds from the click on that to the picture. */
async function open(page: Page): Promise<{ frame: Frame; milliseconds: number }> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input');
  await input.waitFor();
  await input.fill('>GLM Coder: Show What Is Sent');
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Show What Is Sent' }).first();
  await row.waitFor();
  await wait(500);
  const began = Date.now();
  await row.click();
  const frame = await drawn(page);
  return { frame, milliseconds: Date.now() - began };
}

/** The page's totals: tokens, and files in and out. */
async function totals(frame: Frame): Promise<{ tokens: number; filesIn: number; filesOut: number; limit: number }> {
  const numbers = async (id: string): Promise<number[]> => {
    const text = (await frame.locator(`.summary .${id} dd`).textContent()) ?? '';
    return [...text.matchAll(/\d[\d,]*/g)].map(([each]) => Number(each.replaceAll(',', '')));
  };
  const [tokens = 0, limit = 0] = await numbers('tokens');
  const [filesIn = 0, filesOut = 0] = await numbers('counts');
  return { tokens, filesIn, filesOut, limit };
}

const totalsOf = ({ tokens, files, omitted, budget: limit }: Pack) => ({
  ...{ tokens, filesIn: files.length, filesOut: omitted.length, limit },
});

/**
 * Opens the inspector on a repository of 10,000 files in real VS Code: milliseconds from the command to the picture, cold
 * and on a warm index, and its totals against those of `pack --json`.
 */
export async function inspector(): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'glm-coder-many-'));
  await makeRepository(folder);
  const server = await startCodeServer({
    settings: { 'workbench.startupEditor': 'none', 'glmCoder.backend': 'embedded', 'glmCoder.context.budget': budget },
  });
  const browser = await launchChromium();
  try {
    const page = await openWorkbench(browser, server.url(folder, { extension: resolve('.') }));
    await extensionStarted(page);
    const cold = await open(page);
    const warm: number[] = [];
    let { frame } = cold;
    for (let time = 0; time < times; time++) {
      await runCommand(page, 'View: Close All Editors');
      await page.locator('.tab').first().waitFor({ state: 'detached' });
      const opened = await open(page);
      frame = opened.frame;
      warm.push(opened.milliseconds);
    }
    const whole = await totals(frame);
    await frame.getByLabel('Question', { exact: true }).fill(question);
    const asked = Date.now();
    await frame.getByRole('button', { name: 'Pack', exact: true }).click();
    await frame.locator('td.reason', { hasText: 'matches the words' }).first().waitFor();
    const askedMs = Date.now() - asked;
    const forQuestion = await totals(frame);

    const cli = async (limit: number, ...args: readonly string[]): Promise<Pack> => {
      const out = join(folder, '..', `${Date.now()}.json`);
      const command = [resolve('dist/cli.js'), 'pack', folder, '--json', '--out', out, '--budget', String(limit)];
      await run(process.execPath, [...command, ...args]);
      const { default: pack } = await import(out, { with: { type: 'json' } });
      await rm(out);
      return pack as Pack;
    };
    const pack = await cli(whole.limit);
    const packForQuestion = await cli(forQuestion.limit, '--question', question);
    const began = performance.now();
    const message = JSON.stringify(packTable(pack, undefined));
    const hostMs = Number((performance.now() - began).toFixed(1));
    const sorted = warm.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
    const same = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);
    return {
      files: fileCount,
      coldMs: cold.milliseconds,
      warmMs: warm,
      medianMs: median,
      boundMs: bound,
      withinBound: median <= bound,
      askedMs,
      page: { whole, forQuestion },
      cli: { whole: totalsOf(pack), forQuestion: totalsOf(packForQuestion) },
      sameTotals: same(whole, totalsOf(pack)) && same(forQuestion, totalsOf(packForQuestion)),
      message: { kilobytes: Math.round(message.length / 1_000), hostMs },
    };
  } finally {
    await browser.close();
    await server.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}
