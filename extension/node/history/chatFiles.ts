import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ChatHeader,
  type ChatRecord,
  chatFormat,
  foldRecords,
  readHeader,
  readRecord,
  recordsOf,
  savedChat,
} from '../../core/conversation/history/chatRecords.ts';
import type { SavedChat } from '../../core/conversation/history/chatStore.ts';
import { asLines, readLines } from './lineFile.ts';
import { writeWhole } from './wholeFile.ts';

/** What a chat's file is called after its id, and its lock. */
export const chatEnding = '.jsonl';
const lockEnding = '.lock';

/** Whether a text may be the name of a file of ours: none that leads elsewhere. */
export const isId = (id: string): boolean => /^[\w-]{1,100}$/.test(id);

/** Where a chat is kept. */
export const chatFile = (folder: string, id: string): string => join(folder, id + chatEnding);

/** Where it says who writes a chat. */
export const lockFile = (folder: string, id: string): string => join(folder, id + lockEnding);

/** A file that is this many times as large as it need be, and larger by so many bytes, is written anew. */
const waste = { times: 3, bytes: 64 << 10 };

interface ReadChat {
  readonly header: ChatHeader;
  readonly records: readonly ChatRecord[];
  readonly bytes: number;
}

/** A header for a file that has lost its own: it was a chat, in all likelihood. */
async function guessHeader(file: string, id: string): Promise<ChatHeader> {
  const { birthtimeMs, mtimeMs } = await stat(file);
  return { glmCoderChat: chatFormat, id, kind: 'chat', created: Math.round(birthtimeMs || mtimeMs) };
}

async function readFile(folder: string, id: string): Promise<ReadChat | undefined> {
  const file = chatFile(folder, id);
  const lines = isId(id) ? await readLines(file) : undefined;
  if (!lines) return undefined;
  const header = readHeader(lines.values[0]);
  if (header && header.glmCoderChat > chatFormat) return undefined;
  const records = lines.values.map(readRecord).filter((record) => record !== undefined);
  if (!header && records.length === 0) return undefined;
  // The name of the file decides: a copy that someone made of it by hand is another chat.
  const own = header ? { ...header, id } : await guessHeader(file, id).catch(() => undefined);
  return own && { header: own, records, bytes: lines.bytes };
}

/** Reads a chat; undefined where there is none, or one of a later form. Never rejects. */
export async function readChat(folder: string, id: string): Promise<SavedChat | undefined> {
  const read = await readFile(folder, id);
  return read && savedChat(read.header, foldRecords(read.records));
}

/**
 * Reads a chat, and writes its file anew where it is much larger than what it comes to. Only for who holds its lock: whoever
 * else wrote to the old file would write to nothing. Never rejects.
 */
export async function readAndCompact(folder: string, id: string): Promise<SavedChat | undefined> {
  const read = await readFile(folder, id);
  if (!read) return undefined;
  const folded = foldRecords(read.records);
  if (read.bytes > waste.bytes) {
    const content = asLines([read.header, ...recordsOf(folded)]);
    const needed = Buffer.byteLength(content);
    if (read.bytes > waste.times * needed && read.bytes > needed + waste.bytes) {
      const file = chatFile(folder, id);
      // The old file serves as well. A new one keeps its time: nothing was said.
      await stat(file)
        .then(async ({ atime, mtime }) => {
          await writeWhole(file, content);
          await utimes(file, atime, mtime);
        })
        .catch(() => {});
    }
  }
  return savedChat(read.header, folded);
}
