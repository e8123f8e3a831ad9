import Mocha from 'mocha';

/** Runs the suites inside the extension host; both code-server and test-electron call this. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: class {} as unknown as Mocha.ReporterConstructor });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  // Suites use mocha's globals, which stand only now.
  await import('./suites.ts');

  const counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('pass', (test) => {
        counts.passed++;
        console.log(`  ✔ ${test.fullTitle()} (${test.duration} ms)`);
      })
      .on('fail', (test, error: Error) => {
        counts.failed++;
        console.log(`  ✖ ${test.fullTitle()}\n${error.stack ?? error.message}`);
      })
      .on('pending', () => {
        counts.skipped++;
      });
  });
  console.log(`GLM_CODER_RESULT ${JSON.stringify(counts)}`);
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed`);
}
