import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A place for what tests install once for all checkouts: `GLM_CODER_CACHE`, else the user's cache folder. */
export function cacheFolder(...parts: string[]): string {
  const base =
    process.env.GLM_CODER_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'glm-coder');
  return join(base, ...parts);
}

/**
 * Returns a path in the cache, made by `make` where it is not there yet. It appears whole or not at all: `make` works
 * on a sibling that is renamed at the end, so an interrupted or concurrent run leaves nothing half done.
 */
export async function cached(parts: readonly string[], make: (path: string) => Promise<void>): Promise<string> {
  const path = cacheFolder(...parts);
  if (existsSync(path)) return path;
  await mkdir(dirname(path), { recursive: true });
  const work = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
  const made = join(work, 'made');
  try {
    await make(made);
    await rename(made, path).catch((error: unknown) => {
      // Another run was faster.
      if (!existsSync(path)) throw error;
    });
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
