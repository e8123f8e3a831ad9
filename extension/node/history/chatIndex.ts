import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ChatSummary } from '../../core/conversation/history/chatStore.ts';
import { chatEnding, chatFile, isId, readChat } from './chatFiles.ts';
import { eachInTurn } from './inTurn.ts';
import { codeOf } from './storeErrors.ts';
import { sweep, writeWhole } from './wholeFile.ts';

/** A list of the chats in a folder. */
export interface ChatIndex {
  /** The chats, the one that was written to last first. @throws an error of the file system for the folder itself */
  list(): Promise<ChatSummary[]>;
}

/** What a file held when it had this size and time. */
interface Entry {
  readonly bytes: number;
  readonly modified: number;
  /** Undefined for a file that is no chat we can read. */
  readonly summary?: ChatSummary;
}

/** The form of the index; one of another form counts as missing. */
const indexFormat = 1;

/** Files that are looked at together, and those that are read together, which may be large. */
const lookedAt = 64;
const readAtOnce = 8;

function isEntry(value: unknown): value is Entry {
  const { bytes, modified, summary } = (value ?? {}) as Partial<Entry>;
  if (typeof bytes !== 'number' || typeof modified !== 'number') return false;
  return summary === undefined || (typeof summary?.title === 'string' && typeof summary.changed === 'number');
}

async function loadEntries(file: string): Promise<Map<string, Entry>> {
  try {
    const { format, entries } = JSON.parse(await readFile(file, 'utf8')) as { format: unknown; entries: object };
    return new Map(format === indexFormat ? Object.entries(entries).filter(([, entry]) => isEntry(entry)) : []);
  } catch {
    return new Map();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    await sweep(folder, names);
    return names
      .filter((name) => name.endsWith(chatEnding))
      .map((name) => basename(name, chatEnding))
      .filter(isId);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

const newestFirst = (a: ChatSummary, b: ChatSummary): number =>
  b.changed - a.changed || b.created - a.created || (a.id < b.id ? -1 : 1);

/**
 * Lists a folder's chats. Reading all of a thousand chats takes a second, so what each came to is kept in a small file beside
 * them. An entry holds only as long as its chat's size and time are the same: the file may be stale, damaged or deleted, and
 * two windows may write it in turns.
 */
export function createChatIndex(folder: string): ChatIndex {
  const file = join(folder, 'index.json');
  let known: Map<string, Entry> | undefined;

  async function entryOf(id: string): Promise<Entry> {
    const { size, mtimeMs } = await stat(chatFile(folder, id));
    const entry = known?.get(id);
    if (entry?.bytes === size && entry.modified === mtimeMs) return entry;
    return { bytes: size, modified: mtimeMs };
  }

  async function summarised(id: string, entry: Entry): Promise<Entry> {
    const chat = await readChat(folder, id);
    if (!chat) return entry;
    const { kind, created, title, turns } = chat;
    return {
      ...entry,
      summary: { id, kind, created, title, changed: Math.round(entry.modified), turns: turns.length },
    };
  }

  return {
    async list() {
      known ??= await loadEntries(file);
      const before = known;
      const looks = await eachInTurn(await namesIn(folder), lookedAt, async (id) => {
        const entry = await entryOf(id).catch(() => undefined);
        return entry ? [{ id, entry }] : [];
      });
      const present = looks.flat();
      const changed = present.filter(({ id, entry }) => before.get(id) !== entry);
      const now = new Map(present.map(({ id, entry }) => [id, entry]));
      await eachInTurn(changed, readAtOnce, async ({ id, entry }) => now.set(id, await summarised(id, entry)));
      known = now;
      if (changed.length > 0 || before.size !== now.size) {
        const image = { format: indexFormat, entries: Object.fromEntries(now) };
        // Without it the next session only takes longer.
        await writeWhole(file, JSON.stringify(image)).catch(() => {});
      }
      return [...now.values()].flatMap(({ summary }) => summary ?? []).sort(newestFirst);
    },
  };
}
