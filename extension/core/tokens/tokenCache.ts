import { LRUCache } from 'lru-cache';
import type { Tokenizer } from '../ports.ts';

/** Counts remembered: the sections of several packs of 128K tokens. */
const capacity = 50_000;

/** A tokenizer with a memory that can be kept. */
export interface RememberingTokenizer extends Tokenizer {
  /** Counts by content hash. */
  counts(): ReadonlyMap<string, number>;
  /** Takes in counts that were kept. */
  recall(counts: ReadonlyMap<string, number>): void;
}

/**
 * Puts a memory before a tokenizer: a section of a pack that has not changed is not counted again.
 * Counts are kept by content hash, so that the texts themselves are not.
 */
export function rememberCounts(tokenizer: Tokenizer, hash: (text: string) => string): RememberingTokenizer {
  const counts = new LRUCache<string, number>({ max: capacity });

  return {
    encoding: tokenizer.encoding,
    counts: () => new Map(counts.entries()),
    recall(kept) {
      for (const [key, count] of kept) counts.set(key, count);
    },
    async count(texts, signal) {
      const keys = texts.map(hash);
      const known = keys.map((key) => counts.get(key));
      const missing = texts.flatMap((text, i) => (known[i] === undefined ? [{ text, i }] : []));
      if (missing.length === 0) return known as number[];
      const fresh = await tokenizer.count(
        missing.map(({ text }) => text),
        signal,
      );
      missing.forEach(({ i }, at) => {
        known[i] = fresh[at] ?? 0;
        counts.set(keys[i] ?? '', known[i]);
      });
      return known as number[];
    },
  };
}
