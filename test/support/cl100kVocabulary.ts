import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** A byte-level BPE vocabulary as llama.cpp wants it: tokens in order of rank, and the merges that make them. */
export interface Vocabulary {
  readonly tokens: readonly string[];
  readonly merges: readonly string[];
}

/** GPT-2's printable stand-ins for the 256 bytes. */
function byteCharacters(): string[] {
  const printable = (code: number) => (code >= 33 && code <= 126) || (code >= 161 && code <= 172) || code >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
}

/** The ranks of tiktoken's cl100k_base, keyed by the token's bytes as a Latin-1 string. */
async function readRanks(): Promise<Map<string, number>> {
  const file = createRequire(import.meta.url).resolve('tiktoken/encoders/cl100k_base.json');
  const { bpe_ranks } = JSON.parse(await readFile(file, 'utf8')) as { bpe_ranks: string };
  const ranks = new Map<string, number>();
  for (const line of bpe_ranks.split('\n')) {
    // Compact form: "! offset token token …", ranks counted up from the offset.
    const [, offset, ...tokens] = line.split(' ');
    for (const [i, token] of tokens.entries()) {
      ranks.set(Buffer.from(token, 'base64').toString('latin1'), Number(offset) + i);
    }
  }
  return ranks;
}

/** The two parts whose merge makes a token, or undefined where it is not made by one. */
function lastMerge(token: string, ranks: ReadonlyMap<string, number>, below: number): [string, string] | undefined {
  const parts = [...token];
  while (parts.length > 2) {
    let best = -1;
    let bestRank = below;
    for (let i = 0; i + 1 < parts.length; i++) {
      const rank = ranks.get(`${parts[i]}${parts[i + 1]}`);
      if (rank !== undefined && rank < bestRank) [best, bestRank] = [i, rank];
    }
    if (best < 0) return undefined;
    parts.splice(best, 2, `${parts[best]}${parts[best + 1]}`);
  }
  const [left, right] = parts;
  return left !== undefined && right !== undefined ? [left, right] : undefined;
}

/** Reads cl100k_base, whose tokens are the first 100,256 of GLM-4's vocabulary (glm-protocol.md 2.1). */
export async function readVocabulary(): Promise<Vocabulary> {
  const ranks = await readRanks();
  const characters = byteCharacters();
  const written = (bytes: string) => Array.from(bytes, (byte) => characters[byte.charCodeAt(0)]).join('');
  const ordered = [...ranks].sort((a, b) => a[1] - b[1]);
  const merges = ordered.flatMap(([token, rank]) => {
    const parts = token.length > 1 ? lastMerge(token, ranks, rank) : undefined;
    return parts ? [`${written(parts[0])} ${written(parts[1])}`] : [];
  });
  return { tokens: ordered.map(([token]) => written(token)), merges };
}
