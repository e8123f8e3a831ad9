import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
} from 'vscode-jsonrpc/node';
import type { OutlineParser } from '../core/ports.ts';
import { type Language, languageOf } from '../core/repository/languages.ts';
import { decodeOutline } from '../core/repository/outlineCode.ts';
import { type OutlineWorkerData, outlineRequest } from './outlineProtocol.ts';

/** A parser on a thread of its own. */
export interface OutlineThread extends OutlineParser {
  dispose(): Promise<void>;
}

/** Creates the door to the parser's thread, which starts at the first request and once more if it died. */
export function createOutlineThread(data: OutlineWorkerData): OutlineThread {
  let running: { readonly worker: Worker; readonly connection: MessageConnection } | undefined;

  let waiting = 0;

  function start() {
    const worker = new Worker(join(data.distribution, 'outlineWorker.js'), { workerData: data });
    const connection = createMessageConnection(new PortMessageReader(worker), new PortMessageWriter(worker));
    connection.listen();
    // Only what was asked keeps the process going, not the thread.
    worker.unref();
    const mine = { worker, connection };
    worker.once('error', () => connection.dispose());
    worker.once('exit', () => {
      connection.dispose();
      if (running === mine) running = undefined;
    });
    return mine;
  }

  async function outline(language: Language, text: string) {
    running ??= start();
    const { worker, connection } = running;
    if (waiting++ === 0) worker.ref();
    try {
      const code = await connection.sendRequest(outlineRequest, { language, text });
      return code ? decodeOutline(code) : undefined;
    } catch {
      // The thread died over this text: the lines themselves must do.
      return undefined;
    } finally {
      if (--waiting === 0) worker.unref();
    }
  }

  return {
    outline,
    prepare(path) {
      const language = languageOf(path);
      if (language) void outline(language, '');
    },
    async dispose() {
      await running?.worker.terminate();
    },
  };
}
