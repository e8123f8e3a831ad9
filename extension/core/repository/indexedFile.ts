import type { FileFacts } from './fileFacts.ts';

/** A file of the index. Its slot is its number as long as it is there. */
export interface IndexedFile {
  readonly path: string;
  readonly slot: number;
  /** Digest of its text. */
  readonly hash: string;
  readonly facts: FileFacts;
  /** On disk. */
  readonly bytes: number;
}
