import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

interface Axe {
  run(options: object): Promise<{
    violations: { id: string; impact: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
  }>;
}

const script = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What is seriously wrong with what a page shows, for who does not see or point. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(await script);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}
