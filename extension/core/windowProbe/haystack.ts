import { packedSources } from '../context/packedSources.ts';
import { section, splitLines } from '../context/section.ts';
import type { Pack } from '../pack.ts';
import type { Tokenizer } from '../ports.ts';
import type { SeededRandom } from './seededRandom.ts';

/** One file's text, or the beginning of it. */
export interface Passage {
  readonly path: string;
  readonly lines: readonly string[];
  /** Exact tokens, its heading included. */
  readonly tokens: number;
}

/** The share of a fill that one file may take as long as there are others. */
const largestShare = 0.25;

const textOf = ({ path, lines }: Pick<Passage, 'path' | 'lines'>): string => section(path, lines.join('\n'));

/** Writes passages out as a pack does; what stands in them has passed the gate with the pack. */
export const writePassages = (passages: readonly Pick<Passage, 'path' | 'lines'>[]): string =>
  passages.map(textOf).join('');

/** Tokens of all of them together; sections never share one (`context/section.ts`). */
export const tokensOf = (passages: readonly Passage[]): number => passages.reduce((sum, { tokens }) => sum + tokens, 0);

/** Counts passages anew. */
export async function counted(
  passages: readonly Pick<Passage, 'path' | 'lines'>[],
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<Passage[]> {
  const counts = await tokenizer.count(passages.map(textOf), signal);
  return passages.map(({ path, lines }, i) => ({ path, lines, tokens: counts[i] ?? 0 }));
}

/** Characters; a file with a longer line was not written by hand, and cannot be cut to size. */
const longestLine = 1_000;

/** The files of a pack, whole ones only, in an order that follows from the seed. */
export async function haystackOf(
  pack: Pack,
  random: SeededRandom,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<Passage[]> {
  const sources = packedSources(pack).filter(({ firstLine, text }) => firstLine === 1 && text.trim() !== '');
  const whole = sources
    .map(({ path, text }) => ({ path, lines: splitLines(text) }))
    .filter(({ lines }) => lines.every(({ length }) => length <= longestLine));
  return random.shuffled(await counted(whole, tokenizer, signal));
}

/** The most lines of a passage that take no more than so many tokens; undefined where not even one does. */
async function cut(
  passage: Passage,
  tokens: number,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<Passage | undefined> {
  let fits = 0;
  let tooMany = passage.lines.length;
  let best: Passage | undefined;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    const [tried] = await counted([{ path: passage.path, lines: passage.lines.slice(0, middle) }], tokenizer, signal);
    if (tried && tried.tokens <= tokens) {
      fits = middle;
      best = tried;
    } else tooMany = middle;
  }
  return best;
}

/**
 * As many passages of a haystack as make up so many tokens, by path; the last to be let in is cut between two lines. What
 * fewer tokens hold for the same `fill`, more of them hold too.
 */
export async function passagesOf(
  haystack: readonly Passage[],
  { tokens, fill }: { readonly tokens: number; readonly fill: number },
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<Passage[]> {
  const chosen: Passage[] = [];
  let left = tokens;
  const isLarge = (passage: Passage): boolean => passage.tokens > fill * largestShare;
  for (const passage of [...haystack.filter((each) => !isLarge(each)), ...haystack.filter(isLarge)]) {
    const isWhole = passage.tokens <= left;
    const taken = isWhole ? passage : await cut(passage, left, tokenizer, signal);
    if (taken) chosen.push(taken);
    if (!isWhole) break;
    left -= passage.tokens;
  }
  return chosen.sort((a, b) => (a.path < b.path ? -1 : 1));
}
