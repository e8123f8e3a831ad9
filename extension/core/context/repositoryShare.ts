import type { LeftOut, Omission, RepositoryShare } from '../pack.ts';
import type { IndexedFile } from '../repository/indexedFile.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import type { Piece } from './writer.ts';

/** Tokens a term's occurrence stands for, at a guess; the exact count comes later. */
const tokensPerTerm = 2.2;
const headingTokens = 14;

/** What a file costs whole, in tokens, at a guess. */
export const costOf = (file: IndexedFile): number => file.facts.terms.length * tokensPerTerm + headingTokens;

/** Paths that are named for one reason, at the most; nobody reads more, and all of it crosses to another thread. */
const mostPaths = 5_000;

/** Puts omissions together by their reason, the one with the most files first. */
export function byReason(omitted: readonly Omission[], mayBeRead: (path: string) => boolean): LeftOut[] {
  const groups = new Map<string, { reason: string; mayBeRead: boolean; paths: string[] }>();
  for (const { path, reason } of omitted) {
    const readable = mayBeRead(path);
    const key = `${readable} ${reason}`;
    const group = groups.get(key) ?? { reason, mayBeRead: readable, paths: [] };
    group.paths.push(path);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ paths, ...group }) => ({ ...group, count: paths.length, paths: paths.slice(0, mostPaths).join('\n') }))
    .sort((a, b) => Number(b.mayBeRead) - Number(a.mayBeRead) || b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

/** Bytes a token: 3.6 to 4.2 for source in English, 2.7 for Chinese text. */
const bytesPerToken = 3.9;

const guessOf = ({ bytes }: IndexedFile): number => bytes / bytesPerToken + headingTokens;

/** Tokens for which the guess is trusted by itself: a few files tell little of what it is off by. */
const trust = 20_000;

/** What a pack is a part of. The rest is estimated, corrected by what the estimates of the pack's own files were off by. */
export function shareOf(
  index: RepositoryIndex,
  pieces: readonly Piece[],
  omitted: readonly Omission[],
  refused: readonly Omission[],
): RepositoryShare {
  const out = new Set(refused.map(({ path }) => path));
  const whole = new Map<string, number>();
  for (const { file } of pieces) if (file.level === 'full') whole.set(file.path, file.tokens);
  let guessed = 0;
  let counted = 0;
  let rest = 0;
  let files = 0;
  for (const file of index.files) {
    if (!file || out.has(file.path)) continue;
    files++;
    const tokens = whole.get(file.path);
    if (tokens === undefined) rest += guessOf(file);
    else {
      counted += tokens;
      guessed += guessOf(file);
    }
  }
  const off = (counted + trust) / (guessed + trust);
  return {
    files,
    tokens: Math.round(counted + rest * off),
    leftOut: byReason(omitted, (path) => index.find(path) !== undefined && !out.has(path)),
  };
}
