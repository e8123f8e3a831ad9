import { hash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import {
  type CancellationToken,
  createMessageConnection,
  PortMessageReader,
  PortMessageWriter,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { createPacker } from '../core/context/packer.ts';
import { FolderFailure } from '../core/ports.ts';
import { diskFiles } from './diskFiles.ts';
import { countRequest, folderFailureCode, packRequest, type RepositoryWorkerData } from './repositoryProtocol.ts';
import { createTiktoken } from './tiktoken.ts';

/** The worker's side: scanning, ranking and tokenising happen here, off the extension host's thread. */
function serve(port: NonNullable<typeof parentPort>, { distribution, translations }: RepositoryWorkerData): void {
  l10n.config({ contents: { ...translations } });
  const tokenizer = createTiktoken(distribution);
  const packer = tokenizer.then((ready) =>
    createPacker({ files: diskFiles, tokenizer: ready, hash: (text) => hash('sha1', text, 'base64') }),
  );
  const connection = createMessageConnection(new PortMessageReader(port), new PortMessageWriter(port));
  connection.onRequest(packRequest, async (request, token) => {
    try {
      return await (await packer).pack(request, signalOf(token));
    } catch (error) {
      throw error instanceof FolderFailure ? new ResponseError(folderFailureCode, error.message) : error;
    }
  });
  connection.onRequest(countRequest, async (texts, token) => (await tokenizer).count(texts, signalOf(token)));
  connection.listen();
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

if (parentPort) serve(parentPort, workerData as RepositoryWorkerData);
