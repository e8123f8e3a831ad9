import { join } from 'node:path';
import type { ChatStore } from '../../core/conversation/history/chatStore.ts';
import type { Checkpoints } from '../../core/conversation/history/checkpoints.ts';
import type { StoreFailure } from '../../core/conversation/history/storeFailure.ts';
import { createChatStore } from './chatStore.ts';
import { createCheckpoints } from './checkpoints.ts';

/** What is kept of a workspace's chats. */
export interface History {
  readonly store: ChatStore;
  readonly checkpoints: Checkpoints;
}

/** Where and how much is kept. */
export interface HistoryOptions {
  readonly folder: string;
  /** Bytes of what files were before accepted edits, at the most. */
  readonly checkpointBytes: number;
  /** Told where something could not be written that nobody waits for. */
  readonly failed: (failure: StoreFailure) => void;
}

/** Opens the history in a folder; nothing is read or made before it is asked for. */
export function createHistory({ folder, checkpointBytes, failed }: HistoryOptions): History {
  return {
    store: createChatStore(join(folder, 'chats'), failed),
    checkpoints: createCheckpoints(join(folder, 'checkpoints'), { maxBytes: checkpointBytes }),
  };
}
