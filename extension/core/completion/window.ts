import type { Settings } from '../settings.ts';

/** Lines by which the start of the in-file prefix moves (DESIGN.md section 2): line by line would empty the cache. */
const blockLines = 64;

/** Characters a token, low enough to be safe for code. */
const charactersPerToken = 2.5;

/** How a model's window is shared out for one inline prompt. */
export interface InlineShares {
  /** Tokens for the repository. */
  readonly pack: number;
  /** Characters of the file before and after the cursor. */
  readonly prefix: number;
  readonly suffix: number;
}

/** Shares out a window of `window` tokens: the file at the cursor first, the repository with what is left. */
export function inlineShares(window: number, settings: Settings['inline']): InlineShares {
  const room = Math.max(0, window - settings.maxTokens - 256);
  const file = Math.min(8_000, Math.floor(room * 0.6));
  return {
    pack: Math.min(settings.contextTokens, room - file),
    prefix: Math.floor(file * 0.75 * charactersPerToken),
    suffix: Math.floor(file * 0.25 * charactersPerToken),
  };
}

/**
 * The end of the text before the cursor, at most `limit` characters. It starts at a line whose number is a multiple
 * of {@link blockLines}, so that it stays the same while lines are typed at its end.
 */
export function prefixWindow(prefix: string, limit: number): string {
  if (prefix.length <= limit) return prefix;
  let line = 0;
  let start = 0;
  while (prefix.length - start > limit) {
    const next = prefix.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
    line++;
  }
  while (line % blockLines !== 0) {
    const next = prefix.indexOf('\n', start);
    // The last block is longer than the limit: cut inside it rather than send nothing.
    if (next < 0) return prefix.slice(-limit);
    start = next + 1;
    line++;
  }
  return prefix.slice(-Math.min(limit, prefix.length - start));
}

/** The beginning of the text after the cursor, whole lines of at most `limit` characters. */
export function suffixWindow(suffix: string, limit: number): string {
  if (suffix.length <= limit) return suffix;
  const cut = suffix.lastIndexOf('\n', limit - 1);
  return suffix.slice(0, cut < 0 ? limit : cut + 1);
}
