import { access } from 'node:fs/promises';
import { type ChatRecord, isSettled, turnRecord } from '../../core/conversation/history/chatRecords.ts';
import type { ChatWriter } from '../../core/conversation/history/chatStore.ts';
import { StoreFailure } from '../../core/conversation/history/storeFailure.ts';
import type { FileLock } from './fileLock.ts';
import { createLineFile } from './lineFile.ts';
import { createPendingRecords } from './pendingRecords.ts';
import { asStoreFailure } from './storeErrors.ts';

/** What a writer works with. */
export interface ChatWriterPorts {
  readonly file: string;
  /** The writer's own until it is closed. */
  readonly lock: FileLock;
  /** Told of a failure that no caller waits for; not again before a write went well. */
  readonly failed: (failure: StoreFailure) => void;
}

/** Milliseconds between two writes of streamed text, which is all that a crash may cost. */
const pause = 1_000;

/** Creates the writer of a chat's file, which is there. */
export function createChatWriter({ file, lock, failed }: ChatWriterPorts): ChatWriter {
  const lines = createLineFile(file, { create: false });
  const pending = createPendingRecords();
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<unknown> = Promise.resolve();
  let isFailing = false;
  /** Why nothing can be written any more. */
  let lost: StoreFailure | undefined;
  let closing: Promise<void> | undefined;

  async function write(durable: boolean): Promise<void> {
    if (lost) throw lost;
    if (pending.isEmpty) return;
    const records = pending.take();
    try {
      if (!(await lock.isHeld())) {
        await access(file);
        throw new StoreFailure('in use', `another window has taken over ${file}`);
      }
      await lines.append(records, durable);
      isFailing = false;
    } catch (error) {
      const failure = asStoreFailure(error);
      if (failure.kind === 'in use' || failure.kind === 'gone') lost = failure;
      else pending.giveBack(records);
      throw failure;
    }
  }

  /** Writes what waits, after what is being written. */
  function writeNext(durable: boolean): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const mine = work.then(() => write(durable));
    work = mine.catch(() => {});
    return mine;
  }

  function writeUnseen(durable: boolean): void {
    writeNext(durable).catch((failure: StoreFailure) => {
      if (!isFailing) failed(failure);
      isFailing = true;
    });
  }

  function add(record: ChatRecord): void {
    if (closing || lost) return;
    pending.add(record);
    if (record.type === 'turn' && isSettled(record.turn)) writeUnseen(true);
    else timer ??= setTimeout(() => writeUnseen(false), pause);
  }

  return {
    put: (said) => add(turnRecord(said)),
    append: (id, to, text) => add({ type: 'append', id, to, text }),
    cut: (id) => add({ type: 'branch', from: id }),
    title: (title) => add({ type: 'title', title }),
    flush: () => writeNext(true),
    close() {
      closing ??= writeNext(true).finally(() => lock.release().catch(() => {}));
      return closing;
    },
  };
}
