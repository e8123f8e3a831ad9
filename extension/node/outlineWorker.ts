import { parentPort, workerData } from 'node:worker_threads';
import { createMessageConnection, PortMessageReader, PortMessageWriter } from 'vscode-jsonrpc/node';
import { encodeOutline } from '../core/repository/outlineCode.ts';
import { faultsRequest, type OutlineWorkerData, outlineRequest, surroundingsRequest } from './outlineProtocol.ts';
import { createTreeSitter } from './treeSitter.ts';

/** The worker's side: files are parsed here while the repository's thread ranks and counts. */
function serve(port: NonNullable<typeof parentPort>, { distribution }: OutlineWorkerData): void {
  const parser = createTreeSitter(distribution);
  const connection = createMessageConnection(new PortMessageReader(port), new PortMessageWriter(port));
  connection.onRequest(outlineRequest, async ({ language, text }) => {
    const outline = await parser.outline(language, text);
    return outline ? encodeOutline(outline) : null;
  });
  connection.onRequest(
    surroundingsRequest,
    async ({ language, text, offset }) => (await parser.surroundings(language, text, offset)) ?? null,
  );
  connection.onRequest(faultsRequest, async ({ language, text }) => (await parser.faults(language, text)) ?? null);
  connection.listen();
}

if (parentPort) serve(parentPort, workerData as OutlineWorkerData);
