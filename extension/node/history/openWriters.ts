import type { ChatWriter } from '../../core/conversation/history/chatStore.ts';
import type { StoreFailure } from '../../core/conversation/history/storeFailure.ts';
import { chatFile } from './chatFiles.ts';
import { createChatWriter } from './chatWriter.ts';
import type { FileLock } from './fileLock.ts';

/** The chats that this window writes. */
export interface OpenWriters {
  /** Makes the writer of a chat whose lock this window has; there is no other one by then. */
  add(id: string, lock: FileLock): ChatWriter;
  /** The writer of a chat, unless it is being closed. */
  get(id: string): ChatWriter | undefined;
  /** Has what a chat's writer was told on disk, as far as it can be. Never rejects. */
  settle(id: string): Promise<void>;
  /** Closes a chat's writer, if there is one, and waits for its lock to be free. Never rejects. */
  leave(id: string): Promise<void>;
  leaveAll(): Promise<void>;
}

/** Begins with none. */
export function createOpenWriters(folder: string, failed: (failure: StoreFailure) => void): OpenWriters {
  const writers = new Map<string, ChatWriter>();
  const closing = new Map<string, Promise<unknown>>();

  async function leave(id: string): Promise<void> {
    await writers
      .get(id)
      ?.close()
      .catch(() => {});
    await closing.get(id);
  }

  return {
    get: (id) => writers.get(id),
    leave,
    add(id, lock) {
      const writer = createChatWriter({ file: chatFile(folder, id), lock, failed });
      const own: ChatWriter = {
        ...writer,
        close() {
          const closed = writer.close();
          if (writers.get(id) === own) {
            writers.delete(id);
            const settled = closed.catch(() => {}).then(() => closing.delete(id));
            closing.set(id, settled);
          }
          return closed;
        },
      };
      writers.set(id, own);
      return own;
    },
    async settle(id) {
      await writers
        .get(id)
        ?.flush()
        .catch(() => {});
      await closing.get(id);
    },
    async leaveAll() {
      await Promise.all([...writers.keys(), ...closing.keys()].map(leave));
    },
  };
}
