import { randomUUID } from 'node:crypto';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { chatMarkdown } from '../../core/conversation/history/chatMarkdown.ts';
import { asTitle, type ChatHeader, chatFormat, turnRecord } from '../../core/conversation/history/chatRecords.ts';
import { createChatSearch } from '../../core/conversation/history/chatSearch.ts';
import type { ChatHit, ChatStore, SavedChat } from '../../core/conversation/history/chatStore.ts';
import { StoreFailure } from '../../core/conversation/history/storeFailure.ts';
import { chatFile, isId, lockFile, readAndCompact, readChat } from './chatFiles.ts';
import { createChatIndex } from './chatIndex.ts';
import { takeLock } from './fileLock.ts';
import { eachInTurn } from './inTurn.ts';
import { asLines, createLineFile } from './lineFile.ts';
import { createOpenWriters } from './openWriters.ts';
import { codeOf, stored } from './storeErrors.ts';

/** Chats that a search reads at once, and hits that it looks for unless told otherwise. */
const readAtOnce = 8;
const enoughHits = 100;

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

/**
 * Keeps chats in a folder, a file for each: a header, then records that are only ever added. `failed` is told where a writer
 * could not write what nobody waits for, e.g. on a full disk; once until it can again.
 */
export function createChatStore(folder: string, failed: (failure: StoreFailure) => void = () => {}): ChatStore {
  const index = createChatIndex(folder);
  const writers = createOpenWriters(folder, failed);

  /** What is written by now, and what is about to be, as far as it can be. Never rejects. */
  async function read(id: string): Promise<SavedChat | undefined> {
    await writers.settle(id);
    return readChat(folder, id);
  }

  async function begin(
    about: Pick<SavedChat, 'kind' | 'root' | 'tools' | 'repository'>,
    turns: SavedChat['turns'],
    title?: string,
  ) {
    const id = randomUUID();
    const { kind, root, tools, repository } = about;
    const head = { ...(tools ? { tools } : {}), ...(repository ? { repository } : {}) };
    const header: ChatHeader = {
      glmCoderChat: chatFormat,
      id,
      kind,
      ...(root === undefined ? {} : { root }),
      ...head,
      created: Date.now(),
    };
    const titled = title ? [{ type: 'title', title }] : [];
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = await takeLock(lockFile(folder, id));
    // Nobody else knows of this id.
    if (!lock) throw new StoreFailure('broken', `there is a lock for the new chat ${id}`);
    try {
      const content = asLines([header, ...titled, ...turns.map(turnRecord)]);
      await writeFile(chatFile(folder, id), content, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      await rm(chatFile(folder, id), { force: true }).catch(() => {});
      await lock.release().catch(() => {});
      throw error;
    }
    const chat: SavedChat = { id, kind, root, ...head, created: header.created, title: title ?? '', turns };
    return { chat, writer: writers.add(id, lock) };
  }

  /** Does something with a chat that no other window has open. */
  async function alone(id: string, work: (file: string) => Promise<void>): Promise<void> {
    if (!isId(id)) throw new StoreFailure('gone', `there is no chat ${id}`);
    const file = chatFile(folder, id);
    await writers.settle(id);
    await access(file);
    const lock = await takeLock(lockFile(folder, id));
    if (!lock) throw new StoreFailure('in use', `another window has the chat ${id} open`);
    try {
      await work(file);
    } finally {
      await lock.release();
    }
  }

  async function open(id: string) {
    await writers.leave(id);
    if (!isId(id) || !(await isThere(chatFile(folder, id)))) return undefined;
    const lock = await takeLock(lockFile(folder, id));
    // Read after that: until then another window may have written.
    const chat = await (lock ? readAndCompact : readChat)(folder, id);
    if (chat) return { chat, writer: lock && writers.add(id, lock) };
    await lock?.release();
    return undefined;
  }

  return {
    read,
    create: (about) => stored(() => begin(about, [])),
    open: (id) => stored(() => open(id)),
    copy: (id) =>
      stored(async () => {
        const chat = await read(id);
        return chat && begin(chat, chat.turns, chat.title);
      }),
    list: () => stored(() => index.list()),

    async search(words, most = enoughHits) {
      const find = createChatSearch(words);
      if (!find) return [];
      const ids = (await stored(() => index.list())).map(({ id }) => id);
      const hits: ChatHit[] = [];
      for (let start = 0; start < ids.length && hits.length < most; start += readAtOnce) {
        const chats = await eachInTurn(ids.slice(start, start + readAtOnce), readAtOnce, read);
        hits.push(...chats.flatMap((chat) => (chat && find(chat)) ?? []));
      }
      return hits.slice(0, most);
    },

    rename: (id, title) =>
      stored(async () => {
        const record = { type: 'title', title: asTitle(title) };
        const writer = writers.get(id);
        writer?.title(record.title);
        if (writer) return writer.flush();
        await alone(id, (file) => createLineFile(file, { create: false }).append([record], true));
      }),

    remove: (id) =>
      stored(async () => {
        await writers.leave(id);
        await alone(id, (file) => rm(file)).catch((error) => {
          if (codeOf(error) !== 'ENOENT') throw error;
        });
      }),

    async exportMarkdown(id, labels) {
      const chat = await read(id);
      return chat && chatMarkdown(chat, labels);
    },

    dispose: () => writers.leaveAll(),
  };
}
