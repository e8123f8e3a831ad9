import { Worker } from 'node:worker_threads';
import {
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
} from 'vscode-jsonrpc/node';

/** A worker that starts when it is first needed, and once more if it died; what was under way then fails. */
export interface WorkerConnection {
  readonly isRunning: boolean;
  /** Asks the worker. Only what was asked keeps the process going, not the worker. */
  ask<T>(question: (connection: MessageConnection) => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

/** Creates the connection to a worker's bundle; `prepare` is told of each new connection before it is used. */
export function createWorkerConnection(
  bundle: string,
  workerData: object,
  prepare?: (connection: MessageConnection) => void,
): WorkerConnection {
  let running: { readonly worker: Worker; readonly connection: MessageConnection; waiting: number } | undefined;

  function start() {
    const worker = new Worker(bundle, { workerData });
    const connection = createMessageConnection(new PortMessageReader(worker), new PortMessageWriter(worker));
    prepare?.(connection);
    connection.listen();
    worker.unref();
    const mine = { worker, connection, waiting: 0 };
    worker.once('error', () => connection.dispose());
    worker.once('exit', () => {
      connection.dispose();
      if (running === mine) running = undefined;
    });
    return mine;
  }

  return {
    get isRunning() {
      return running !== undefined;
    },
    async ask(question) {
      running ??= start();
      const mine = running;
      if (mine.waiting++ === 0) mine.worker.ref();
      try {
        return await question(mine.connection);
      } finally {
        if (--mine.waiting === 0) mine.worker.unref();
      }
    },
    async dispose() {
      await running?.worker.terminate();
    },
  };
}
