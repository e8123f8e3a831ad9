/** Whole numbers below a bound, always the same for a seed. */
export type Random = (below: number) => number;

/** Creates a generator of numbers (mulberry32), so that a failure can be looked at again. */
export function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** One of several things. */
export function pick<T>(random: Random, from: readonly [T, ...T[]]): T {
  return from[random(from.length)] ?? from[0];
}

/** A text of some lines, blank and repeated ones among them, with the line breaks of one kind or mixed. */
export function randomText(
  random: Random,
  ends: readonly ['\n' | '\r\n', ...('\n' | '\r\n')[]] = ['\n', '\r\n'],
): string {
  const lines = Array.from({ length: random(40) }, (_, at) => {
    const body = pick(random, ['', '}', `${' '.repeat(random(6))}line ${at}`, `\tline ${at}`, `第 ${random(5)} 行`]);
    return body + pick(random, ends);
  });
  return lines.join('') + pick(random, ['', 'end']);
}

/** Cuts a text into parts of random lengths. */
export function cut(random: Random, text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = 1 + random(pick(random, [2, 12, 200]));
    parts.push(text.slice(at, at + length));
    at += length;
  }
  return parts;
}

/** The text with some lines changed, taken away and added; what is added begins with `tag`. */
export function randomChange(random: Random, text: string, tag: string): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines
    .flatMap((line, at) => {
      if (random(8) > 0) return [line];
      const added = `${tag} ${at}${line.endsWith('\r\n') ? '\r\n' : '\n'}`;
      return pick(random, [[], [added], [line.endsWith('\n') ? line : `${line}\n`, added], [added, line]]);
    })
    .join('');
}
