import type { TestEvent } from 'node:test/reporters';

/** A test reporter that prints one line of JSON: how many tests passed, failed and were skipped. */
export default async function* countReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    // A suite is not a test; nor is a file, which Node reports as one where it holds none or crashes in loading.
    if (event.data.details.type === 'suite') continue;
    if (event.data.skip !== undefined) counts.skipped++;
    else if (event.type === 'test:fail') counts.failed++;
    else counts.passed++;
  }
  yield `${JSON.stringify(counts)}\n`;
}
