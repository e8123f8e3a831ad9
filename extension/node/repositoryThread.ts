import { join } from 'node:path';
import {
  type CancellationToken,
  CancellationTokenSource,
  type MessageConnection,
  type RequestType,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { FolderFailure, type Packer, type RepositoryReader, type Tokenizer } from '../core/ports.ts';
import type { Progress } from '../core/repository/repositoryIndex.ts';
import {
  countRequest,
  folderFailureCode,
  keepRequest,
  lookRequests,
  packRequest,
  progressNotification,
  type RepositoryWorkerData,
  screenRequest,
} from './repositoryProtocol.ts';
import { createWorkerConnection } from './workerConnection.ts';

/** The packer, the reader and the tokenizer in a worker of their own. */
export interface RepositoryThread {
  readonly packer: Packer;
  readonly reader: RepositoryReader;
  readonly tokenizer: Tokenizer;
  dispose(): Promise<void>;
}

/**
 * Creates the door to the repository's worker. The worker starts at the first request, and once more if it died;
 * what was under way then fails. `progress` hears of every scan.
 */
export function createRepositoryThread(data: RepositoryWorkerData, progress?: Progress): RepositoryThread {
  const worker = createWorkerConnection(join(data.distribution, 'repositoryWorker.js'), data, (connection) =>
    connection.onNotification(progressNotification, ({ done, total }) => progress?.(done, total)),
  );

  async function ask<R>(
    send: (connection: MessageConnection, token: CancellationToken) => Promise<R>,
    signal?: AbortSignal,
  ): Promise<R> {
    signal?.throwIfAborted();
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await worker.ask((connection) => send(connection, source.token));
    } catch (error) {
      signal?.throwIfAborted();
      const isFolderFailure = error instanceof ResponseError && error.code === folderFailureCode;
      throw isFolderFailure ? new FolderFailure(error.message) : error;
    } finally {
      signal?.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  const asked =
    <P, R>(type: RequestType<P, R, void>) =>
    (request: P, signal: AbortSignal): Promise<R> =>
      ask((connection, token) => connection.sendRequest<R>(type.method, request, token), signal);

  return {
    reader: {
      read: asked(lookRequests.read),
      search: asked(lookRequests.search),
      declarations: asked(lookRequests.declarations),
      definitions: asked(lookRequests.definitions),
    },
    packer: {
      pack: asked(packRequest),
      screen: asked(screenRequest),
      async keep() {
        if (worker.isRunning) await ask((connection) => connection.sendRequest(keepRequest)).catch(() => {});
      },
    },
    tokenizer: {
      encoding: 'cl100k_base',
      count: (texts, signal) => ask((connection, token) => connection.sendRequest(countRequest, texts, token), signal),
    },
    dispose: () => worker.dispose(),
  };
}
