import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { IndexStore } from '../core/ports.ts';

/** Begins every file of the store; another number for another form of file. */
const magic = Buffer.from('GLM Coder index 1\n');
const digestBytes = 32;

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/**
 * Keeps indexes in a folder, a file for each repository. A file appears whole or not at all, and one that is damaged,
 * cut short or of another version counts as missing.
 */
export function createIndexStore(folder: string): IndexStore {
  const fileOf = (root: string): string => join(folder, `${createHash('sha1').update(root).digest('hex')}.index`);

  return {
    async load(root) {
      try {
        const bytes = await readFile(fileOf(root));
        const body = bytes.subarray(magic.length + digestBytes);
        const isWhole =
          bytes.subarray(0, magic.length).equals(magic) &&
          bytes.subarray(magic.length, magic.length + digestBytes).equals(digest(body));
        return isWhole ? deserialize(body) : undefined;
      } catch {
        return undefined;
      }
    },
    async save(root, image) {
      const body = serialize(image);
      const file = fileOf(root);
      const unfinished = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
      await mkdir(folder, { recursive: true });
      try {
        await writeFile(unfinished, [magic, digest(body), body]);
        await rename(unfinished, file);
      } finally {
        await rm(unfinished, { force: true });
      }
    },
  };
}
