import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isObject } from '../../core/conversation/history/isObject.ts';
import { isBlobName } from './blobs.ts';
import { isId } from './chatFiles.ts';
import { createLineFile, readLines } from './lineFile.ts';

/** What one file was and became, as names of blobs; null where there was no such file. */
export interface Change {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** As in {@link FileChange}. */
  readonly encoding?: string;
}

/** Files that were changed together. */
export interface Edit {
  readonly turn: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly files: readonly Change[];
}

/** The edits of each chat, in the order in which they were made. */
export interface Manifests {
  /** Never rejects; edits in damaged lines are missing. */
  read(chat: string): Promise<Edit[]>;
  /** @throws an error of the file system */
  add(chat: string, ...edits: readonly Edit[]): Promise<void>;
  chats(): Promise<string[]>;
  /** @throws an error of the file system */
  remove(chat: string): Promise<void>;
}

const ending = '.jsonl';

/** Whether a path stays inside of its folder, on every system. */
export const isInside = (path: string): boolean =>
  path !== '' && !/^[/\\]|^[a-z]:/i.test(path) && !path.split(/[/\\]/).includes('..');

const isBlob = (value: unknown): boolean => value === null || (typeof value === 'string' && isBlobName(value));
const isChange = (value: unknown): value is Change =>
  isObject(value) &&
  typeof value.path === 'string' &&
  isInside(value.path) &&
  isBlob(value.before) &&
  isBlob(value.after) &&
  (value.encoding === undefined || typeof value.encoding === 'string');

function readEdit(value: unknown): Edit | undefined {
  if (!isObject(value) || value.type !== 'edit') return undefined;
  const { turn, at, files } = value;
  if (typeof turn !== 'string' || typeof at !== 'number' || !Array.isArray(files)) return undefined;
  return { turn, at, files: files.filter(isChange) };
}

/** Keeps a file of lines for each chat in a folder. */
export function createManifests(folder: string): Manifests {
  const fileOf = (chat: string): string => join(folder, chat + ending);
  return {
    async read(chat) {
      const lines = isId(chat) ? await readLines(fileOf(chat)) : undefined;
      return (lines?.values ?? []).map(readEdit).filter((edit) => edit !== undefined);
    },
    async add(chat, ...edits) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const lines = edits.map((edit) => ({ type: 'edit', ...edit }));
      await createLineFile(fileOf(chat), { create: true }).append(lines, true);
    },
    async chats() {
      const names = await readdir(folder).catch(() => []);
      return names
        .filter((name) => name.endsWith(ending))
        .map((name) => basename(name, ending))
        .filter(isId);
    },
    async remove(chat) {
      if (isId(chat)) await rm(fileOf(chat), { force: true });
    },
  };
}
