import { join } from 'node:path';
import type { OutlineParser, SyntaxParser } from '../core/ports.ts';
import { type Language, languageOf } from '../core/repository/languages.ts';
import { decodeOutline } from '../core/repository/outlineCode.ts';
import { faultsRequest, type OutlineWorkerData, outlineRequest, surroundingsRequest } from './outlineProtocol.ts';
import { createWorkerConnection } from './workerConnection.ts';

/** A parser on a thread of its own. */
export interface OutlineThread extends OutlineParser, SyntaxParser {
  dispose(): Promise<void>;
}

/** Creates the door to the parser's thread. */
export function createOutlineThread(data: OutlineWorkerData): OutlineThread {
  const worker = createWorkerConnection(join(data.distribution, 'outlineWorker.js'), data);

  async function outline(language: Language, text: string) {
    try {
      const code = await worker.ask((connection) => connection.sendRequest(outlineRequest, { language, text }));
      return code ? decodeOutline(code) : undefined;
    } catch {
      // The thread died over this text: the lines themselves must do.
      return undefined;
    }
  }

  return {
    outline,
    prepare(path) {
      const language = languageOf(path);
      if (language) void outline(language, '');
    },
    async surroundings(path, text, offset) {
      const language = languageOf(path);
      if (!language) return undefined;
      const question = { language, text, offset };
      const asked = worker.ask((connection) => connection.sendRequest(surroundingsRequest, question));
      return (await asked.catch(() => undefined)) ?? undefined;
    },
    async faults(path, text) {
      const language = languageOf(path);
      if (!language) return undefined;
      const asked = worker.ask((connection) => connection.sendRequest(faultsRequest, { language, text }));
      return (await asked.catch(() => undefined)) ?? undefined;
    },
    dispose: () => worker.dispose(),
  };
}
