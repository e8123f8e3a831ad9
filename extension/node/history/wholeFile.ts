import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './storeErrors.ts';

/** Not every file system knows of syncing; what was written there is as safe as it gets. */
const withoutSync = new Set(['EINVAL', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP']);

/** Makes what was written safe from a power cut. @throws an error of the file system */
export async function syncData(handle: FileHandle): Promise<void> {
  try {
    await handle.datasync();
  } catch (error) {
    if (!withoutSync.has(codeOf(error))) throw error;
  }
}

/** Ends the names of files that are being written. */
const unfinished = '.part';

/** Milliseconds after which a file that was never finished is one that never will be. */
const longAgo = 3_600_000;

/** A name beside a file for what is to take its place, or is on its way out. */
export const besides = (file: string): string => `${file}.${randomUUID()}${unfinished}`;

/** Writes a file that appears whole or not at all, and is safe from a power cut. @throws an error of the file system */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const part = besides(file);
  try {
    {
      await using handle = await open(part, 'wx', 0o600);
      await handle.writeFile(content);
      await syncData(handle);
    }
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
}

/** Deletes, of the names in a folder, what windows left unfinished that were killed. Never rejects. */
export async function sweep(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names.filter((each) => each.endsWith(unfinished))) {
    const file = join(folder, name);
    try {
      if (Date.now() - (await stat(file)).mtimeMs > longAgo) await rm(file, { force: true });
    } catch {
      // It is no longer there, or may not be deleted.
    }
  }
}
