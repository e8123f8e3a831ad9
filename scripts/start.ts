import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { startCodeServer } from '../test/support/codeServer.ts';
import { onPath } from '../test/support/processes.ts';
import { takeShots } from './shots.ts';
import { takeSidebarShots } from './sidebarShots.ts';

const extension = resolve(import.meta.dirname, '..');

/** Milliseconds in which a download of VS Code must begin; without a network it never does. */
const downloadTimeout = 20_000;

/** A quiet editor that changes no file by itself: the demonstration types into a real one. */
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'files.autoSave': 'off',
};

/** Desktop VS Code: on PATH, or fetched; undefined where there is no display to show it on, or no way to get it. */
async function desktop(): Promise<string | undefined> {
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay) return undefined;
  const own = onPath('code', 'code.cmd');
  if (own) return own;
  try {
    return await downloadAndUnzipVSCode({ timeout: downloadTimeout });
  } catch {
    return undefined;
  }
}

/** Builds nothing: opens VS Code with the built extension on a folder, or drives it with `--shots`. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { shots: { type: 'string' } } });
  const folder = resolve(positionals[0] ?? extension);
  const code = values.shots === undefined ? await desktop() : undefined;
  if (code) {
    console.log(`Opening VS Code on ${folder}`);
    const child = spawn(code, [`--extensionDevelopmentPath=${extension}`, folder], { stdio: 'inherit' });
    await once(child, 'close');
    return;
  }

  const server = await startCodeServer({ settings });
  try {
    if (values.shots !== undefined) {
      await takeShots(server, folder, extension, resolve(values.shots));
      // On files and answers of its own, so that its pictures show every state.
      await takeSidebarShots(join(resolve(values.shots), 'sidebar'));
      return;
    }
    console.log(
      `\nVS Code with GLM Coder on ${folder}:\n\n  ${server.url(folder, { extension })}\n\nStop it with Ctrl+C.`,
    );
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } finally {
    await server.dispose();
  }
}

await main();
