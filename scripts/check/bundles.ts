import { readFile } from 'node:fs/promises';

/** Kilobytes, at the most: what each bundle may weigh before somebody must look at why. */
const limits: Readonly<Record<string, number>> = {
  'dist/extension.cjs': 250,
  'dist/repositoryWorker.js': 300,
  'dist/outlineWorker.js': 200,
  'dist/httpTransport.js': 900,
  'dist/history.js': 40,
  'dist/cli.js': 420,
  'dist/webview.js': 400,
  'dist/webview.css': 20,
};

/** Reports the size of every bundle of the last build, and returns the ones over their limit. */
export async function checkBundles(): Promise<string[]> {
  const outputs = JSON.parse(await readFile('out/bundles.json', 'utf8')) as Record<string, { bytes: number }>;
  const problems: string[] = [];
  for (const [file, limit] of Object.entries(limits)) {
    const kilobytes = Math.round((outputs[file]?.bytes ?? Number.NaN) / 1_000);
    console.log(`${file}: ${kilobytes} KB of ${limit}`);
    if (!(kilobytes <= limit)) problems.push(`${file} is ${kilobytes} KB, over its ${limit}`);
  }
  return problems;
}
