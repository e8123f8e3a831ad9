import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sweep, writeWhole } from './wholeFile.ts';

/** What a blob is called: the SHA-256 of its bytes, and how many they are. */
export const blobName = (bytes: Uint8Array): string =>
  `${createHash('sha256').update(bytes).digest('hex')}-${bytes.length}`;

const pattern = /^[0-9a-f]{64}-(\d{1,15})$/;

/** Whether a text may be the name of a blob. */
export const isBlobName = (name: string): boolean => pattern.test(name);

/** How many bytes a blob of this name has. */
export const blobBytes = (name: string): number => Number(pattern.exec(name)?.[1] ?? 0);

/** Bytes under their own names, each once. */
export interface Blobs {
  has(name: string): Promise<boolean>;
  /** Keeps bytes under their name. @throws an error of the file system */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined where they are not kept, or are not what they were. Never rejects. */
  get(name: string): Promise<Uint8Array | undefined>;
  names(): Promise<string[]>;
  drop(name: string): Promise<void>;
  /** Milliseconds since a blob was written. */
  age(name: string): Promise<number>;
}

/** Keeps blobs in a folder. */
export function createBlobs(folder: string): Blobs {
  const fileOf = (name: string): string => join(folder, name);

  async function age(name: string): Promise<number> {
    try {
      return Date.now() - (await stat(fileOf(name))).mtimeMs;
    } catch {
      return 0;
    }
  }

  async function has(name: string): Promise<boolean> {
    try {
      return (await stat(fileOf(name))).size === blobBytes(name);
    } catch {
      return false;
    }
  }

  async function drop(name: string): Promise<void> {
    await rm(fileOf(name), { force: true });
  }

  return {
    has,
    age,
    drop,
    async put(name, bytes) {
      if (await has(name)) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(fileOf(name), bytes);
    },
    async get(name) {
      try {
        const bytes = await readFile(fileOf(name));
        return blobName(bytes) === name ? bytes : undefined;
      } catch {
        return undefined;
      }
    },
    async names() {
      const names = await readdir(folder).catch(() => []);
      await sweep(folder, names);
      return names.filter(isBlobName);
    },
  };
}
