import type { Pack } from '../pack.ts';
import type { Tokenizer } from '../ports.ts';
import { inSpells } from '../spells.ts';
import { packedSpans } from './packedSources.ts';

/** What of a file's part a server can take from its cache: all of it, or nothing, though it has read it before or not. */
export type Reuse = 'cached' | 'moved' | 'new';

/** What of a pack a server is likely to have in its cache. */
export interface Reusable {
  /** Tokens of the longest beginning that both have. */
  readonly tokens: number;
  /** For each file of the pack. */
  readonly files: readonly Reuse[];
}

/** UTF-16 units compared at once. */
const stride = 4_096;

/** The length of the longest beginning that two texts have in common, in UTF-16 units. */
export function commonPrefix(one: string, other: string): number {
  const limit = Math.min(one.length, other.length);
  let at = 0;
  while (at + stride <= limit && one.slice(at, at + stride) === other.slice(at, at + stride)) at += stride;
  while (at < limit && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}

/**
 * Compares a pack with the one that a server has read last: caches hold prompts by their beginning, so a part that has
 * not changed is read anew behind one that has.
 */
export async function reusable(
  pack: Pack,
  sent: Pack | undefined,
  tokenizer: Pick<Tokenizer, 'count'>,
  signal: AbortSignal,
): Promise<Reusable> {
  const spell = inSpells(signal);
  const shared = commonPrefix(pack.text, sent?.text ?? '');
  const known = new Map<string, Set<string>>();
  if (sent && shared < pack.text.length) {
    for (const { file, start, end } of packedSpans(sent)) {
      await spell();
      known.set(file.path, (known.get(file.path) ?? new Set()).add(sent.text.slice(start, end)));
    }
  }
  const files: Reuse[] = [];
  let tokens = 0;
  let cut = '';
  for (const { file, start, end } of packedSpans(pack)) {
    await spell();
    if (end <= shared) {
      files.push('cached');
      tokens += file.tokens;
      continue;
    }
    if (start < shared) cut = pack.text.slice(start, shared);
    files.push(known.get(file.path)?.has(pack.text.slice(start, end)) ? 'moved' : 'new');
  }
  const [ofCut = 0] = cut === '' ? [] : await tokenizer.count([cut], signal);
  return { tokens: tokens + ofCut, files };
}
