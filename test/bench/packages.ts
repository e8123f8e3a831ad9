import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What published packages hold besides their sources. */
const made = /^(lib|libs|dist|node_modules|_esm|_cjs|_types)$/;

/** Fetches a published package's sources into a folder: what it was built into, and its declarations, are left out. */
export async function fetchInto(folder: string, specifier: string): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'glm-coder-package-'));
  try {
    const { stdout } = await run('npm', ['pack', specifier, '--silent', '--ignore-scripts'], { cwd: work });
    const file = stdout.trim().split('\n').at(-1) ?? '';
    await mkdir(folder, { recursive: true });
    await run('tar', ['-xzf', join(work, file), '-C', folder, '--strip-components=1']);
    for (const name of await readdir(folder))
      if (made.test(name)) await rm(join(folder, name), { recursive: true, force: true });
    const files = await readdir(folder, { recursive: true });
    const declarations = files.filter((path) => /\.d\.[mc]?ts$|\.map$/.test(path));
    await Promise.all(declarations.map((path) => rm(join(folder, path))));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
