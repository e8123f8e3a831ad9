import type { TestEvent } from 'node:test/reporters';

/** How many tests passed, failed and were skipped. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const none: Counts = { passed: 0, failed: 0, skipped: 0 };

/** A test reporter that prints one line of JSON: the counts of each test file, by its path. */
export default async function* countReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const byFile: Record<string, Counts> = {};
  const failed = new Set<string>();
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { file = '', details, skip } = data;
    if (type === 'test:fail') failed.add(file);
    // A suite is not a test; nor is a file, which Node reports as one where it holds none or crashes in loading.
    if (details.type === 'suite') continue;
    const counts = byFile[file] ?? none;
    const outcome = skip !== undefined ? 'skipped' : type === 'test:fail' ? 'failed' : 'passed';
    byFile[file] = { ...counts, [outcome]: counts[outcome] + 1 };
  }
  // What fails beside the tests, such as a hook or loading, fails too.
  for (const file of failed) {
    const counts = byFile[file] ?? none;
    if (counts.failed === 0) byFile[file] = { ...counts, failed: 1 };
  }
  yield `${JSON.stringify(byFile)}\n`;
}
