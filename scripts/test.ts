import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { runExtensionHostTests } from '../test/support/extensionHostTests.ts';
import type { Counts } from './countReporter.ts';

/** Milliseconds for one test file of a suite; the slowest waits for real servers. */
const fileTimeout = 300_000;

/** Test files that are run a second time, at the most: where more fail, it is not for a slow machine. */
const mostAgain = 3;

const total = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((sum, { passed }) => sum + passed, 0),
  failed: all.reduce((sum, { failed }) => sum + failed, 0),
  skipped: all.reduce((sum, { skipped }) => sum + skipped, 0),
});

/** Runs test files under Node, so many at a time; returns the counts of each. */
async function runFiles(files: readonly string[], atOnce?: number): Promise<Record<string, Counts>> {
  const work = await mkdtemp(join(tmpdir(), 'glm-coder-test-'));
  const report = join(work, 'counts.json');
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./scripts/countReporter.ts', `--test-reporter-destination=${report}`],
  ];
  const concurrency = atOnce === undefined ? [] : [`--test-concurrency=${atOnce}`];
  const args = ['--test', `--test-timeout=${fileTimeout}`, ...concurrency, ...reporters, ...files];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'close')) as [number];
  const byFile = await readFile(report, 'utf8')
    .then((text) => JSON.parse(text) as Record<string, Counts>)
    .catch(() => ({}));
  await rm(work, { recursive: true, force: true });
  const isKnown = code === 0 || total(Object.values(byFile)).failed > 0;
  return isKnown ? byFile : { ...byFile, '': { passed: 0, failed: 1, skipped: 0 } };
}

const testFiles = (suite: string): string[] => globSync(`test/${suite}/**/*.test.ts`).sort();

/** Runs the test files of a folder under Node. */
const underNode = async (suite: string, atOnce?: number): Promise<Counts> =>
  total(Object.values(await runFiles(testFiles(suite), atOnce)));

/**
 * Runs the tests in browsers, which mostly wait, two at a time. What fails beside another browser on a slow machine is run
 * again by itself, and said to be unsteady; it has failed where it fails again.
 */
async function inBrowsers(suite: string): Promise<Counts> {
  const first = await runFiles(testFiles(suite), 2);
  const failed = Object.keys(first).filter((file) => (first[file]?.failed ?? 0) > 0);
  if (failed.length === 0 || failed.length > mostAgain || failed.includes('')) return total(Object.values(first));
  console.log(`\nAgain, one at a time: ${failed.map((file) => relative('.', file)).join(', ')}`);
  const second = await runFiles(failed, 1);
  for (const file of failed) {
    const verdict = (second[file]?.failed ?? 1) > 0 ? 'failed twice' : 'unsteady: passed at the second try';
    console.log(`${relative('.', file)} ${verdict}`);
  }
  return total(Object.values({ ...first, ...second }));
}

const suites: Readonly<Record<string, () => Promise<Counts>>> = {
  unit: () => underNode('unit'),
  integration: () => runExtensionHostTests(resolve('.'), resolve('out/integration/index.js')),
  webview: () => underNode('webview', 2),
  // An engine's figures are those of a server that is alone.
  engine: () => underNode('engine', 1),
  e2e: () => inBrowsers('e2e'),
};

const wanted = process.argv.slice(2);
const counts: Counts[] = [];
for (const [name, run] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n── ${name} ──`);
  const own = await run().catch((error: unknown): Counts => {
    console.error(error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  console.log(`${name}: ${own.passed} passed, ${own.failed} failed, ${own.skipped} skipped`);
  counts.push(own);
}
const { passed, failed, skipped } = total(counts);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
