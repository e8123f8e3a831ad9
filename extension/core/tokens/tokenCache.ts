import { LRUCache } from 'lru-cache';
import type { Tokenizer } from '../ports.ts';

/** Counts remembered: the sections of several packs of 128K tokens. */
const capacity = 50_000;

/**
 * Puts a memory before a tokenizer: a section of a pack that has not changed is not counted again.
 * Counts are kept by content hash, so that the texts themselves are not.
 */
export function rememberCounts(tokenizer: Tokenizer, hash: (text: string) => string): Tokenizer {
  const counts = new LRUCache<string, number>({ max: capacity });

  return {
    encoding: tokenizer.encoding,
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
