import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tiktoken } from 'tiktoken/lite';
import type { Tokenizer } from '../core/ports.ts';
import { inSpells } from '../core/spells.ts';

/** Characters of one line beyond which it is counted in slices: byte-pair merging is quadratic in a run without breaks. */
const longestRun = 8_192;

/**
 * Creates the exact counter from `cl100k_base.json` in `distribution` (tiktoken's wasm lies beside it). It works on the calling
 * thread: 5 MB a second. cl100k_base is exact for source on GLM-4 and later (glm-protocol.md 2.6).
 */
export async function createTiktoken(distribution: string): Promise<Tokenizer> {
  const ranks = await readFile(join(distribution, 'cl100k_base.json'), 'utf8');
  const { bpe_ranks, special_tokens, pat_str } = JSON.parse(ranks);
  const encoder = new Tiktoken(bpe_ranks, special_tokens, pat_str);

  // No special token is allowed and none is forbidden: `<|user|>` in a source file is plain text.
  const encode = (text: string): number => encoder.encode(text, [], []).length;

  function count(text: string): number {
    if (text.length <= longestRun) return encode(text);
    const runs = text.match(/[^\n]{8192,}/g);
    if (!runs) return encode(text);
    let tokens = 0;
    for (let at = 0; at < text.length; at += longestRun) tokens += encode(text.slice(at, at + longestRun));
    return tokens;
  }

  return {
    encoding: 'cl100k_base',
    async count(texts, signal) {
      const spell = inSpells(signal);
      const counts: number[] = [];
      for (const text of texts) {
        await spell();
        counts.push(count(text));
      }
      return counts;
    },
  };
}

/** The same counter, created when it is first asked to count: what is remembered needs none. */
export function createLazyTiktoken(distribution: string): Tokenizer {
  let created: Promise<Tokenizer> | undefined;
  return {
    encoding: 'cl100k_base',
    async count(texts, signal) {
      created ??= createTiktoken(distribution);
      return (await created).count(texts, signal);
    },
  };
}
