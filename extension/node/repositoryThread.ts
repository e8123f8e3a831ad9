import { join } from 'node:path';
import {
  type CancellationToken,
  CancellationTokenSource,
  type MessageConnection,
  type RequestType,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { FolderFailure, type Packer, type RepositoryReader, type TellStage, type Tokenizer } from '../core/ports.ts';
import type { Progress } from '../core/repository/repositoryIndex.ts';
import {
  alikeRequest,
  countRequest,
  folderFailureCode,
  keepRequest,
  likelyRequest,
  lookRequests,
  packRequest,
  partitionRequest,
  partRequest,
  progressNotification,
  type RepositoryWorkerData,
  screenRequest,
  stageNotification,
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
  /** Who is told of the stages of their requests. */
  const told = new Map<number, TellStage>();
  let numbers = 0;
  const worker = createWorkerConnection(join(data.distribution, 'repositoryWorker.js'), data, (connection) => {
    connection.onNotification(progressNotification, ({ done, total }) => progress?.(done, total));
    connection.onNotification(stageNotification, ({ number, ...stage }) => told.get(number)?.(stage));
  });

  /** Runs something whose stages are told, under a number of its own. */
  async function numbered<R>(
    tell: TellStage | undefined,
    run: (number: { number?: number }) => Promise<R>,
  ): Promise<R> {
    if (!tell) return run({});
    const number = ++numbers;
    told.set(number, tell);
    try {
      return await run({ number });
    } finally {
      told.delete(number);
    }
  }

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
      pack: (request, signal, tell) =>
        numbered(tell, (number) =>
          ask((connection, token) => connection.sendRequest(packRequest, { ...request, ...number }, token), signal),
        ),
      partition: (request, signal, tell) =>
        numbered(tell, (number) =>
          ask(
            (connection, token) => connection.sendRequest(partitionRequest, { ...request, ...number }, token),
            signal,
          ),
        ),
      part: asked(partRequest),
      likely: asked(likelyRequest),
      screen: asked(screenRequest),
      alike: asked(alikeRequest),
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
