import { hash } from 'node:crypto';
import { createPacker, type ReadingPacker } from '../core/context/packer.ts';
import type { Tokenizer } from '../core/ports.ts';
import type { Progress } from '../core/repository/repositoryIndex.ts';
import { createSecretGate } from '../core/repository/secrets/secretGate.ts';
import { createBulkFiles } from './bulkFiles.ts';
import { createIndexStore } from './indexStore.ts';
import { createOutlineThread } from './outlineThread.ts';

/** Where a packer finds and leaves things. */
export interface NodePackerOptions {
  /** Folder of the bundles, which holds the grammars. */
  readonly distribution: string;
  /** Folder for indexes; without one nothing is kept. */
  readonly indexes?: string;
  readonly progress?: Progress;
}

/** The packer on this machine's files; it works on the calling thread. */
export function createNodePacker(
  { distribution, indexes, progress }: NodePackerOptions,
  tokenizer: Tokenizer,
): ReadingPacker {
  return createPacker({
    files: createBulkFiles(),
    tokenizer,
    parser: createOutlineThread({ distribution }),
    secrets: createSecretGate(),
    hash: (text) => hash('sha1', text, 'base64'),
    ...(indexes ? { store: createIndexStore(indexes) } : {}),
    ...(progress ? { progress } : {}),
  });
}
