import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runExtensionHostTests } from '../test/support/extensionHostTests.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Milliseconds for one test file of a suite; the slowest waits for real servers. */
const fileTimeout = 300_000;

/** Runs the test files of a folder under Node. */
async function underNode(suite: string): Promise<Counts> {
  const files = globSync(`test/${suite}/**/*.test.ts`).sort();
  const work = await mkdtemp(join(tmpdir(), 'glm-coder-test-'));
  const report = join(work, 'counts.json');
  // Browsers mostly wait, two of them at a time; an engine's figures are those of a server that is alone.
  const atOnce = suite === 'unit' ? [] : [`--test-concurrency=${suite === 'engine' ? 1 : 2}`];
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./scripts/countReporter.ts', `--test-reporter-destination=${report}`],
  ];
  const args = ['--test', `--test-timeout=${fileTimeout}`, ...atOnce, ...reporters, ...files];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'close')) as [number];
  const counts = await readFile(report, 'utf8')
    .then((text) => JSON.parse(text) as Counts)
    .catch(() => ({ passed: 0, failed: 1, skipped: 0 }));
  await rm(work, { recursive: true, force: true });
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const suites: Readonly<Record<string, () => Promise<Counts>>> = {
  unit: () => underNode('unit'),
  integration: () => runExtensionHostTests(resolve('.'), resolve('out/integration/index.js')),
  webview: () => underNode('webview'),
  engine: () => underNode('engine'),
  e2e: () => underNode('e2e'),
};

const wanted = process.argv.slice(2);
let total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const [name, run] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n── ${name} ──`);
  const counts = await run().catch((error: unknown): Counts => {
    console.error(error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  total = {
    passed: total.passed + counts.passed,
    failed: total.failed + counts.failed,
    skipped: total.skipped + counts.skipped,
  };
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
