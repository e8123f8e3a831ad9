import { readFile } from 'node:fs/promises';

interface Output {
  readonly bytes: number;
  readonly imports?: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

/** Kilobytes, at the most: what each bundle may weigh, with all that it loads at once, before somebody must look at why. */
const limits: Readonly<Record<string, number>> = {
  'dist/extension.mjs': 200,
  'dist/repositoryWorker.js': 300,
  'dist/outlineWorker.js': 200,
  'dist/httpTransport.js': 900,
  'dist/typescriptWorker.js': 20,
  'dist/cli.mjs': 420,
  'dist/webview.js': 400,
  'dist/webview.css': 30,
  'dist/diagnostics.js': 60,
  'dist/diagnostics.css': 10,
  'dist/inspector.js': 60,
  'dist/inspector.css': 20,
};

/** What a bundle loads before its first line runs: itself, and the parts that it imports without `import()`. */
function loadedAtOnce(outputs: Readonly<Record<string, Output>>, file: string): Set<string> {
  const loaded = new Set([file]);
  // A set's iteration goes on with what is added to it.
  for (const each of loaded) {
    for (const { path, kind, external } of outputs[each]?.imports ?? [])
      if (kind === 'import-statement' && !external) loaded.add(path);
  }
  return loaded;
}

/** Reports the size of every bundle of the last build, and returns the ones over their limit. */
export async function checkBundles(): Promise<string[]> {
  const outputs = JSON.parse(await readFile('out/bundles.json', 'utf8')) as Record<string, Output>;
  const problems: string[] = [];
  for (const [file, limit] of Object.entries(limits)) {
    const bytes = [...loadedAtOnce(outputs, file)].map((each) => outputs[each]?.bytes ?? Number.NaN);
    const kilobytes = Math.round(bytes.reduce((sum, each) => sum + each, 0) / 1_000);
    console.log(`${file}: ${kilobytes} KB of ${limit}`);
    if (!(kilobytes <= limit)) problems.push(`${file} is ${kilobytes} KB, over its ${limit}`);
  }
  return problems;
}
