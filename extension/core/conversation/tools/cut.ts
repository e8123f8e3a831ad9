import type { Tokenizer } from '../../ports.ts';

/** Lines that fit, and how many did not. */
export interface Fitting {
  readonly lines: readonly string[];
  readonly left: number;
}

/** Characters of a line, at the most, and lines that are looked at: more than any result can hold. */
const longestLine = 1_000;
const mostLines = 4_000;

const short = (line: string): string => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);

/** The first of some lines, as many as fit into so many tokens. */
export async function fitLines(
  lines: readonly string[],
  tokens: number,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<Fitting> {
  const looked = lines.slice(0, mostLines).map(short);
  const counts = await tokenizer.count(
    looked.map((line) => `${line}\n`),
    signal,
  );
  let sum = 0;
  const over = counts.findIndex((count) => {
    sum += count;
    return sum > tokens;
  });
  const fitting = over < 0 ? looked : looked.slice(0, over);
  return { lines: fitting, left: lines.length - fitting.length };
}
