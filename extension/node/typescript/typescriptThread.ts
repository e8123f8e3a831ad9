import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CheckedFile, LanguageCheck } from '../../core/conversation/edits/languageCheck.ts';

/** Megabytes that a check may take: a project that needs more is not checked. */
const mostMemory = 1_500;

/** Checks files with TypeScript on a thread that goes away with the answer, or with the signal. @throws what the thread died of. */
export async function checkOnThread(
  distribution: string,
  request: LanguageCheck,
  signal: AbortSignal,
): Promise<readonly CheckedFile[]> {
  signal.throwIfAborted();
  const worker = new Worker(join(distribution, 'typescriptWorker.js'), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: mostMemory },
  });
  worker.unref();
  try {
    const [found] = await once(worker, 'message', { signal });
    return found as readonly CheckedFile[];
  } finally {
    await worker.terminate();
  }
}
