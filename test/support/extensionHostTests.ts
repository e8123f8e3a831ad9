import { runTests } from '@vscode/test-electron';
import { launchChromium } from './chromium.ts';
import { startCodeServer } from './codeServer.ts';
import { makeWorkspace } from './workspace.ts';

/** What a run of the extension host's tests came to. */
export interface HostTestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How the tests say how they went: one line of their output. */
const resultLine = /GLM_CODER_RESULT (\{.*\})/;

/** Milliseconds for the whole run, a first start of the extension host included. */
const timeLimit = 300_000;

/**
 * Runs bundled tests (`index.js` exporting `run()`) in a real extension host, on a small workspace. VS Code runs as
 * code-server with headless Chromium; with `GLM_CODER_TEST_ELECTRON` set, as the desktop editor by test-electron.
 */
export async function runExtensionHostTests(extension: string, tests: string): Promise<HostTestCounts> {
  const workspace = await makeWorkspace();
  try {
    return process.env.GLM_CODER_TEST_ELECTRON
      ? await inDesktop(extension, tests, workspace.folder)
      : await inBrowser(extension, tests, workspace.folder);
  } finally {
    await workspace.dispose();
  }
}

async function inDesktop(extension: string, tests: string, folder: string): Promise<HostTestCounts> {
  const code = await runTests({
    extensionDevelopmentPath: extension,
    extensionTestsPath: tests,
    launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust'],
  });
  // The desktop runner hands over an exit code only; the counts are in its output.
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function inBrowser(extension: string, tests: string, folder: string): Promise<HostTestCounts> {
  const settings = { 'files.autoSave': 'off', 'glmCoder.backend': 'embedded', 'workbench.startupEditor': 'none' };
  const server = await startCodeServer({ settings });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    let counts: HostTestCounts | undefined;
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    // The editor logs as well; only the tests indent their lines.
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const line = args.filter((each) => typeof each === 'string').join(' ');
      const result = resultLine.exec(line)?.[1];
      if (result) counts = JSON.parse(result) as HostTestCounts;
      else if (line.startsWith('  ')) console.log(line);
    });
    await page.goto(server.url(folder, { extension, tests }));
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(`the extension host's tests took over ${timeLimit} ms`)), timeLimit).unref();
    });
    const code = await Promise.race([ended, late]);
    if (!counts) throw new Error(`the extension host's tests ended with ${code} and no result`);
    return counts;
  } finally {
    await browser.close();
    await server.dispose();
  }
}
