import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './processes.ts';

/** A folder for one test. */
export interface TestWorkspace {
  readonly folder: string;
  dispose(): Promise<void>;
}

/** A small shop in TypeScript: enough to be searched, completed and refactored. */
export const shop: Readonly<Record<string, string>> = {
  'notes.txt': 'Buy milk.\n',
  'README.md': '# Shop\n\nPrices are kept in cents.\n',
  'src/price.ts': `/** A price in cents. */
export interface Price {
  readonly cents: number;
  readonly currency: string;
}

/** Adds value added tax to a price. */
export function withTax(price: Price, rate: number): Price {
  return { ...price, cents: Math.round(price.cents * (1 + rate)) };
}

/** Formats a price for the receipt. */
export function formatPrice(price: Price): string {
  return \`\${(price.cents / 100).toFixed(2)} \${price.currency}\`;
}
`,
  'src/basket.ts': `import { type Price, formatPrice, withTax } from './price.ts';

/** Sums the prices of a basket. */
export function basketTotal(prices: readonly Price[]): Price {
  let cents = 0;
  for (const price of prices) {
    cents += price.cents;
  }
  return { cents, currency: prices[0]?.currency ?? 'EUR' };
}

/** Prints the receipt of a basket. */
export function receipt(prices: readonly Price[], rate: number): string {
  return formatPrice(withTax(basketTotal(prices), rate));
}
`,
  'src/stock.ts': `/** How many of each article are left. */
export class Stock {
  private readonly counts = new Map<string, number>();

  add(article: string, count: number): void {
    this.counts.set(article, (this.counts.get(article) ?? 0) + count);
  }
}
`,
};

/** Makes a folder with files, as a git repository unless told otherwise. */
export async function makeWorkspace(
  files: Readonly<Record<string, string | Uint8Array>> = shop,
  { git = true }: { readonly git?: boolean } = {},
): Promise<TestWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'glm-coder-workspace-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  if (git) {
    await run('git', ['init', '-q'], { cwd: folder });
    await run('git', ['add', '--all'], { cwd: folder });
  }
  return { folder, dispose: () => rm(folder, { recursive: true, force: true }) };
}
