import { parentPort, workerData } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import {
  type CancellationToken,
  createMessageConnection,
  PortMessageReader,
  PortMessageWriter,
  type RequestType,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { omissionTable } from '../core/context/omissionTable.ts';
import { FolderFailure, type TellStage } from '../core/ports.ts';
import { createNodePacker } from './nodePacker.ts';
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
import { createLazyTiktoken } from './tiktoken.ts';

/** Milliseconds after the last pack, before the index is saved: writing it takes a tenth of a second. */
const idleBeforeKeeping = 5_000;

/** Omissions passed on one by one, at the most: tens of thousands would hold the host's thread up. All are in the table. */
const mostOmissions = 1_000;

/** The worker's side: scanning, ranking and tokenising happen here, off the extension host's thread. */
function serve(
  port: NonNullable<typeof parentPort>,
  { distribution, translations, indexes }: RepositoryWorkerData,
): void {
  l10n.config({ contents: { ...translations } });
  const connection = createMessageConnection(new PortMessageReader(port), new PortMessageWriter(port));
  const tokenizer = createLazyTiktoken(distribution);
  const progress = (done: number, total: number) =>
    void connection.sendNotification(progressNotification, { done, total });
  const packer = createNodePacker({ distribution, progress, ...(indexes ? { indexes } : {}) }, tokenizer);
  let idle: NodeJS.Timeout | undefined;
  const teller = (number: number | undefined): TellStage | undefined =>
    number === undefined
      ? undefined
      : (stage) => void connection.sendNotification(stageNotification, { ...stage, number });
  /** Reads a folder, and has what was learned of it kept once nothing more is asked. */
  async function reading<R>(read: () => Promise<R>): Promise<R> {
    clearTimeout(idle);
    try {
      return await read();
    } catch (error) {
      throw asResponse(error);
    } finally {
      idle = setTimeout(() => void packer.keep(), idleBeforeKeeping);
    }
  }
  connection.onRequest(packRequest, ({ number, ...request }, token) =>
    reading(async () => {
      const pack = await packer.pack(request, signalOf(token), teller(number));
      const { omitted } = pack;
      return { ...pack, omitted: omitted.slice(0, mostOmissions), omissions: omissionTable(omitted) };
    }),
  );
  connection.onRequest(partitionRequest, ({ number, ...request }, token) =>
    reading(() => packer.partition(request, signalOf(token), teller(number))),
  );
  connection.onRequest(partRequest, (request, token) => reading(() => packer.part(request, signalOf(token))));
  connection.onRequest(likelyRequest, (request, token) => reading(() => packer.likely(request, signalOf(token))));
  connection.onRequest(screenRequest, (request, token) => packer.screen(request, signalOf(token)));
  connection.onRequest(alikeRequest, (request, token) => packer.alike(request, signalOf(token)));
  const { reader } = packer;
  /** Answers one of the reader's questions. */
  function answer<P, R>(type: RequestType<P, R, void>, look: (request: P, signal: AbortSignal) => Promise<R>): void {
    connection.onRequest(type.method, (request: P, token: CancellationToken) =>
      look(request, signalOf(token)).catch((error: unknown) => Promise.reject(asResponse(error))),
    );
  }
  answer(lookRequests.read, reader.read);
  answer(lookRequests.search, reader.search);
  answer(lookRequests.declarations, reader.declarations);
  answer(lookRequests.definitions, reader.definitions);
  connection.onRequest(countRequest, async (texts, token) => tokenizer.count(texts, signalOf(token)));
  connection.onRequest(keepRequest, () => packer.keep());
  connection.listen();
}

const asResponse = (error: unknown): unknown =>
  error instanceof FolderFailure ? new ResponseError(folderFailureCode, error.message) : error;

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

if (parentPort) serve(parentPort, workerData as RepositoryWorkerData);
