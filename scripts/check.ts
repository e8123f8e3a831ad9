import { spawnSync } from 'node:child_process';
import { checkBundles } from './check/bundles.ts';
import { checkTranslations } from './check/translations.ts';

/** The programs that must find nothing, in the order of how soon they answer. */
const programs = [
  ['biome', 'ci', '--error-on-warnings'],
  ['tsc', '-p', 'tsconfig.json'],
  ['tsc', '-p', 'webview/tsconfig.json'],
  [
    'depcruise',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
    'extension',
    'webview',
    'test',
    'scripts',
  ],
  ['knip'],
] as const;

let failed = false;
for (const [program, ...args] of programs) {
  const { status } = spawnSync(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error(`check: ${program} failed`);
    failed = true;
  }
}
for (const problem of [...(await checkTranslations()), ...(await checkBundles())]) {
  console.error(`check: ${problem}`);
  failed = true;
}
if (!failed) console.log('check: all good');
process.exitCode = failed ? 1 : 0;
