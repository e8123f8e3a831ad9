import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../support/cacheFolder.ts';
import { run } from '../support/processes.ts';

/** The folder of a published package, installed in the cache folder with what it depends on. */
export async function npmTool(name: string, version: string): Promise<string> {
  const folder = await cached(['bench', `${name}-${version}`], async (path) => {
    await mkdir(path, { recursive: true });
    const quietly = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', ['install', '--prefix', path, ...quietly, `${name}@${version}`], { cwd: path });
  });
  return join(folder, 'node_modules', name);
}
