import type { Passage } from './edit.ts';

/** What a line of brackets alone counts beside one with words: it stands everywhere. */
const bracketWeight = 0.1;
/** The least that counts as near: less is a coincidence of common words. */
const leastWords = 0.4;

const isNameCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

/**
 * Names and numbers, as hashes: text of words cut from 10,000 lines would take longer to make than to compare. Of other
 * scripts every letter, for Chinese has no spaces between words.
 */
function wordsOf(line: string): number[] {
  const words: number[] = [];
  let hash = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (isNameCode(code)) {
      hash = (Math.imul(hash, 31) + code) | 0;
      continue;
    }
    if (hash !== 0) words.push(hash);
    hash = 0;
    if (code > 127) words.push(code);
  }
  if (hash !== 0) words.push(hash);
  return words;
}

const normal = (line: string): string => {
  const text = line.trim();
  return /\s\s|\t/.test(text) ? text.replace(/\s+/g, ' ') : text;
};

/** Counts how many of the wanted things stand in a window that moves over the lines, each as often as it is wanted. */
function createOverlap<T>(wanted: readonly T[], weight: (thing: T) => number) {
  const left = new Map<T, number>();
  for (const thing of wanted) left.set(thing, (left.get(thing) ?? 0) + 1);
  let sum = 0;
  return {
    get sum() {
      return sum;
    },
    enter(thing: T): void {
      const count = left.get(thing);
      if (count === undefined) return;
      if (count > 0) sum += weight(thing);
      left.set(thing, count - 1);
    },
    leave(thing: T): void {
      const count = left.get(thing);
      if (count === undefined) return;
      if (count >= 0) sum -= weight(thing);
      left.set(thing, count + 1);
    },
  };
}

/**
 * The lines of a file that are most like those looked for, as many of them: by the share of equal lines, then of equal
 * words. Time grows with the file's words, not with the length of the search. Undefined where nothing is like them.
 */
export function nearestPassage(lines: readonly string[], search: readonly string[]): Passage | undefined {
  const wanted = search.map(normal).filter((line) => line !== '');
  const wantedWords = wanted.flatMap(wordsOf);
  const weightOf = (line: string) => (/[\p{L}\p{N}]/u.test(line) ? 1 : bracketWeight);
  const whole = wanted.reduce((sum, line) => sum + weightOf(line), 0);
  const size = Math.min(search.length, lines.length);
  if (whole === 0 || size === 0) return undefined;

  const normals = lines.map(normal);
  const words = lines.map(wordsOf);
  const equalLines = createOverlap(wanted, weightOf);
  const equalWords = createOverlap(wantedWords, () => 1);
  let wordCount = 0;
  let best = { score: 0, at: -1 };
  for (let end = 0; end < lines.length; end++) {
    equalLines.enter(normals[end] ?? '');
    for (const word of words[end] ?? []) equalWords.enter(word);
    wordCount += words[end]?.length ?? 0;
    const at = end - size + 1;
    if (at > 0) {
      equalLines.leave(normals[at - 1] ?? '');
      for (const word of words[at - 1] ?? []) equalWords.leave(word);
      wordCount -= words[at - 1]?.length ?? 0;
    }
    if (at < 0) continue;
    const likeLines = equalLines.sum / whole;
    const likeWords = (2 * equalWords.sum) / Math.max(1, wordCount + wantedWords.length);
    const near = likeLines >= 0.5 || likeWords >= leastWords;
    const score = near ? likeLines + likeWords : 0;
    // Sums of fractions differ in their last digits by the way they were reached: the first of equals is the nearest.
    if (score > best.score + 1e-9) best = { score, at };
  }
  if (best.at < 0) return undefined;
  const text = lines.slice(best.at, best.at + size).join('\n');
  return { firstLine: best.at + 1, lastLine: best.at + size, text };
}
