import { glob, readFile } from 'node:fs/promises';
import { getL10nJson } from '@vscode/l10n-dev';

type Bundle = Record<string, string>;

const readBundle = async (file: string): Promise<Bundle> => JSON.parse(await readFile(file, 'utf8')) as Bundle;

/** Every string that the sources show, as `l10n.t` gets it. */
async function stringsInSources(): Promise<string[]> {
  const sources: { extension: '.ts' | '.tsx'; contents: string }[] = [];
  for await (const file of glob('{extension,webview}/**/*.{ts,tsx}')) {
    sources.push({ extension: file.endsWith('x') ? '.tsx' : '.ts', contents: await readFile(file, 'utf8') });
  }
  return Object.keys(await getL10nJson(sources)).sort();
}

const placeholders = (text: string): string => (text.match(/\{\d+\}/g) ?? []).sort().join();

function compare(
  name: string,
  wanted: readonly string[],
  translated: Bundle,
  original: (key: string) => string,
): string[] {
  const has = new Set(Object.keys(translated));
  return [
    ...wanted.filter((key) => !has.has(key)).map((key) => `${name}: not translated: ${key}`),
    ...[...has].filter((key) => !wanted.includes(key)).map((key) => `${name}: no longer used: ${key}`),
    ...wanted
      .filter((key) => has.has(key) && placeholders(original(key)) !== placeholders(translated[key] ?? ''))
      .map((key) => `${name}: other placeholders: ${key}`),
  ];
}

/** Finds strings without a translation, and translations without a string, in code and manifest. */
export async function checkTranslations(): Promise<string[]> {
  const strings = await stringsInSources();
  const manifest = await readFile('package.json', 'utf8');
  const keys = [...new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key = '']) => key))];
  const english = await readBundle('package.nls.json');
  return [
    ...compare('l10n/bundle.l10n.zh-cn.json', strings, await readBundle('l10n/bundle.l10n.zh-cn.json'), (key) => key),
    ...compare('package.nls.json', keys, english, (key) => english[key] ?? ''),
    ...compare('package.nls.zh-cn.json', keys, await readBundle('package.nls.zh-cn.json'), (key) => english[key] ?? ''),
  ];
}
