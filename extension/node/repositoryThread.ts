import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  type CancellationToken,
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { FolderFailure, type Packer, type Tokenizer } from '../core/ports.ts';
import type { Progress } from '../core/repository/repositoryIndex.ts';
import {
  countRequest,
  folderFailureCode,
  keepRequest,
  packRequest,
  progressNotification,
  type RepositoryWorkerData,
} from './repositoryProtocol.ts';

/** The packer and the tokenizer in a worker of their own. */
export interface RepositoryThread {
  readonly packer: Packer;
  readonly tokenizer: Tokenizer;
  dispose(): Promise<void>;
}

/**
 * Creates the door to the repository's worker. The worker starts at the first request, and once more if it died;
 * what was under way then fails. `progress` hears of every scan.
 */
export function createRepositoryThread(data: RepositoryWorkerData, progress?: Progress): RepositoryThread {
  let running: { readonly worker: Worker; readonly connection: MessageConnection } | undefined;

  function start() {
    const worker = new Worker(join(data.distribution, 'repositoryWorker.js'), { workerData: data });
    const connection = createMessageConnection(new PortMessageReader(worker), new PortMessageWriter(worker));
    connection.onNotification(progressNotification, ({ done, total }) => progress?.(done, total));
    connection.listen();
    worker.unref();
    const mine = { worker, connection };
    worker.once('error', () => connection.dispose());
    worker.once('exit', () => {
      connection.dispose();
      if (running === mine) running = undefined;
    });
    return mine;
  }

  async function ask<R>(
    send: (connection: MessageConnection, token: CancellationToken) => Promise<R>,
    signal?: AbortSignal,
  ): Promise<R> {
    signal?.throwIfAborted();
    running ??= start();
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await send(running.connection, source.token);
    } catch (error) {
      signal?.throwIfAborted();
      const isFolderFailure = error instanceof ResponseError && error.code === folderFailureCode;
      throw isFolderFailure ? new FolderFailure(error.message) : error;
    } finally {
      signal?.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  return {
    packer: {
      pack: (request, signal) => ask((worker, token) => worker.sendRequest(packRequest, request, token), signal),
      async keep() {
        await running?.connection.sendRequest(keepRequest).catch(() => {});
      },
    },
    tokenizer: {
      encoding: 'cl100k_base',
      count: (texts, signal) => ask((worker, token) => worker.sendRequest(countRequest, texts, token), signal),
    },
    async dispose() {
      await running?.worker.terminate();
    },
  };
}
